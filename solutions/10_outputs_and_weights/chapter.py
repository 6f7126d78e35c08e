# %% [markdown]
# # 10 · Outputs and weights
#
# A mail says: *your account is blocked, answer within the hour*. It is spam, and it is marked urgent. A softmax over "spam" and "urgent" can say one half of each, at best. What should stand at the end of a network, so that it can say both? And what if one mail in a hundred is spam?
#
# **Why now.** [SigLIP](https://arxiv.org/abs/2303.15343) learned pictures and captions with a sigmoid for each pair, where its forerunner had a softmax. Object detectors see thousands of empty places for each object: their loss is [weighted](https://arxiv.org/abs/1708.02002).
# To read beside it: [the threshold of a classifier](https://scikit-learn.org/stable/modules/classification_threshold.html), [precision and recall](https://developers.google.com/machine-learning/crash-course/classification/accuracy-precision-recall), [a weighted training in Keras](https://keras.io/examples/structured_data/imbalanced_classification/).
#
# **You build:** heads and their losses, weights of classes and rows, a weighted network, the threshold; then the same in `tf.keras`.
#
# **Time:** 105 to 120 minutes. **You need:** the surprise (2.2), softmax and its loss (5.1 and 5.3), deltas (7.2), momentum (8.3).
#
# Run the check below each exercise. No function may change its arguments. Stuck? `check.hint("decide")` gives three hints.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 10.1 Heads · 13 minutes
#
# A network ends in **scores** $z$, one row for each example: $(N, C)$. What turns them into an answer is its **head**. Which one, depends on the **task**:
#
# | task | scores a row | activation | says |
# |---|---|---|---|
# | binary: spam? | 1 | sigmoid | $p$ of "yes" |
# | multilabel: spam? urgent? | one a label | sigmoid | $p$ of each label |
# | multiclass: which digit? | one a class | softmax | $p$, with the sum 1 |
# | positive: which price? | 1 | softplus | a number above 0 |
#
# **Multilabel**: none, one or all labels may hold. **Multiclass**: exactly one does. A binary head is a multilabel head with one label.
#
# ### Worked example
#
# The mail has the scores $(2, 1)$. Sigmoids: $\sigma(2) = 1/(1 + e^{-2}) = 1/1.135 = 0.881$ and $\sigma(1) = 1/1.368 = 0.731$. Their sum is 1.612, and may be. Softmax: $e^2 = 7.389$ and $e^1 = 2.718$ add up to 10.107, so it says 0.731 and 0.269. The surer it is of spam, the less urgent the mail.
#
# ### Exercise 1 · find the bug in a list of outputs · 2 points · 5 minutes
#
# One set of lecture notes lists the heads as above, but for the last: ReLU or *softmax*, which it describes as near 0 for $z < 0$ and near $z$ for large $z$. `printed`, below, takes the softmax. What does it say for every house, and why? Write what the notes mean.

