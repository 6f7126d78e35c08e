# %% [markdown]
# # 5 · Softmax and cross-entropy
#
# A network that must choose one of several classes ends in a row of real numbers, one a class.
# They are called **scores** or **logits**. This chapter turns scores into probabilities, measures how
# wrong they are, and follows the error back to the weights. At the end your own functions read
# handwritten digits, and Keras gives the same numbers.
#
# **You build:** softmax, log-sum-exp, cross-entropy, their gradient, softmax regression; then the same in `tf.keras`.
#
# **Time:** 90 to 150 minutes. **You need:** NumPy broadcasting, the chain rule, matrix products.
#
# Work from top to bottom. After each exercise run the check below it. A check that fails says what it saw.
# Stuck? `check.hint("softmax")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data

# %% [markdown]
# ## 5.1 From scores to probabilities
#
# Take one picture and three classes. A linear layer gives the scores $z = [2.0,\ 1.0,\ 0.1]$.
# Probabilities must be positive and sum to one. The exponential makes every score positive; dividing by
# the sum makes them sum to one:
#
# $$p_c = \frac{e^{z_c}}{\sum_k e^{z_k}}$$
#
# This is the **softmax**. For a batch, $Z$ has shape $(N, C)$: one row an example, one column a class.
# Each row is treated alone.
#
# ### Worked example
#
# $e^{2.0} = 7.389$, $e^{1.0} = 2.718$, $e^{0.1} = 1.105$. Their sum is $11.213$.
# The first probability is therefore $7.389 / 11.213$. Work out all three before you go on.

# %%
# Your prediction: the three probabilities, two decimals are enough. Replace each None.
prediction = [None, None, None]

# %% given="scores"
# Four examples, three classes. The first row is the worked example.
scores = np.array([[2.0, 1.0, 0.1], [0.3, -1.2, 0.8], [-0.5, 0.0, 1.5], [1.0, 3.0, -2.0]])
labels = np.array([0, 2, 2, 0])
# Large scores: a good test of arithmetic.
far_apart = np.array([[0.0, 0.0], [1000.0, 1001.0], [-1000.0, -1002.0], [0.0, 800.0]])
far_labels = np.array([0, 0, 1, 0])

# %% [markdown]
# ### Large scores
#
# `np.exp(1000)` is infinite, and infinity over infinity is `nan`. Yet the answer is harmless. Multiply
# numerator and denominator by $e^{-m}$:
#
# $$p_c = \frac{e^{z_c - m}}{\sum_k e^{z_k - m}}$$
#
# Any $m$ gives the same probabilities. With $m = \max_k z_k$ **of that row** the largest exponent is $0$, so
# nothing overflows, and at least one term of the sum is $1$, so nothing divides by zero.

# %% [markdown] hints="softmax"
# 1. Which axis holds the classes, and what must each row sum to?
# 2. `keepdims=True` keeps a maximum or a sum as a column, so that it lines up with its row.
# 3. $p_{ic} = e^{z_{ic} - m_i} / \sum_k e^{z_{ik} - m_i}$ with $m_i = \max_k z_{ik}$

# %% exercise="softmax" bans="scipy sklearn tensorflow keras torch jax"
def softmax(z):
    """Row-wise softmax.

    z: (N, C) scores. Returns (N, C) probabilities; each row sums to 1. Finite for any finite scores.
    """
    shifted = z - np.max(z, axis=1, keepdims=True)
    ### BEGIN SOLUTION
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)
    ### END SOLUTION