# %% given="activations" folded="yours from 2.1, 5.1 and 3.1"
def sigmoid(z):
    """1 / (1 + exp(-z)), entry by entry, for any z."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)


def softmax(z):
    """Row by row; z: (N, C)."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softplus(z):
    """log(1 + exp(z)), entry by entry, for any z."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))

# %% given="printed"
def printed(z, task):
    """What the head of a task makes of scores, as the notes list it. z: (N, C)."""
    if task in ("binary", "multilabel"):
        return sigmoid(z)
    return softmax(z)


house_scores = np.array([[-2.0], [0.5], [3.0]])
for z, price in zip(house_scores[:, 0], printed(house_scores, "positive")[:, 0], strict=True):
    print(f"a house with the score {z:4.1f}: price {price:.2f}")

mail_scores = np.array([[2.0, 1.0], [-0.5, 1.5], [-1.2, -2.0], [0.0, 0.3], [0.8, -0.7]])
class_scores = np.array([[0.5, 2.0, -1.0], [1.5, -0.3, 1.0], [-2.0, -0.5, -1.0], [0.2, 0.1, 0.9]])

# %% [markdown] hints="activate"
# 1. Over how many numbers does the softmax of one house run, and what is a number over itself?
# 2. Start from `printed`. The four tasks have three activations, and all three stand in the folded cell.
# 3. "positive" has the activation that is near 0 on the left and near $z$ on the right: $\log(1 + \ldots)$

# %% exercise="activate" bans="scipy tensorflow keras torch jax"
def activate(z, task):
    """What the head of a task makes of scores.

    z: (N, C) scores, C = 1 for "binary" and "positive"; task: "binary", "multilabel", "multiclass" or "positive". Returns (N, C).
    """
    ### BEGIN SOLUTION
    if task in ("binary", "multilabel"):
        return sigmoid(z)
    return softmax(z) if task == "multiclass" else softplus(z)
    ### END SOLUTION

# %% check="activate" points=2
check.values(activate, mail_scores, "multilabel")
check.values(activate, class_scores, "multilabel")
check.values(activate, class_scores, "multiclass")
check.values(activate, mail_scores, "multiclass")
for task in ("binary", "positive"):
    check.values(activate, house_scores, task)
    check.values(activate, mail_scores[:2, 1:], task)
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (6, 6, 1):
    for task, C in (("binary", 1), ("multilabel", 4), ("multiclass", 4), ("positive", 1)):
        check.values(activate, rng.normal(size=(N, C)) * 2, task)
### END HIDDEN TESTS

# %% [markdown]
# A softmax over one score divides a number by itself. No gradient will ever move that.
#
# ### Exercise 2 · what it decides · 2 points · 4 minutes
#
# Answers are 0 or 1 for each label, or the number of a class. Neither sigmoid nor softmax is needed: both rise with the score. At $p = \frac12$ the answer is 1.

# %% [markdown] hints="decide"
# 1. At which score is a sigmoid one half? Which class has the largest probability, if all scores are known?
# 2. Labels are decided one by one, so they keep their shape $(N, C)$. Classes compete, so one whole number a row is left.
# 3. a comparison with `>=`, turned into integers; `np.argmax` with an axis

# %% exercise="decide" bans="scipy tensorflow keras torch jax"
def decide(z, task):
    """The answers of a head.

    z: (N, C) scores; task: "binary" (C = 1), "multilabel" or "multiclass".
    Returns (N, C) integers 0 or 1 for the first two, and (N,) integers, the classes, for the last.
    """
    ### BEGIN SOLUTION
    return np.argmax(z, axis=1) if task == "multiclass" else (z >= 0).astype(int)
    ### END SOLUTION

# %% check="decide" points=2
check.values(decide, mail_scores, "multilabel")
check.values(decide, class_scores, "multilabel")
check.values(decide, class_scores, "multiclass")
check.values(decide, mail_scores[:3], "multiclass")
check.values(decide, house_scores, "binary")
check.values(decide, mail_scores[:, :1], "binary")
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (8, 8, 1):
    check.values(decide, rng.permuted(np.linspace(-1.5, 2.0, 4 * N).round(1).reshape(N, 4), axis=1), "multilabel")
    check.values(decide, rng.permuted(np.linspace(-1.5, 2.0, 4 * N).reshape(N, 4), axis=1), "multiclass")
    check.values(decide, rng.permutation(np.linspace(-1.0, 1.0, N))[:, None], "binary")
### END HIDDEN TESTS

# %% [markdown]
# ## 10.2 The loss that belongs · 14 minutes
#
# Each head has the loss whose slope by its score is *what was said minus what came*. Both are surprises (2.2, 5.3), from scores. Sigmoids, with $y_{ij}$ 0 or 1, averaged over the $C$ labels, as Keras does:
#
# $$\ell_i = \frac1C \sum_{j=1}^{C} \bigl(\log(1 + e^{z_{ij}}) - y_{ij} z_{ij}\bigr)$$
#
# Softmax, with $y_i$ the number of the class:
#
# $$\ell_i = \log \sum_{j=1}^{C} e^{z_{ij}} - z_{i y_i}$$
#
# By hand, for the mail with the scores $(2, 1)$, which is no spam but urgent, $y = (0, 1)$: $-\log(1 - 0.881) = 2.127$ and $-\log 0.731 = 0.313$, so the mean is $2.440/2 = 1.220$. A softmax whose class is "urgent" pays $-\log 0.269 = 1.313$.
#
# **Predict** for the mail of the opening, which is both: what do the sigmoids pay at $(2, 1)$? And what is the *least* that a softmax can pay, if it must pay for both classes, averaged, whatever the scores?

# %%
# Your prediction: the loss of the sigmoids at (2, 1), and the least loss of a softmax. Replace each None.
prediction_both = [None, None]

# %% [markdown]
# ### Exercise 3 · one loss a row · 4 points · 9 minutes
#
# No mean over rows yet: weights come in between. Take scores, not probabilities.

# %% given="mails"
mail_labels = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0], [1.0, 0.0]])
class_labels = np.array([1, 2, 1, 0])
far_scores = np.array([[1000.0, -800.0], [-900.0, 700.0], [-850.0, -990.0]])


def some_batch(N, C, head, rng):
    """Scores, labels and weights to try things on: z (N, C); y (N, C) of 0.0 and 1.0, or (N,) classes; weights (N,)."""
    y = rng.integers(0, 2, size=(N, C)) * 1.0 if head == "sigmoid" else rng.integers(0, C, size=N)
    return 2 * rng.normal(size=(N, C)), y, rng.uniform(0.5, 3.0, size=N)

# %% [markdown] hints="row_losses"
# 1. How many losses has a row of five labels, and how many has a row of five classes? Which mean belongs here, and which does not?
# 2. `softplus` stands in the folded cell. For the softmax subtract the largest score of each row first, as in 5.2; then pick with two index arrays.
# 3. sigmoid: the mean of `softplus(z) - ...` over axis 1; softmax: $\log\sum e^{z - m}$ less the shifted score of the class

# %% exercise="row_losses" bans="scipy tensorflow keras torch jax"
def row_losses(z, y, head):
    """The loss of each row, from scores.

    head "sigmoid": z (N, C), y (N, C) of 0.0 and 1.0; the mean over the labels of a row.
    head "softmax": z (N, C), y (N,) integers. Returns (N,). Finite for any finite z.
    """
    ### BEGIN SOLUTION
    if head == "sigmoid":
        return np.mean(softplus(z) - y * z, axis=1)
    shifted = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]
    ### END SOLUTION

# %% check="row_losses" points=4
check.values(row_losses, mail_scores, mail_labels, "sigmoid", part="sigmoid", weight=2)
check.values(row_losses, class_scores, 1 - (class_scores > 0.4), "sigmoid", part="sigmoid", weight=2)
check.values(row_losses, class_scores, class_labels, "softmax", part="softmax", weight=2)
check.values(row_losses, mail_scores[:3], class_labels[:3] % 2, "softmax", part="softmax", weight=2)
check.values(row_losses, far_scores, 1.0 * (far_scores < 0), "sigmoid", part="stable", if_passed="sigmoid")
check.values(row_losses, far_scores, np.array([1, 0, 1]), "softmax", part="stable", if_passed="softmax")
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(row_losses, *some_batch(N, 4, "sigmoid", rng)[:2], "sigmoid", part="sigmoid", weight=2)
    check.values(row_losses, *some_batch(N, 4, "softmax", rng)[:2], "softmax", part="softmax", weight=2)
check.values(row_losses, rng.uniform(0.5, 1.5, size=(1, 1)), np.ones((1, 1)), "sigmoid", part="sigmoid", weight=2)
far = rng.uniform(800, 1000, size=(5, 3)) * np.array([[-1, -1, -1], [1, -1, 1], [1, 1, -1], [1, -1, 1], [-1, 1, -1]])
check.values(row_losses, far, 1.0 * (far < 0), "sigmoid", part="stable", if_passed="sigmoid")
check.values(row_losses, far, rng.permutation([0, 1, 2, 1, 0]), "softmax", part="stable", if_passed="softmax")
### END HIDDEN TESTS

# %%
if check.needs(row_losses):
    check.reveal(prediction_both, lambda: [row_losses(np.array([[2.0, 1.0]]), np.ones((1, 2)), "sigmoid")[0],
                                           np.mean(row_losses(np.zeros((2, 2)), np.array([0, 1]), "softmax"))],
                 labels=["sigmoids", "softmax, at best"])

# %% [markdown]
# 0.440 for the first? That is the sum over the labels. 0 for the second? $p_1 p_2$ is largest at one half each: $\log 2$ at least. Sigmoids come as near to 0 as they like.
#
# ## 10.3 Weights · 16 minutes
#
# Some rows count more: a rare class, a label by an expert, a costly error. Give row $i$ the weight $\omega_i$:
#
# $$L = \frac1N \sum_{i=1}^{N} \omega_i\, \ell_i$$
#
# A weight of 2 pulls like the same row twice; 0 takes the row out. **Class weights** give all rows of class $k$ one weight, $c_k$. **Balanced** ones give all classes the same say: with $N_k$ rows of class $k$,
#
# $$c_k = \frac{N}{C\, N_k}$$
#
# By hand: six rows, four of class 0 and two of class 1. $c_0 = 6/(2 \cdot 4) = 0.75$ and $c_1 = 6/(2 \cdot 2) = 1.5$. Each class has $4 \cdot 0.75 = 2 \cdot 1.5 = 3$, and all rows weigh 6 together: the loss keeps its size, and the rate may stay.
#
# ### Exercise 4 · balanced weights · 3 points · 5 minutes
#
# A class without rows gets the weight 0, and still counts in $C$.

# %% given="classes"
few_classes, other_classes = np.array([0, 2, 0, 0, 1, 2, 0, 2]), np.array([1, 0, 1, 1, 3])
spam_matters, by_expert = {0: 1.0, 1: 4.0}, np.array([1.0, 0.5, 3.0, 1.0, 2.0, 0.0, 1.5, 0.25])

# %% [markdown] hints="balanced_weights"
# 1. What must be counted, and which entry is in danger of a division by 0?
# 2. `np.bincount(y, minlength=C)` counts all classes, the empty ones too.
# 3. $N/(C \cdot \max(N_k, 1))$, and 0 where $N_k$ is 0

# %% exercise="balanced_weights" bans="sklearn scipy tensorflow keras torch jax"
def balanced_weights(y, C):
    """Weights that give all classes the same say.

    y: (N,) integers in 0..C-1; C: the number of classes. Returns (C,) floats, 0 for a class without rows.
    """
    ### BEGIN SOLUTION
    counts = np.bincount(y, minlength=C)
    return np.where(counts > 0, len(y) / (C * np.maximum(counts, 1)), 0.0)
    ### END SOLUTION

# %% check="balanced_weights" points=3
check.values(balanced_weights, few_classes, 3, weight=2)
check.values(balanced_weights, few_classes[:5] // 2, 2, weight=2)
check.values(balanced_weights, other_classes, 5, part="empty classes", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for N, rare in ((12, 1), (12, 4), (17, 2)):
    check.values(balanced_weights, rng.permutation(np.hstack([np.arange(3), np.full(rare, 2), rng.integers(0, 2, size=N - 3 - rare)])), 3, weight=2)
check.values(balanced_weights, rng.integers(0, 1, size=1), 1, weight=2)
check.values(balanced_weights, rng.permutation(np.array([1, 1, 1, 4, 4, 2])), 6, part="empty classes", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5 · both at once · 3 points · 6 minutes
#
# Keras takes class weights as a dictionary, `{0: 1.0, 1: 4.0}`. A class that is not in it counts 1. The notes say that whoever gives both, class weights and row weights, gets their product. Section 10.8 asks Keras, which refuses. So make that product yourself.

# %% [markdown] hints="row_weights"
# 1. Which two numbers belong to one row, and what if its class has none?
# 2. A dictionary has `get(key, default)`. Make one number a row in a loop or a list, then an array.
# 3. For each row: $c_k$ of its class, or 1 where the dictionary has none, times the row's own weight, or 1

# %% exercise="row_weights" bans="sklearn tensorflow keras torch jax"
def row_weights(y, class_weight, sample_weight):
    """One weight a row: that of its class times its own.

    y: (N,) integers; class_weight: a dictionary from classes to weights, where a class that is missing counts 1;
    sample_weight: (N,), or None where all rows count 1. Returns (N,) floats.
    """
    ### BEGIN SOLUTION
    weights = np.array([class_weight.get(int(label), 1.0) for label in y])
    return weights if sample_weight is None else weights * sample_weight
    ### END SOLUTION

# %% check="row_weights" points=3
check.values(row_weights, few_classes, spam_matters, by_expert)
check.values(row_weights, other_classes, {0: 0.75, 3: 2.5, 1: 1.5}, by_expert[:5])
check.values(row_weights, few_classes, {0: 0.5, 2: 3.0}, None)
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (9, 9, 1):
    y, of_classes = rng.permutation(np.arange(N) % 4), rng.uniform(1.5, 4, size=3)
    check.values(row_weights, y, dict(enumerate(of_classes)), rng.uniform(0.3, 2, size=N))
    check.values(row_weights, y, {3: of_classes[0], 0: of_classes[1]}, None)
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** Batch A has five rows, and two of them are the same. Batch B has four: that row once, with the weight 2; all others count 1. By which factor is $\partial L/\partial W$ of B larger than that of A? And if instead of $N$ we divided by the sum of all weights?

# %%
# Your prediction: the factor where the loss divides by N, and where it divides by the sum of the weights.
prediction_twice = [None, None]

# %% [markdown]
# ## 10.4 The gradient · 16 minutes
#
# A weight is a constant factor of its row's loss, so it is one of its slope:
#
# $$\text{sigmoid:}\quad \frac{\partial L}{\partial z_{ij}} = \frac{\omega_i\,(p_{ij} - y_{ij})}{N\, C}$$
#
# **Derive** the one for the softmax from 5.4. There is no $1/C$ in it: why?
#
# <details><summary>The derivation, to compare</summary>By 5.4 the slope of a row's loss is $p_{ij}$, less 1 at $j = y_i$. Times $\omega_i/N$. A row of five classes has one loss; a row of five labels has the mean of five.</details>
#
# By hand: one mail, $N = 1$, with the scores $(2, 1)$, both labels 1, and the weight 4: $4\,(0.881 - 1)/2 = -0.238$ and $4\,(0.731 - 1)/2 = -0.538$.
#
# ### Exercise 6 · weighted loss and gradient · 8 points · 10 minutes

# %% [markdown] hints="loss_and_gradient"
# 1. What is the shape of what was said minus what came, and what is the shape of the weights?
# 2. The loss is one line with `row_losses`. For the softmax copy the probabilities and subtract 1 at the class of each row.
# 3. The weights as a column, $(N, 1)$, times $(p - \ldots)$, over $N$; and over $C$ for the sigmoids

# %% exercise="loss_and_gradient" gradient_of="loss_and_gradient" wrt="z" bans="scipy tensorflow keras torch jax autograd"
def loss_and_gradient(z, y, weights, head):
    """The weighted mean loss of a batch, and its gradient by the scores.

    z: (N, C), y: as for row_losses, weights: (N,), head: "sigmoid" or "softmax". Returns (loss, dz): a float and (N, C).
    """
    ### BEGIN SOLUTION
    if head == "sigmoid":
        away = (sigmoid(z) - y) / z.shape[1]
    else:
        away = softmax(z)
        away[np.arange(len(y)), y] -= 1
    return float(np.mean(weights * row_losses(z, y, head))), weights[:, None] * away / len(y)
    ### END SOLUTION

# %% check="loss_and_gradient" points=8
check.gradients(loss_and_gradient, mail_scores, mail_labels, by_expert[1:6], "sigmoid", part="sigmoid", names=["loss", "dz"])
check.gradients(loss_and_gradient, class_scores[:2], 1.0 * (class_scores[:2] < 0.4), by_expert[1:3], "sigmoid", part="sigmoid", names=["loss", "dz"])
check.gradients(loss_and_gradient, class_scores, class_labels, by_expert[1:5], "softmax", part="softmax", names=["loss", "dz"])
check.gradients(loss_and_gradient, mail_scores[:3], class_labels[:3] % 2, by_expert[2:5], "softmax", part="softmax", names=["loss", "dz"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.gradients(loss_and_gradient, *some_batch(N, 4, "sigmoid", rng), "sigmoid", part="sigmoid", names=["loss", "dz"])
    check.gradients(loss_and_gradient, *some_batch(N, 4, "softmax", rng), "softmax", part="softmax", names=["loss", "dz"])
check.gradients(loss_and_gradient, rng.uniform(0.5, 1.5, size=(1, 1)), np.zeros((1, 1)), rng.uniform(1.5, 2, size=1), "sigmoid",
                part="sigmoid", names=["loss", "dz"])
### END HIDDEN TESTS

# %% figure="heads" folded="it draws"
if check.needs(activate, row_losses, loss_and_gradient):
    rows = np.array([[1.0, -0.5], [0.2, 0.8], [-1.0, 0.4], [0.6, 1.1]])

    def slope_of_w(rows, weights, divide_by):
        z, y = rows @ np.array([[0.5], [-0.3]]), (rows[:, :1] > 0.5) * 1.0
        return rows.T @ loss_and_gradient(z, y, weights, "sigmoid")[1] * len(rows) / divide_by

    twice, alone, heavy = slope_of_w(rows[[0, 0, 1, 2, 3]], np.ones(5), 5), rows, np.array([2.0, 1, 1, 1])
    check.reveal(prediction_twice, lambda: [np.linalg.norm(slope_of_w(alone, heavy, by)) / np.linalg.norm(twice) for by in (4, 5)],
                 labels=["over N", "over the sum"])
    figure, axes = plt.subplots(2, 1, figsize=(5.4, 6.4), layout="constrained")
    z, y = np.array([[2.0, 1.0]]), np.ones((1, 2))
    for axis, head, task, target, came in ((axes[0], "sigmoid", "multilabel", y, "y = (1, 1): spam and urgent"),
                                           (axes[1], "softmax", "multiclass", np.array([1]), "y = 1: urgent")):
        p, (loss, dz) = activate(z, task)[0], loss_and_gradient(z, target, np.ones(1), head)
        axis.set(xlim=(-0.8, 8.2), ylim=(-1.5, 3.2))
        axis.set_title(f"{head}, {came}", fontsize=10)
        axis.axis("off")
        places = [(0, 2, f"$z_1$\n{z[0, 0]:g}"), (0, 0, f"$z_2$\n{z[0, 1]:g}"), (3.7, 2, f"$p_1$\n{p[0]:.3f}"), (3.7, 0, f"$p_2$\n{p[1]:.3f}"),
                  (7.4, 1, f"loss\n{loss:.3f}")]
        for begin, end in [(0, 2), (1, 3), (2, 4), (3, 4)] + ([(0, 3), (1, 2)] if head == "softmax" else []):
            (x1, y1, _), (x2, y2, _) = places[begin], places[end]
            axis.annotate("", (x2 - 0.65, y2), (x1 + 0.6, y1), arrowprops={"arrowstyle": "->", "color": "black"})
        for j, height in ((0, 2.85), (1, -0.95)):
            axis.annotate("", (0.3, height), (7, height), arrowprops={"arrowstyle": "->", "color": "tab:orange", "linestyle": "--"})
            axis.text(3.7, height + 0.12, f"$\\partial L/\\partial z_{j + 1}$ = {dz[0, j]:.3f}", color="tab:orange", ha="center", fontsize=10)
        for x, height, label in places:
            axis.text(x, height, label, ha="center", va="center", fontsize=10, bbox={"boxstyle": "circle", "facecolor": "white"})
    figure.suptitle("z: (1, 2)   p: (1, 2)   loss: one number", fontsize=10)
    plt.show()

# %% [markdown]
# 1 and 1? Then you forgot that B has four rows: over $N$ its gradient is 1.25 times as long. Over the sum of the weights both are equal. **Keras divides by $N$.** So weights change the length of steps, unless their mean is 1; in a mini-batch even balanced ones do.
#
# In the figure forward is black, backward orange and dashed. Sigmoids do not see one another. The softmax's slopes add up to 0: what one class wins, the others lose.
#
# ## 10.5 Two hidden layers · 19 minutes
#
# The women of chapter 2 again: cases and controls, five columns. We train on few cases, 30 of them beside 120 controls, and hold back 53 cases and 45 controls. Whoever says "control" is right in 80 % of the training rows, and finds no case. So the score is **balanced accuracy**: the mean of two shares that are right, of cases and of controls. Guessing has 0.5.
#
# ### Exercise 7 · a weighted training, whole · 6 points · 16 minutes
#
# A blank page, of 15 to 20 lines. Two hidden layers of tanh, 8 and 4 units, one score. `forward` and `backward` (7.2, 7.3) are given: the way back starts at your `dz`.
#
# 1. Standardise with mean and deviation of **these** rows, and return both: the check hands raw rows to your network.
# 2. Balanced weights, for all rows, before any batch.
# 3. Some 10 epochs in a fresh order, in batches of about 15, by momentum 0.9 and a rate of 0.05. $y$ is $(N,)$; your loss wants $(N, 1)$.
#
# In the check the columns have other units and another order, and 0 and 1 may be exchanged: which class is rare, is for you to count.

# %% given="women"
from itertools import pairwise

women, is_case = data.load("infert")
_rng = np.random.default_rng(14)
_cases, _controls = (_rng.permutation(np.flatnonzero(is_case == k)) for k in (1, 0))
train_rows = _rng.permutation(np.hstack([_cases[:30], _controls[:120]]))
held_rows = np.hstack([_cases[30:], _controls[120:]])
X_train, y_train, X_held, y_held = women[train_rows], is_case[train_rows], women[held_rows], is_case[held_rows]
units = np.array([12.0, 0.5, 10.0, 0.25, 3.0])  # in which a check measures the columns


def start(sizes, rng):
    """Weights of variance 1 / fan-in, zero biases: the flat tuple (W_1, b_1, ...)."""
    pairs = [(rng.normal(size=(m, n)) / np.sqrt(m), np.zeros(n)) for m, n in pairwise(sizes)]
    return tuple(tensor for pair in pairs for tensor in pair)


def forward(X, parameters):
    """Scores (N, C) of a network with tanh in its hidden layers, and what each layer got as its input."""
    inputs = [X]
    for W, b in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        inputs.append(np.tanh(inputs[-1] @ W + b))
    return inputs[-1] @ parameters[-2] + parameters[-1], inputs


def backward(dz, inputs, parameters):
    """The gradients of all parameters, a flat tuple, from dz (N, C) and the inputs of the layers."""
    gradients = ()
    for W, A in zip(parameters[-2::-2], inputs[::-1], strict=True):
        gradients = (A.T @ dz, dz.sum(axis=0), *gradients)
        dz = (dz @ W.T) * (1 - A**2)
    return gradients

# %% given="balanced" folded="it judges"
def balanced(parameters, X, y):
    """The mean of the shares of cases and of controls that are right, or a slip's name. parameters: (mean, std, W_1, b_1, ..., W_3, b_3)."""
    mean, std, *parameters = (np.asarray(part, dtype=float) for part in parameters)
    D, came = X.shape[1], [part.shape for part in parameters]
    H, K = (came[1][0], came[3][0]) if len(came) == 6 and len(came[1]) == len(came[3]) == 1 else (0, 0)
    if mean.shape != (D,) or std.shape != (D,) or not H or came != [(D, H), (H,), (H, K), (K,), (K, 1), (1,)]:
        raise ValueError(f"(mean, std, W_1, b_1, W_2, b_2, W_3, b_3) is expected, from {D} columns to one score; {[mean.shape, std.shape, *came]} came")
    if not any(bias.any() for bias in parameters[1::2]):
        return "never_moves"
    U = (X - mean) / np.where(std == 0, 1, std)
    if np.abs(U.mean(axis=0)).max() > 2 or U.std(axis=0).min() < 0.1 or U.std(axis=0).max() > 10:
        return "not_standardised"
    z = forward(U, parameters)[0][:, 0]
    if np.mean(softplus(z) - y * z) > 10:
        return "trained_uphill"
    leans = abs(np.mean(sigmoid(z)) - 0.5)  # to one class
    if leans > 0.22:
        return "weights_exchanged" if leans > 0.38 else "weights_left_out"
    return float(np.mean([np.mean((z >= 0)[y == k] == k) for k in (0, 1)]))