# %% check="softmax" points=3
check.values(softmax, scores, weight=2)
check.values(softmax, scores[:1, :2], weight=2)
check.values(softmax, far_apart, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
for N in (7, 7, 1):
    check.values(softmax, check.rng.normal(size=(N, 5)) * 3, weight=2)
check.values(softmax, check.rng.normal(size=(4, 3)) + 1000 * check.rng.choice([-1, 1], size=(4, 1)),
             part="stable", if_passed="values")
check.values(softmax, check.rng.normal(size=(2, 3)) + 1000 * check.rng.permutation([-1.0, 0.0, 1.0]),
             part="stable", if_passed="values")
### END HIDDEN TESTS

# %%
if check.needs(softmax):
    check.reveal(prediction, lambda: softmax(scores[:1]), labels=["class 0", "class 1", "class 2"])

# %% [markdown]
# ### Temperature
#
# Divide the scores by a **temperature** $T$ before the softmax. A small $T$ makes the largest score win
# outright; a large $T$ makes all classes alike. The figure shows your function on the worked example:
# three curves that draw together towards one third on the right, and part to one and zero on the left.

# %% figure="temperature"
if check.needs(softmax):
    temperatures = np.geomspace(0.1, 20, 100)
    curves = softmax(scores[0] / temperatures[:, None])
    figure, axes = plt.subplots(figsize=(6, 3.2))
    for curve, style, score in zip(curves.T, ["-", "--", ":"], scores[0], strict=True):
        axes.semilogx(temperatures, curve, style, color="black", label=f"score {score:g}")
    axes.set(xlabel="temperature T", ylabel="probability", title="Softmax of scores / T")
    axes.legend()
    plt.show()

# %% [markdown]
# ## 5.2 Log-sum-exp
#
# Losses need $\log p_c$. Taking the logarithm of a softmax loses digits: a probability that has been rounded
# to zero has no logarithm. Write it out instead:
#
# $$\log p_c = z_c - \log \sum_k e^{z_k}$$
#
# The second term is called **log-sum-exp**. The same shift keeps it finite:
#
# $$\mathrm{lse}(z) = m + \log \sum_k e^{z_k - m}, \qquad m = \max_k z_k$$

# %% [markdown] hints="log_sum_exp"
# 1. After the shift, what has to be added back?
# 2. Keep the maximum as a column for the subtraction, and as a flat vector for the sum at the end.
# 3. $\mathrm{lse}(z)_i = m_i + \log \sum_k e^{z_{ik} - m_i}$

# %% exercise="log_sum_exp" bans="scipy sklearn tensorflow keras torch jax"
def log_sum_exp(z):
    """The logarithm of the sum of exponentials of each row.

    z: (N, C) scores. Returns (N,). Finite for any finite scores.
    """
    ### BEGIN SOLUTION
    m = z.max(axis=1)
    return m + np.log(np.exp(z - m[:, None]).sum(axis=1))
    ### END SOLUTION

# %% check="log_sum_exp" points=3
check.values(log_sum_exp, scores, weight=2)
check.values(log_sum_exp, scores[:1, :2], weight=2)
check.values(log_sum_exp, far_apart, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
for N in (7, 7, 1):
    check.values(log_sum_exp, check.rng.normal(size=(N, 5)) * 3, weight=2)
check.values(log_sum_exp, check.rng.normal(size=(4, 3)) + 1000 * check.rng.choice([-1, 1], size=(4, 1)),
             part="stable", if_passed="values")
check.values(log_sum_exp, check.rng.normal(size=(2, 3)) + 1000 * check.rng.permutation([-1.0, 0.0, 1.0]),
             part="stable", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# ## 5.3 Cross-entropy
#
# Let $y_i$ be the right class of example $i$. A good classifier gives it a probability near one. The
# **cross-entropy** of an example is $-\log p_{y}$: zero for certainty, large for a confident error. The minus is
# part of it: a logarithm of a probability is never positive, and a loss is never negative. The loss of a batch is the mean:
#
# $$L = -\frac1N \sum_{i=1}^{N} \log p_{i,y_i} = \frac1N \sum_{i=1}^{N} \bigl(\mathrm{lse}(z_i) - z_{i,y_i}\bigr)$$
#
# `z[np.arange(len(z)), y]` picks one score a row.

# %% [markdown] hints="cross_entropy"
# 1. Which one score of each row belongs to the right class?
# 2. You have `log_sum_exp` already. What is left of each row's loss?
# 3. $L = \mathrm{mean}_i\,(\mathrm{lse}(z_i) - z_{i,y_i})$

# %% exercise="cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def cross_entropy(z, y):
    """Mean cross-entropy of scores and integer labels.

    z: (N, C) scores, y: (N,) integers in 0..C-1. Returns a float. Finite for any finite scores.
    """
    ### BEGIN SOLUTION
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]))
    ### END SOLUTION