# %% [markdown] hints="train"
# 1. What is made once before all loops, what once an epoch, and what for each batch?
# 2. Before: mean, std, weights, parameters, velocities of zeros. In a batch: `forward`, `loss_and_gradient`, `backward`, then a step as in 8.3.
# 3. The rows of a batch are 15 places of the order. They choose three things: standardised inputs, labels as a column, weights

# %% exercise="train" bans="numpy.linalg scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train a network with two hidden layers on rows of which few are cases, with balanced weights.

    X: (N, D) raw rows, y: (N,) integers 0 or 1, seed: int. Returns (mean, std, W_1, b_1, W_2, b_2, W_3, b_3).
    """
    rng = np.random.default_rng(seed)
    ### BEGIN SOLUTION
    mean, std = X.mean(axis=0), X.std(axis=0)
    U = (X - mean) / std
    weights = row_weights(y, dict(enumerate(balanced_weights(y, 2))), None)
    parameters = start((X.shape[1], 8, 4, 1), rng)
    velocities = [np.zeros_like(W) for W in parameters]
    for _ in range(10):
        order = rng.permutation(len(X))
        for k in range(0, len(X), 15):
            rows = order[k:k + 15]
            z, inputs = forward(U[rows], parameters)
            _, dz = loss_and_gradient(z, y[rows, None], weights[rows], "sigmoid")
            gradients = backward(dz, inputs, parameters)
            velocities = [0.9 * v - 0.05 * dW for v, dW in zip(velocities, gradients, strict=True)]
            parameters = [W + v for W, v in zip(parameters, velocities, strict=True)]
    return mean, std, *parameters
    ### END SOLUTION

# %% check="train" points=6
# Up to three seeds are tried. One must have a balanced accuracy of 0.64 on the women who were held back.
check.trained(train, (X_train * units, y_train), held=(X_held * units, y_held), score=balanced, at_least=0.64)
### BEGIN HIDDEN TESTS
units = 10 ** check.rng.uniform(-1.5, 1.5, size=5)
check.trained(train, (X_train * units, y_train), held=(X_held * units, y_held), score=balanced, at_least=0.64)
### END HIDDEN TESTS

# %% [markdown]
# These rows are kind ones: with other women held back, the same training has 0.61 to 0.70 on average.
#
# `data.load` leaves two columns of the study out: the number of the **matched set** that a woman belongs to, a case with one or two controls, and one of such sets taken together. Do they measure anything? Below, your `train` gets the first of them: once as one more column, once as one column a set, 1 where a woman is in it. It trains on two thirds of *all* women, drawn at random. **What will happen on those rows, and what on the others?**

# %% figure="sets" folded="it draws"
if check.needs(balanced_weights, row_weights, loss_and_gradient, train):
    sets = np.hstack([np.arange(1, 84), np.delete(np.arange(1, 84), 73), np.arange(1, 84)])  # 83 cases, then controls; set 74 has one
    order = np.random.default_rng(10).permutation(248)
    seen_rows, other_rows = order[:165], order[165:]
    known = np.unique(sets[seen_rows])
    tables = {"five columns": women, "and the number": np.column_stack([women, sets]), "a column a set": np.hstack([women, sets[:, None] == known])}

    def score(parameters, X, y):
        z = forward((X - parameters[0]) / parameters[1], parameters[2:])[0][:, 0]
        return np.mean([np.mean((z >= 0)[y == k] == k) for k in (0, 1)])

    figure, axis = plt.subplots(figsize=(5.2, 3), layout="constrained")
    for place, (name, table) in enumerate(tables.items()):
        runs = [train(table[seen_rows], is_case[seen_rows], seed) for seed in range(5)]
        seen, held = (np.mean([score(run, table[rows], is_case[rows]) for run in runs]) for rows in (seen_rows, other_rows))
        print(f"{name:15} trained on: {seen:.2f}   held back: {held:.2f}")
        axis.bar([place - 0.2, place + 0.2], [seen, held], 0.4, color=["0.75", "tab:orange"], hatch=[None, "//"], edgecolor="black")
    axis.axhline(0.5, color="black", linestyle=":", label="guessing")
    axis.bar([0], [0], color="0.75", edgecolor="black", label="trained on")
    axis.bar([0], [0], color="tab:orange", hatch="//", edgecolor="black", label="held back")
    axis.set(xticks=range(3), xticklabels=tables, ylabel="balanced accuracy", ylim=(0, 1.25), title="Sets as inputs, five seeds")
    axis.legend(fontsize=9, ncols=3, loc="upper center")
    plt.show()

# %% [markdown]
# With a column a set it is right about those it has seen, and *worse than guessing* about the rest. You are asked why in 10.9.
#
# ## 10.6 The threshold · 14 minutes
#
# Where you say "case" is your choice, too: where $p \ge t$. The **confusion matrix** counts the four things that happen:
#
# | | said 0 | said 1 |
# |---|---|---|
# | is 0 | right | false alarm |
# | is 1 | miss | found |
#
# **Recall** is the share of the cases that are found. **Precision** is the share of those called cases that are some.
#
# By hand: $p$ is 0.9, 0.7, 0.6 and 0.2, $y$ is 1, 0, 1 and 1, and $t = 0.65$. Two are called, one rightly: precision $\frac12$. One of three cases is found: recall $\frac13$.
#
# ### Exercise 8 · the matrix and its two shares · 5 points · 9 minutes
#
# If nobody is called, precision is $0/0$. Call it 1: no alarm was false.

# %% given="forecasts"
said_p, came_y = np.array([0.9, 0.7, 0.6, 0.2, 0.4, 0.1, 0.75]), np.array([1, 0, 1, 1, 0, 0, 1])

# %% [markdown] hints="at_threshold"
# 1. Which of the four numbers are in the cases' row, and which in the column of those called?
# 2. Make `said = p >= t`. Each of the four is the sum of an array of True and False: of this label, and said so.
# 3. precision: found over a column's sum; recall: found over a row's sum; and an `if` for nobody

# %% exercise="at_threshold" bans="sklearn scipy tensorflow keras torch jax"
def at_threshold(p, y, t):
    """What happens if rows with p >= t are called cases.

    p: (N,) probabilities, y: (N,) integers 0 or 1 with at least one 1, t: a float.
    Returns (matrix, precision, recall): (2, 2) counts, rows are what is, columns what was said; and two floats.
    """
    ### BEGIN SOLUTION
    said = p >= t
    matrix = np.array([[np.sum((y == k) & (said == s)) for s in (0, 1)] for k in (0, 1)])
    found, called = matrix[1, 1], matrix[:, 1].sum()
    return matrix, found / called if called else 1.0, found / matrix[1].sum()
    ### END SOLUTION

# %% check="at_threshold" points=5
# no batch of one because the matrix is 2 by 2 for any number of rows
check.values(at_threshold, said_p, came_y, 0.65, names=["matrix", "precision", "recall"], weight=3)
check.values(at_threshold, said_p, came_y, 0.4, names=["matrix", "precision", "recall"], weight=3)
check.values(at_threshold, said_p[:5], 1 - came_y[:5], 0.3, names=["matrix", "precision", "recall"], weight=3)
check.values(at_threshold, said_p, came_y, 0.95, names=["matrix", "precision", "recall"], part="nobody called", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (20, 20, 31):
    p = rng.permutation(np.linspace(0.02, 0.98, N))
    check.values(at_threshold, p, (rng.permutation(np.arange(N)) % 3 == 1) * 1, p[0] if p[0] < 0.9 else 0.5,
                 names=["matrix", "precision", "recall"], weight=3)
check.values(at_threshold, rng.uniform(0.1, 0.8, size=9), np.arange(9) % 2, 0.85, names=["matrix", "precision", "recall"],
             part="nobody called", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# The threshold goes down from 1 over the women who were held back. **Which of the two, precision and recall, can only rise? What does the other do?**

# %% figure="threshold" folded="it draws"
if check.needs(train, at_threshold):
    mean, std, *network = train(X_train, y_train, 0)
    p_held = sigmoid(forward((X_held - mean) / std, network)[0][:, 0])
    stops = np.linspace(0.9, 0.16, 24)
    curve = np.array([at_threshold(p_held, y_held, t)[1:] for t in stops])
    edges = np.linspace(0, 1, 21)

    def draw(frame):
        figure, panels = plt.subplot_mosaic([["shares", "matrix"], ["women", "matrix"]], figsize=(6.6, 3.6), width_ratios=[1.35, 1])
        shares, women_axis, matrix_axis = panels["shares"], panels["women"], panels["matrix"]
        for column, style, colour, name in ((0, "-", "tab:blue", "precision"), (1, "--", "tab:red", "recall")):
            shares.plot(stops[: frame + 1], curve[: frame + 1, column], style, color=colour, label=name)
        shares.set(xlim=(0, 1), ylim=(-0.05, 1.1), xticklabels=[])
        shares.legend(fontsize=8, loc="lower left")
        controls, cases = (np.histogram(p_held[y_held == k], edges)[0] for k in (0, 1))
        women_axis.bar(edges[:-1], cases, 0.05, align="edge", color="0.4", edgecolor="black", label="cases, above 0")
        women_axis.bar(edges[:-1], -controls, 0.05, align="edge", color="white", edgecolor="black", label="controls, below")
        women_axis.set(xlim=(0, 1), ylim=(-14, 14), xlabel="p", ylabel="women", yticks=[-10, 0, 10], yticklabels=["10", "0", "10"])
        women_axis.legend(fontsize=7, loc="lower right")
        for axis in (shares, women_axis):
            axis.axvline(stops[frame], color="tab:orange", linestyle=":", linewidth=2)
        matrix, precision, recall = at_threshold(p_held, y_held, stops[frame])
        matrix_axis.imshow(matrix, cmap="Greys", vmin=0, vmax=90)
        for (i, j), word in {(0, 0): "right", (0, 1): "false alarms", (1, 0): "missed", (1, 1): "found"}.items():
            matrix_axis.text(j, i, f"{matrix[i, j]}\n{word}", ha="center", va="center", fontsize=9)
        matrix_axis.set(xticks=[0, 1], xticklabels=["said 0", "said 1"], yticks=[0, 1], yticklabels=["is 0", "is 1"])
        matrix_axis.set_title(f"t {stops[frame]:.2f}\nprecision {precision:.2f}   recall {recall:.2f}", fontsize=9)
        figure.subplots_adjust(left=0.1, right=0.98, bottom=0.14, top=0.95, wspace=0.25, hspace=0.12)
        return figure

    moving.figure(draw, 24, alt="A threshold moves down over the probabilities of 98 women. At first nobody is called, in the end all are: recall rises "
                                "from 0 to 1, precision falls with some jumps from 1 to 0.54.")

# %% [markdown]
# Recall can only rise: nobody is un-called. Precision may do either. At the end it is the share of cases, 53 of 98 = 0.54. That share was *made* here: another clinic has another precision. No threshold is best without a price: what does a miss cost, and what a false alarm?
#
# ## 10.7 Take the weights out again · 9 minutes
#
# A weighted head no longer says what is likely. Let the classes have the true probabilities $q_k$ somewhere. **Derive:** which $p$ makes $-\sum_k c_k q_k \log p_k$ smallest, with the sum of $p$ at 1? Without weights it is $p = q$; here $c_k q_k$ stand where $q_k$ stood. So
#
# $$p_k = \frac{c_k\, q_k}{\sum_j c_j\, q_j}, \qquad q_k \propto \frac{p_k}{c_k}$$
#
# <details><summary>The derivation, to compare</summary>Divided by their sum, the $c_k q_k$ are probabilities $r_k$, and the sum is a constant factor. Of all $p$, $-\sum_k r_k \log p_k$ is smallest at $p = r$: the slope by the scores is $p - r$ (5.4).</details>
#
# By hand: weights 0.75 and 1.5, $p$ 0.4 and 0.6. The quotients are 0.533 and 0.4, with the sum 0.933, so $q$ is 0.571 and 0.429: class 0 is likelier.
#
# **Predict** for two classes with the weights 1 and 4: how likely is class 1, truly, where the weighted head says one half?

# %%
# Your prediction: q of class 1 where p is one half. Replace the None.
prediction_true = [None]

# %% [markdown]
# ### Exercise 9 · what is likely · 3 points · 5 minutes

# %% [markdown] hints="unweighted"
# 1. Which way do the weights of rare classes push $p$, and which way back?
# 2. Divide each column by its weight. Then each row must have the sum 1 again.
# 3. $\frac{p_{ik}}{c_k}$ over its sum along axis 1, with `keepdims=True`

# %% exercise="unweighted" bans="scipy tensorflow keras torch jax"
def unweighted(p, class_weights):
    """The probabilities that a head would give if its classes had not been weighted.

    p: (N, C) rows with the sum 1, class_weights: (C,), all above 0. Returns (N, C) rows with the sum 1.
    """
    ### BEGIN SOLUTION
    q = p / class_weights
    return q / q.sum(axis=1, keepdims=True)
    ### END SOLUTION

# %% check="unweighted" points=3
check.values(unweighted, softmax(class_scores), np.array([0.5, 2.0, 1.25]))
check.values(unweighted, softmax(mail_scores), np.array([0.75, 1.5]))
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (6, 6, 1):
    check.values(unweighted, softmax(rng.normal(size=(N, 4))), rng.permutation([0.4, 0.8, 1.5, 3.0]) * rng.uniform(0.8, 1.2, size=4))
### END HIDDEN TESTS

# %%
if check.needs(unweighted):
    check.reveal(prediction_true, lambda: unweighted(np.array([[0.5, 0.5]]), np.array([1.0, 4.0]))[0, 1:], labels=["q of class 1"])

# %% [markdown]
# 0.25? Those are the *odds*, one to four: $q = \frac15$. 0.8? The wrong way round. So a weight of 4 and a threshold of 0.2 decide alike, if the network is flexible and has seen enough rows. With few rows they differ: weights change what is learned, a threshold only what is said. And only unweighted probabilities may be read as such.
#
# ## 10.8 The same in Keras · 12 minutes
#
# ### Exercise 10 · loss and gradient, by the tape · 4 points · 6 minutes
#
# Which loss class belongs to which head? Both take scores with `from_logits=True`, and `sample_weight` in the call: `loss(y, z, sample_weight=...)`. **Trap:** a loss that does not belong often runs all the same.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    import tensorflow as tf
    from tensorflow import keras

keras.backend.set_floatx("float64")

# %% [markdown] hints="keras_loss_and_gradient"
# 1. Which of [Keras's losses](https://keras.io/api/losses/probabilistic_losses/) takes whole numbers for classes, and which takes 0 and 1 for labels?
# 2. Make $z$ a `tf.constant` and let the tape `watch` it; the loss is computed inside the tape.
# 3. The slope of the loss by that constant, as an array; and the loss as a float

# %% exercise="keras_loss_and_gradient" same_as="loss_and_gradient" uses="GradientTape" bans="torch jax"
def keras_loss_and_gradient(z, y, weights, head):
    """The same as loss_and_gradient, by a loss of keras.losses and a tape. Returns (loss, dz): a float and (N, C)."""
    ### BEGIN SOLUTION
    if head == "sigmoid":
        loss_of = keras.losses.BinaryCrossentropy(from_logits=True)
    else:
        loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = loss_of(y, z, sample_weight=weights)
    return float(loss), tape.gradient(loss, z).numpy()
    ### END SOLUTION

# %% check="keras_loss_and_gradient" points=4
check.values(keras_loss_and_gradient, mail_scores, mail_labels, by_expert[1:6], "sigmoid", part="sigmoid", names=["loss", "dz"])
check.values(keras_loss_and_gradient, class_scores[:2], 1.0 * (class_scores[:2] < 0.4), by_expert[1:3], "sigmoid", part="sigmoid", names=["loss", "dz"])
check.values(keras_loss_and_gradient, class_scores, class_labels, by_expert[1:5], "softmax", part="softmax", names=["loss", "dz"])
check.values(keras_loss_and_gradient, mail_scores[:3], class_labels[:3] % 2, by_expert[2:5], "softmax", part="softmax", names=["loss", "dz"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(keras_loss_and_gradient, *some_batch(N, 4, "sigmoid", rng), "sigmoid", part="sigmoid", names=["loss", "dz"])
    check.values(keras_loss_and_gradient, *some_batch(N, 4, "softmax", rng), "softmax", part="softmax", names=["loss", "dz"])
### END HIDDEN TESTS

# %% [markdown]
# Now the notes' sentence: are both weights multiplied? And **predict:** a head of two labels, spam and urgent, gets `class_weight={0: 1, 1: 10}`. Of the mails (spam, urgent) = (1, 0), (0, 0), (1, 1), (0, 1): which ones count tenfold?

# %% figure="refused" folded="it tries"
if check.needs(row_losses, row_weights, loss_and_gradient, keras_loss_and_gradient):
    y, weights = mail_labels, by_expert[1:6]
    (ours, dz), (theirs, by_tape) = loss_and_gradient(mail_scores, y, weights, "sigmoid"), keras_loss_and_gradient(mail_scores, y, weights, "sigmoid")
    print(f"loss: yours {ours:.12f}, Keras {theirs:.12f}; largest difference of the gradients {np.abs(dz - by_tape).max():.0e}")
    over_weights = keras.losses.BinaryCrossentropy(from_logits=True, reduction="mean_with_sample_weight")
    print(f"reduction='mean_with_sample_weight': {float(over_weights(y, mail_scores, sample_weight=weights)):.4f};  "
          f"yours over the mean weight: {ours / weights.mean():.4f}")

    def passing_on(C):
        """A model that gives its inputs back as scores, and never learns: its rate is 0."""
        model = keras.Sequential([keras.Input((C,)), keras.layers.Dense(C, kernel_initializer="identity")])
        model.compile(keras.optimizers.SGD(0.0), keras.losses.BinaryCrossentropy(from_logits=True), run_eagerly=True)
        return model

    spam, z = mail_labels[:, 0].astype(int), mail_scores[:, :1]
    both = {"class_weight": {0: 1.0, 1: 4.0}, "sample_weight": weights}
    try:
        passing_on(1).fit(z, spam[:, None], verbose=0, **both)
    except ValueError as error:
        print(f"both at once: {error}")
    product = row_weights(spam, both["class_weight"], both["sample_weight"])
    told = passing_on(1).fit(z, spam[:, None], sample_weight=product, verbose=0).history["loss"][0]
    print(f"their product as sample_weight: Keras {told:.6f}, yours {loss_and_gradient(z, spam[:, None], product, 'sigmoid')[0]:.6f}")
    four, scores = np.array([[1.0, 0], [0, 0], [1, 1], [0, 1]]), np.array([[0.5, -1.0], [0.3, 0.2], [-0.4, 1.0], [0.1, -0.6]])
    for mail in range(4):
        told = passing_on(2).fit(scores[[mail]], four[[mail]], class_weight={0: 1.0, 1: 10.0}, verbose=0).history["loss"][0]
        print(f"labels {four[mail].astype(int)}: counts {told / row_losses(scores[[mail]], four[[mail]], 'sigmoid')[0]:.0f}-fold")

# %% [markdown]
# - Today's Keras takes one kind or the other. The notes' product is yours to make.
# - With two columns of labels `class_weight` takes the *position of the largest* for a class: as if the labels were one-hot. (1, 1) and (0, 0) count as "class 0". It says nothing. For a multilabel head make row weights yourself.
# - `class_weight` is not used on validation rows: the two losses of a history are no longer comparable.
#
# ## 10.9 In words · 5 minutes
#
# A colleague adds the number of the matched set, one column a set, to the inputs of 10.5. Balanced accuracy on her training rows rises from 0.71 to 0.86. "Ship it," she says.
#
# **Why does it fall below one half on women who were held back? (Each set has one case. What does the network conclude from a set of which it has seen two controls?) Why is the number, as a single column, no input either? How would you split rows so that such a thing shows?**

# %% [markdown] written="sets" points=2
# ### BEGIN SOLUTION
# One point for why it is worse than guessing: each set has one case and its controls. A network that has seen two controls of a set gives it a low weight, but the woman who is left is then its case, and who has seen the case gives it a high weight, but those left are controls: what it learned of a set is the opposite of what is true of the rest of it.
# One point for one of the other two: the number is a name, neither its order nor its size measures anything, and a new patient is in no set at all; split by whole sets (all women of a set on one side).
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. The task chooses the head: sigmoids where labels may hold together, a softmax where exactly one class does.
# 2. The loss belongs to the head; then its slope is what was said minus what came.
# 3. A weight multiplies its row in loss and gradient. Over $N$, it also changes the length of steps.
# 4. A threshold trades misses for false alarms, after training, at no cost.
# 5. Weights shift what a head says; dividing by them shifts it back.
#
# ### Do you recall?
#
# <details><summary>Why is the loss computed from scores, not from p (2.2)?</summary>Near 0 and 1 p is rounded, and its logarithm is infinite or has lost its digits.</details>
#
# <details><summary>Where does the way back through a network start, and what is all the rest (7.2)?</summary>At the slope of the loss by the scores. All the rest does not know which head or loss it was.</details>
#
# <details><summary>A class has 5 of 100 rows, the other one 95. Which balanced weight has it?</summary>100/(2 times 5) = 10.</details>
#
# ### A challenge for an evening
#
# Transfer: the [focal loss](https://arxiv.org/abs/1708.02002) of one label is $(1 - p_t)^\gamma$ times its surprise, where $p_t$ is the probability of what came. It is a row weight that depends on $z$, so the slope has a second term. Derive it, and hold it against differences (4.4).
#
# **New words:** *Head*: activation and loss at the end of a network. *Multilabel*: none, one or all labels may hold. *Class weight, row weight*: factors of losses. *Balanced accuracy*: the mean of the shares that are right, class by class. *Confusion matrix*: counts of what is against what was said. *Precision*: the share of those called that are cases. *Recall*: the share of cases that are found.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