# %% check="cross_entropy" points=4
check.values(cross_entropy, scores, labels, weight=3)
check.values(cross_entropy, scores[:1, :2], labels[:1], weight=3)
check.values(cross_entropy, far_apart, far_labels, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
check.values(cross_entropy, rng.normal(size=(7, 5)) * 3, rng.integers(0, 4, size=7), weight=3)  # none of the last class
for N in (11, 11, 1):
    check.values(cross_entropy, rng.normal(size=(N, 3)), rng.integers(0, 3, size=N), weight=3)
apart = rng.normal(size=(4, 3)) + 1000 * rng.permuted(np.tile([-1.0, 0.0, 1.0], (4, 1)), axis=1)
certain = np.where(np.arange(4) % 2, apart.argmax(axis=1), apart.argmin(axis=1))
check.values(cross_entropy, apart, certain, part="stable", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** A network that has learned nothing gives all ten digits the same score. What is its loss?

# %%
# Your prediction: one number. Replace the None.
prediction_untrained = [None]

# %%
if check.needs(cross_entropy):
    check.reveal(prediction_untrained, lambda: cross_entropy(np.zeros((1, 10)), np.array([3])), labels=["loss"])

# %% [markdown]
# ### Find the bug
#
# Labels can also be whole distributions: row $i$ of $T$ holds one target probability a class. A **one-hot** row, a
# single 1 among zeros, says the same as an integer label. Then $L = -\frac1N \sum_i \sum_c t_{ic} \log p_{ic}$.
# A colleague wrote the function below. It has **two** slips. Run it, look at the sign and the size of what comes
# out, and write it right.

# %% given="suspect"
def suspect(z, t):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(np.mean(t * log_p))


targets = np.array([[0.9, 0.1, 0.0], [0.0, 0.2, 0.8], [0.0, 0.0, 1.0], [0.5, 0.25, 0.25]])
print("suspect:", suspect(scores, targets))

# %% [markdown] hints="soft_cross_entropy"
# 1. Can a loss be negative? Over how many numbers does `np.mean` take its mean here?
# 2. Sum over the classes of each row first; only then take the mean over the rows.
# 3. $L = -\frac1N \sum_i \sum_c t_{ic}\,(z_{ic} - \mathrm{lse}(z_i))$

# %% exercise="soft_cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def soft_cross_entropy(z, t):
    """Mean cross-entropy of scores and target distributions.

    z: (N, C) scores, t: (N, C) target probabilities, rows sum to 1. Returns a float.
    """
    ### BEGIN SOLUTION
    log_p = z - log_sum_exp(z)[:, None]
    return float(-np.mean(np.sum(t * log_p, axis=1)))
    ### END SOLUTION

# %% check="soft_cross_entropy" points=2
check.values(soft_cross_entropy, scores, targets)
check.values(soft_cross_entropy, scores[1:2, 1:], targets[1:2, 1:])
### BEGIN HIDDEN TESTS
for N in (7, 7, 1):
    check.values(soft_cross_entropy, check.rng.normal(size=(N, 5)), check.rng.dirichlet(np.ones(5), size=N))
### END HIDDEN TESTS

# %% [markdown]
# ### Transfer
#
# A network that labels every position of a sequence gives scores of shape $(N, S, C)$: $N$ sequences, $S$
# positions, $C$ classes. The loss is the mean over all $N \cdot S$ positions. No new mathematics: reshape, then
# use what you have.

# %% given="sequences"
sequence_scores = np.round(np.sin(np.arange(30.0)).reshape(2, 5, 3) * 2, 2)
sequence_labels = np.array([[0, 1, 2, 0, 1], [2, 2, 1, 0, 0]])

# %% [markdown] hints="sequence_cross_entropy"
# 1. What shapes does your `cross_entropy` expect?
# 2. `reshape(-1, C)` stacks all positions under one another.
# 3. $L = \mathrm{cross\_entropy}(Z_{(NS) \times C},\ y_{(NS)})$

# %% exercise="sequence_cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def sequence_cross_entropy(z, y):
    """Mean cross-entropy over all positions. z: (N, S, C) scores, y: (N, S) integers. Returns a float."""
    ### BEGIN SOLUTION
    return cross_entropy(z.reshape(-1, z.shape[-1]), y.reshape(-1))
    ### END SOLUTION

# %% check="sequence_cross_entropy" points=2
check.values(sequence_cross_entropy, sequence_scores, sequence_labels)
check.values(sequence_cross_entropy, sequence_scores[:1, :4, :2], sequence_labels[:1, :4] % 2)
### BEGIN HIDDEN TESTS
for N in (3, 3, 1):
    check.values(sequence_cross_entropy, check.rng.normal(size=(N, 7, 5)), check.rng.integers(0, 5, size=(N, 7)))
### END HIDDEN TESTS

# %% [markdown]
# ## 5.4 The gradient
#
# Take one row. The loss is $\ell = \mathrm{lse}(z) - z_y$. Differentiate each term by the score $z_c$:
#
# $$\frac{\partial}{\partial z_c} \log \sum_k e^{z_k} = \frac{e^{z_c}}{\sum_k e^{z_k}} = p_c,
# \qquad \frac{\partial z_y}{\partial z_c} = \begin{cases} 1 & c = y \\ 0 & c \ne y \end{cases}$$
#
# Together: $\partial \ell / \partial z_c$ is $p_c - 1$ for the right class and $p_c$ for every other. That is **what the
# network said minus what was right**. The batch loss is a mean over $N$ rows, hence
#
# $$\frac{\partial L}{\partial Z} = \frac1N (P - Y)$$
#
# where row $i$ of $Y$ is one-hot: a 1 in column $y_i$, zeros elsewhere. Each row of the gradient sums to zero: what the right class gains, the others lose.

# %% [markdown] hints="cross_entropy_gradient"
# 1. What should each row of the gradient sum to?
# 2. Start from a copy of the probabilities. In each row one entry changes.
# 3. $\partial L/\partial Z = (P - Y)/N$

# %% exercise="cross_entropy_gradient" gradient_of="cross_entropy" wrt="z" bans="scipy tensorflow keras torch jax autograd"
def cross_entropy_gradient(z, y):
    """The gradient of cross_entropy(z, y) with respect to z.

    z: (N, C) scores, y: (N,) integers. Returns (N, C).
    """
    ### BEGIN SOLUTION
    dz = softmax(z)
    dz[np.arange(len(z)), y] -= 1
    return dz / len(z)
    ### END SOLUTION

# %% check="cross_entropy_gradient" points=5
check.gradients(cross_entropy_gradient, scores, labels, names=["dZ"])
check.gradients(cross_entropy_gradient, scores[:1, :2], labels[:1], names=["dZ"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, C in ((7, 5), (11, 3), (7, 5), (1, 3)):
    check.gradients(cross_entropy_gradient, rng.normal(size=(N, C)), rng.integers(0, C - 1, size=N), names=["dZ"])
# So large that differences would take minutes.
check.values(cross_entropy_gradient, rng.normal(size=(300, 200)), rng.integers(0, 200, size=300), part="gradients",
             names=["dZ"])
### END HIDDEN TESTS

# %% [markdown]
# ## 5.5 Softmax regression: a blank page
#
# One linear layer and a softmax: $Z = XW + b$, with $X$ of shape $(N, D)$, $W$ of shape $(D, C)$ and $b$ of shape
# $(C,)$. With $dZ = \partial L / \partial Z$ from above, the chain rule gives
#
# $$dW = X^\top dZ, \qquad db = \sum_{i=1}^{N} dZ_i$$
#
# Check the shapes: $dW$ has the shape of $W$, and $db$ the shape of $b$. Write the whole function yourself.

# %% given="layer"
layer_X = np.round(np.cos(np.arange(20.0)).reshape(5, 4) * 1.5, 2)
layer_y = np.array([0, 2, 1, 2, 0])
layer_W = np.round(np.sin(np.arange(12.0) + 1).reshape(4, 3), 2)
layer_b = np.array([0.1, -0.2, 0.3])

# %% [markdown] hints="loss_and_gradients"
# 1. Which of your functions gives the loss, and which gives $dZ$?
# 2. Each tensor's gradient has that tensor's shape; over which axis must $dZ$ be summed for $b$?
# 3. $dW = X^\top dZ$ and $db = \sum_i dZ_i$, where $dZ$ has its $1/N$ already

# %% exercise="loss_and_gradients" gradient_of="loss_and_gradients" wrt="W b" bans="scipy tensorflow keras torch jax autograd"
def loss_and_gradients(X, y, W, b):
    """Loss and gradients of softmax regression.

    X: (N, D) inputs, y: (N,) integers, W: (D, C), b: (C,). Returns (loss, dW, db).
    """
    ### BEGIN SOLUTION
    z = X @ W + b
    dz = cross_entropy_gradient(z, y)
    return cross_entropy(z, y), X.T @ dz, dz.sum(axis=0)
    ### END SOLUTION

# %% check="loss_and_gradients" points=6
check.gradients(loss_and_gradients, layer_X, layer_y, layer_W, layer_b, names=["loss", "dW", "db"])
check.gradients(loss_and_gradients, layer_X[:1, :1], layer_y[:1], layer_W[:1, :2], layer_b[:2], names=["loss", "dW", "db"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, C in ((7, 5, 3), (3, 11, 7), (7, 5, 3), (1, 1, 3)):
    check.gradients(loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, C - 1, size=N), rng.normal(size=(D, C)),
                    rng.normal(size=C), names=["loss", "dW", "db"])
# So large that differences would take minutes.
check.values(loss_and_gradients, rng.normal(size=(80, 300)), rng.integers(0, 100, size=80),
             rng.normal(size=(300, 100)) / 20, rng.normal(size=100), part="gradients", names=["loss", "dW", "db"])
### END HIDDEN TESTS

# %% [markdown]
# ## 5.6 Reading digits
#
# The data: 1797 digits of 8 by 8 pixels. We keep 1257 rows for training and hold 540 back.

# %% given="digits"
pixels, digit = data.load("digits")
shuffled = np.random.default_rng(5).permutation(len(pixels))
X_train, y_train = pixels[shuffled[:1257]] / 16, digit[shuffled[:1257]]
X_test, y_test = pixels[shuffled[1257:]] / 16, digit[shuffled[1257:]]


def accuracy(parameters, X, y):
    """The share of rows of X whose largest score is the right class. parameters: (W, b)."""
    W, b = (np.asarray(part, dtype=float) for part in parameters)
    n_classes = int(y.max()) + 1
    if W.shape != (X.shape[1], n_classes) or b.shape != (n_classes,):
        raise ValueError(f"W {(X.shape[1], n_classes)} and b {(n_classes,)} are expected; "
                         f"W {W.shape} and b {b.shape} came")
    return float(np.mean(np.argmax(X @ W + b, axis=1) == y))

# %% [markdown]
# Write the training: start from small random weights, and repeat a few hundred times
#
# $$W \leftarrow W - \eta\, dW, \qquad b \leftarrow b - \eta\, db$$
#
# with the whole training set at once. A learning rate $\eta$ of 1 works here. The seed fixes the start. Use the
# arguments `X` and `y`: the check trains your function on digits whose pixels and labels stand in another order,
# so weights written down beforehand are worth nothing.

# %% [markdown] hints="train"
# 1. What must be true of the loss after each step?
# 2. One call of `loss_and_gradients` a step; use `np.random.default_rng(seed)` for the start.
# 3. $W \leftarrow W - \eta\,dW$, $b \leftarrow b - \eta\,db$, some 300 times

# %% exercise="train" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train softmax regression by gradient descent.

    X: (N, D) inputs in 0..1, y: (N,) integers, seed: int. Returns (W, b), shapes (D, C) and (C,).
    """
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    ### BEGIN SOLUTION
    for _ in range(300):
        _, dW, db = loss_and_gradients(X, y, W, b)
        W, b = W - 1.0 * dW, b - 1.0 * db
    return W, b
    ### END SOLUTION

# %% check="train" points=3
# Up to three seeds are tried. One must read 90 % of the digits that were held back.
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.90)
### BEGIN HIDDEN TESTS
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.90)
### END HIDDEN TESTS

# %% [markdown]
# What did it learn? Each column of $W$ belongs to one digit and has one weight a pixel: fold it back into a
# picture. Dark pixels speak for the digit, white ones against it, mid-grey ones not at all. The figure shows ten such pictures, one a
# digit. The last two panels show the held-back digit that your network finds hardest, and its probabilities.

# %% figure="weights"
if check.needs(softmax, train):
    W, b = (np.asarray(part) for part in train(X_train, y_train, 0))
    largest = np.abs(W).max()
    probabilities = softmax(X_test @ W + b)
    figure, axes = plt.subplots(2, 6, figsize=(9, 3.4))
    for number, axis in enumerate(axes.flat[:10]):
        axis.imshow(W[:, number].reshape(8, 8), cmap="gray_r", vmin=-largest, vmax=largest)
        axis.set(title=f"for a {number}", xticks=[], yticks=[])
    hardest = int(np.argmin(probabilities[np.arange(len(y_test)), y_test]))
    axes.flat[10].imshow(X_test[hardest].reshape(8, 8), cmap="gray_r")
    axes.flat[10].set(title=f"labelled {y_test[hardest]}", xticks=[], yticks=[])
    axes.flat[11].bar(range(10), probabilities[hardest], color="black")
    axes.flat[11].set(title="probability", xlabel="digit", ylim=(0, 1), xticks=[0, 5, 9], yticks=[0, 1])
    figure.tight_layout()
    plt.show()
    print(f"accuracy on the held-back digits: {accuracy((W, b), X_test, y_test):.1%}")

# %% [markdown]
# ## 5.7 The same in Keras
#
# Keras computes in float32 unless told otherwise. We ask for float64, so that both can be compared to the last
# digits. The next cell is locked. It imports TensorFlow, which takes some seconds.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    import tensorflow as tf
    from tensorflow import keras

keras.backend.set_floatx("float64")


def trained_weights(X, y, seed):
    """Build the student's classifier, train it and return plain weights (W, b)."""
    keras.utils.set_random_seed(seed)
    model = build_classifier(X.shape[1], int(y.max()) + 1)
    if len(model.weights) != 2:
        raise ValueError(f"one Dense layer has 2 weight arrays; this model has {len(model.weights)}")
    model.fit(X, y, epochs=12, batch_size=32, verbose=0)
    return tuple(model.get_weights())

# %% [markdown]
# `keras.losses.SparseCategoricalCrossentropy` takes integer labels. Its argument `from_logits` says what else it is
# given: scores (`True`) or probabilities (`False`, the default). Keras believes you. There are two ways to be wrong,
# and **neither raises an error**:
#
# - Scores, and `from_logits` left out: Keras clips the scores into $(0, 1)$ and takes them for probabilities. The
#   gradient of every clipped score is zero, and training gets stuck.
# - Probabilities, and `from_logits=True`: Keras applies a second softmax. The order of the classes stays the same, so
#   the accuracy may look fine. The loss does not: it has a floor. (Only where the probabilities come straight out of
#   its own softmax activation does Keras notice; it then undoes that softmax, with a warning. From `tf.nn.softmax` or
#   NumPy it cannot know, unless all runs inside a `tf.function`.)
#
# Where is that floor? At best the probabilities are 1 for the right class and 0 for the $C - 1$ others. Taken for
# scores, their loss is
#
# $$\mathrm{lse}(1, 0, \dots, 0) - 1 = \log(e + C - 1) - 1 = \log\left(1 + \frac{C-1}{e}\right)$$
#
# **Predict** that floor for $C = 10$ before you run the next cells.

# %%
# Your prediction: one number. Replace the None.
prediction_floor = [None]

# %%
if check.needs(cross_entropy):
    # Certain and right, but softmaxed twice.
    check.reveal(prediction_floor, lambda: cross_entropy(np.eye(10), np.arange(10)), labels=["floor"])

# %% [markdown] hints="keras_loss"
# 1. Are you handing over scores or probabilities?
# 2. Make the loss object with one argument, call it with labels and scores, and turn the result into a float.
# 3. `keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, z)`

# %% exercise="keras_loss" same_as="cross_entropy" uses="keras tf"
def keras_loss(z, y):
    """The same as cross_entropy, computed by Keras. z: (N, C) scores, y: (N,) integers. Returns a float."""
    ### BEGIN SOLUTION
    return float(keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, z))
    ### END SOLUTION

# %% check="keras_loss" points=2
check.values(keras_loss, scores, labels)
check.values(keras_loss, scores[:1, :2], labels[:1])
### BEGIN HIDDEN TESTS
for N in (7, 7, 1):
    check.values(keras_loss, check.rng.normal(size=(N, 5)), check.rng.integers(0, 4, size=N))
### END HIDDEN TESTS

# %% [markdown]
# Now the gradient. `tf.GradientTape` records what happens to variables and plays the chain rule backwards. An
# example: the slope of $u^2$ at $u = 3$.

# %%
u = tf.Variable(3.0)
with tf.GradientTape() as tape:
    square = u * u
print(tape.gradient(square, u).numpy())

# %% [markdown]
# Your hand-written backward pass and the tape must agree.

# %% [markdown] hints="keras_loss_and_gradients"
# 1. Which tensors must be variables, so that the tape watches them?
# 2. Inside `with tf.GradientTape() as tape:` compute the scores and the loss, which must be told what it gets
#    (`from_logits`); ask the tape for gradients outside.
# 3. `dW, db = tape.gradient(loss, [W, b])`, then `.numpy()`

# %% exercise="keras_loss_and_gradients" same_as="loss_and_gradients" uses="GradientTape"
def keras_loss_and_gradients(X, y, W, b):
    """The same as loss_and_gradients, by GradientTape. Returns (loss, dW, db): a float and two NumPy arrays."""
    ### BEGIN SOLUTION
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, tf.constant(X) @ W + b)
    dW, db = tape.gradient(loss, [W, b])
    return float(loss), dW.numpy(), db.numpy()
    ### END SOLUTION

# %% check="keras_loss_and_gradients" points=5
check.gradients(keras_loss_and_gradients, layer_X, layer_y, layer_W, layer_b, names=["loss", "dW", "db"])
check.gradients(keras_loss_and_gradients, layer_X[:1, :1], layer_y[:1], layer_W[:1, :2], layer_b[:2],
                names=["loss", "dW", "db"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (7, 5), (1, 1)):
    check.gradients(keras_loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 2, size=N), rng.normal(size=(D, 3)),
                    rng.normal(size=3), names=["loss", "dW", "db"])
### END HIDDEN TESTS

# %% [markdown]
# How equal are they? In float64 the two agree to about fifteen digits; in float32 to about seven, because a
# float32 number has no more.

# %% figure="agreement"
if check.needs(loss_and_gradients, keras_loss_and_gradients):
    for kind in (np.float64, np.float32):
        inputs = (layer_X.astype(kind), layer_y, layer_W.astype(kind), layer_b.astype(kind))
        by_hand = loss_and_gradients(layer_X, layer_y, layer_W, layer_b)
        by_keras = keras_loss_and_gradients(*inputs)
        worst = max(np.max(np.abs(a - b)) for a, b in zip(by_hand, by_keras, strict=True))
        print(f"{np.dtype(kind).name}: largest difference {worst:.1e}")

# %% [markdown]
# Last, let Keras do everything: layer, loss, optimizer and loop. How is a model judged? By numbers, like a function.
# The next three cells are locked. They put weights of the check's choice into your model and ask for its scores, which
# must be $XW + b$, and for its loss and gradients, which must be those of `loss_and_gradients`. You need not read them.

# %% given="linear"
def linear_scores(X, W, b):
    """What one linear layer gives. X: (N, D), W: (D, C), b: (C,). Returns (N, C)."""
    return X @ W + b

# %% adapter="classifier_scores" of="build_classifier" same_as="linear_scores"
def with_weights(model, W, b):
    """A student's untrained model with these weights; where it cannot take them, the name of what is wrong."""
    if not isinstance(model, keras.Model):
        return "nothing_returned" if model is None else "no_model"
    if not model.weights:
        return "input_left_out"
    if [weight.shape for weight in model.get_weights()] != [W.shape, b.shape]:
        return "other_layers"
    if not model.compiled or model.loss is None:
        return "not_compiled"
    model.set_weights([W, b])
    return model


def classifier_scores(X, W, b):
    """What the student's model gives with these weights. X: (N, D), W: (D, C), b: (C,). Returns (N, C)."""
    model = with_weights(build_classifier(*W.shape), W, b)
    return model if isinstance(model, str) else np.asarray(model(X))

# %% adapter="classifier_loss_and_gradients" of="build_classifier" same_as="loss_and_gradients"
def classifier_loss_and_gradients(X, y, W, b):
    """The loss that the student's model was compiled with, and its gradients. Returns (loss, dW, db)."""
    model = with_weights(build_classifier(*W.shape), W, b)
    if isinstance(model, str):
        return model
    with tf.GradientTape() as tape:
        loss = model.compute_loss(y=y, y_pred=model(X))
    return float(loss), *(gradient.numpy() for gradient in tape.gradient(loss, model.trainable_weights))

# %% [markdown]
# Now the model. Build and compile **one** `Dense` layer that gives scores. Begin with `keras.Input((n_features,))`, so
# that it has weights before it is fitted. `trained_weights`, at the top of 5.7, fits it for 12 epochs in batches of 32. That is
# few: SGD and Adam, each with its default rate, both stop short of the 90 % that are asked. Choose an optimizer and a
# rate that get there.

# %% [markdown] hints="build_classifier"
# 1. Which activation does a layer have that gives plain scores?
# 2. `keras.Sequential`, one `Dense`, then `compile` with an optimizer and the right loss.
# 3. `Dense(n_classes)` with `SparseCategoricalCrossentropy(from_logits=True)` and for example `Adam(0.01)`

# %% exercise="build_classifier"
def build_classifier(n_features, n_classes):
    """A compiled Keras model of one Dense layer: (N, n_features) inputs to (N, n_classes) scores."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_classes)])
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model
    ### END SOLUTION

# %% check="build_classifier" points=3
check.values(classifier_scores, layer_X, layer_W, layer_b, part="model", weight=2)
check.values(classifier_scores, layer_X[:1, :1], layer_W[:1, :2], layer_b[:2], part="model", weight=2)
check.gradients(classifier_loss_and_gradients, layer_X, layer_y, layer_W, layer_b, part="model", weight=2,
                names=["loss", "dW", "db"])
check.gradients(classifier_loss_and_gradients, layer_X[:1, :1], layer_y[:1], layer_W[:1, :2], layer_b[:2], part="model",
                weight=2, names=["loss", "dW", "db"])
check.trained(trained_weights, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.90,
              if_passed="model")
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((5, 4), (1, 2)):  # the first are the sizes of the visible lines, with other numbers
    X, y, W, b = rng.normal(size=(N, D)), rng.integers(0, 2, size=N), rng.normal(size=(D, 3)), rng.normal(size=3)
    check.values(classifier_scores, X, W, b, part="model", weight=2)
    check.gradients(classifier_loss_and_gradients, X, y, W, b, part="model", weight=2, names=["loss", "dW", "db"])
check.trained(trained_weights, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.90,
              if_passed="model")
### END HIDDEN TESTS

# %% [markdown]
# ## 5.8 In words
#
# A classmate trains a ten-class network in a loop of her own. Each step ends in `p = tf.nn.softmax(z)` and
# `loss = SparseCategoricalCrossentropy(from_logits=True)(y, p)`. The loss falls at first and then never gets below
# about 1.46. **What happened, how does the number give it away, and what are the two ways to mend it?**

# %% [markdown] written="stuck_loss" points=2
# ### BEGIN SOLUTION
# The loss applies a second softmax to probabilities. Probabilities lie between 0 and 1, so even a perfect row
# gives log(1 + 9/e) = 1.461. One point for the second softmax together with the floor; one point for both
# repairs: hand over z and leave the softmax out, or say from_logits=False.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# Scores become probabilities by a softmax, row by row, shifted by each row's own maximum. The loss is the mean of
# $-\log p_y$. Its gradient is $(P - Y)/N$. One line of `tf.keras` does the same, if it is told what it is given.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
