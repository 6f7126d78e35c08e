# %% [markdown]
# # 4 · XOR and the hidden layer
#
# One neuron draws one straight line. In 1969 Marvin Minsky and Seymour Papert published *Perceptrons*, a book about
# what such a neuron cannot compute. Its best-known case has four points and is called XOR. A second
# layer solves it, but no good way to train two layers was widely known. In 1986 David Rumelhart, Geoffrey Hinton and
# Ronald Williams showed one that worked: **error back-propagation**. It is the chain rule, applied from the loss backwards.
#
# In this chapter you set a small network by hand, then derive its gradient, then let it find its own weights. You
# will see how its hidden layer bends the plane until one straight line is enough.
#
# **You build:** sigmoid, forward pass, binary cross-entropy, backward pass, gradient descent; then the same in `tf.keras`.
#
# **Time:** 100 to 165 minutes. **You need:** NumPy broadcasting, the chain rule, matrix products.
#
# Work from top to bottom. After each exercise run the check below it. A check that fails says what it saw.
# Stuck? `check.hint("sigmoid")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check

# %% [markdown]
# ## 4.1 Why one line is not enough
#
# XOR ("exclusive or") is 1 where exactly one of its two inputs is 1.
#
# | $x_1$ | $x_2$ | XOR |
# |---|---|---|
# | 0 | 0 | 0 |
# | 0 | 1 | 1 |
# | 1 | 0 | 1 |
# | 1 | 1 | 0 |
#
# A single neuron says 1 where $w_1 x_1 + w_2 x_2 + b > 0$ and 0 elsewhere. Suppose it computes XOR. The four rows ask:
#
# $$b \le 0, \qquad w_2 + b > 0, \qquad w_1 + b > 0, \qquad w_1 + w_2 + b \le 0$$
#
# Add the two in the middle: $w_1 + w_2 + 2b > 0$. Add the two outer ones: $w_1 + w_2 + 2b \le 0$. Both cannot
# hold. So **no weights exist**, and no training will find them.
#
# Two linear layers do not help either: $(XW_1 + b_1)W_2 + b_2 = X(W_1W_2) + (b_1W_2 + b_2)$ is one linear layer again.
# Between the layers there must be something that is not linear.

# %% [markdown]
# ## 4.2 A network set by hand
#
# Here is a network with two hidden neurons $h_1, h_2$ and one output $y$. Each applies the **sigmoid**
# $\sigma(z) = 1/(1 + e^{-z})$, a soft step from 0 to 1:
#
# $$h_1 = \sigma(20x_1 + 20x_2 - 10)$$
#
# $$h_2 = \sigma(-20x_1 - 20x_2 + 30)$$
#
# $$y = \sigma(20h_1 + 20h_2 - 30)$$
#
# Read them as logic. $h_1$ is near 1 as soon as one input is 1: it is OR. $h_2$ is near 0 only if both are 1: it is
# NAND. And $y$ is near 1 only if both hidden neurons are: it is AND. One or the other, and not both: XOR.
#
# ### Worked example
#
# Take $x_1 = x_2 = 0$. Then $h_1 = \sigma(-10) = 0.0000454$, and $h_2 = \sigma(30)$ is $1$ to twelve decimals.
# So the output's argument is $20 \cdot 0.0000454 + 20 - 30 = -9.9991$. The output is
# $\sigma(-9.9991) = 0.0000454$: almost 0, but never quite.
#
# Work out the other three rows before you go on. One of $\sigma(10) = 0.9999546$ and $\sigma(-10)$ is near enough each time.

# %%
# Your prediction: the outputs for (0, 0), (0, 1), (1, 0), (1, 1). Replace each None. You see the answer after 'forward'.
prediction = [None, None, None, None]

# %% given="xor"
# The truth table: four rows of two inputs, and one column of targets.
xor_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
xor_y = np.array([[0.0], [1.0], [1.0], [0.0]])
# The weights set by hand: W1 (2, 2), b1 (2,), W2 (2, 1), b2 (1,).
by_hand = (np.array([[20.0, -20.0], [20.0, -20.0]]), np.array([-10.0, 30.0]),
           np.array([[20.0], [20.0]]), np.array([-30.0]))
some_z = np.array([[-2.0, 0.5, 3.0], [1.0, -0.3, 0.0]])
far_z = np.array([[-1000.0, 1000.0], [710.0, -745.0], [40.0, -2.0]])

# %% [markdown]
# ### The sigmoid without overflow
#
# There are two ways to write it. They are equal on paper:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$
#
# On a computer $e^{1000}$ is infinite. The left form then warns, and the right form gives infinity over infinity, which is
# `nan`. With $e^{-|z|}$ nothing overflows, as it lies between 0 and 1. Use the left form where $z \ge 0$, and
# the right one where $z < 0$. The first line is written for you.

# %% [markdown] hints="sigmoid"
# 1. For a negative $z$, what is $-|z|$?
# 2. `np.where(condition, a, b)` takes $a$ where the condition holds and $b$ elsewhere, entry by entry.
# 3. $\sigma(z) = 1/(1+e)$ for $z \ge 0$ and $e/(1+e)$ for $z < 0$, with $e = e^{-|z|}$

# %% exercise="sigmoid" bans="scipy sklearn tensorflow keras torch jax"
def sigmoid(z):
    """The logistic sigmoid of each entry.

    z: an array of any shape. Returns the same shape. Finite for any finite z.
    """
    e = np.exp(-np.abs(z))
    ### BEGIN SOLUTION
    return np.where(z >= 0, 1.0, e) / (1 + e)
    ### END SOLUTION

# %% check="sigmoid" points=2
check.values(sigmoid, some_z)
check.values(sigmoid, some_z[:1, :2])
check.values(sigmoid, far_z, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
check.values(sigmoid, rng.normal(size=(7, 5)) * 3)
check.values(sigmoid, rng.normal(size=(7, 5)) * 3)
check.values(sigmoid, rng.normal(size=(1, 5)) * 3)
check.values(sigmoid, rng.normal(size=11) * 3)
check.values(sigmoid, rng.normal(size=(2, 3, 5)) * 3)
check.values(sigmoid, rng.normal(size=(3, 4)) + 1000 * rng.choice([-1, 1], size=(3, 1)),
             part="stable", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# ### The forward pass
#
# From here on a batch has $N$ rows and $D$ columns, and the hidden layer has $H$ units. All neurons of a layer are computed at once:
#
# $$A = XW_1 + b_1, \qquad h = \sigma(A), \qquad z = hW_2 + b_2$$
#
# | array | $X$ | $W_1$ | $b_1$ | $A$, $h$ | $W_2$ | $b_2$ | $z$ |
# |---|---|---|---|---|---|---|---|
# | shape | $(N, D)$ | $(D, H)$ | $(H,)$ | $(N, H)$ | $(H, 1)$ | $(1,)$ | $(N, 1)$ |
#
# Column $j$ of $W_1$ belongs to hidden unit $j$. We stop at the **logit** $z$: the output is $\sigma(z)$, but the loss below is
# computed from $z$ itself.
#
# The practice batch has 37 points scattered around the four corners, and three hidden units.

# %% given="practice"
_rng = np.random.default_rng(4)
_corner = _rng.integers(0, 2, size=(37, 2))
points_X = np.round(_corner + _rng.normal(0, 0.15, size=(37, 2)), 2)
points_y = (_corner[:, :1] ^ _corner[:, 1:]).astype(float)
weights = (np.array([[0.9, -1.3, 0.4], [1.1, 0.7, -1.6]]), np.array([-0.5, 0.2, 0.8]),
           np.array([[1.2], [-0.8], [0.6]]), np.array([-0.3]))
# One point, of one column, and two hidden units: what is written with sizes in it fails here.
lone_X, lone_y = points_X[:1, 1:], points_y[:1]
lone_weights = (weights[0][1:, :2], weights[1][:2], weights[2][:2], weights[3])

# %% [markdown] hints="forward"
# 1. Which array has one row an example and one column a hidden unit?
# 2. `@` multiplies matrices, and a bias of shape $(H,)$ is added to each row by broadcasting.
# 3. $h = \sigma(XW_1 + b_1)$, then $z = hW_2 + b_2$, with no sigmoid around it

# %% exercise="forward" bans="tensorflow keras torch jax"
def forward(X, W1, b1, W2, b2):
    """The forward pass of a network with one hidden layer of sigmoids.

    X: (N, D), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (h, z): hidden values (N, H) and output logits (N, 1).
    """
    ### BEGIN SOLUTION
    h = sigmoid(X @ W1 + b1)
    return h, h @ W2 + b2
    ### END SOLUTION

# %% check="forward" points=3
check.values(forward, points_X, *weights, names=["h", "z"])
check.values(forward, lone_X, *lone_weights, names=["h", "z"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H in ((7, 5, 11), (11, 2, 3), (7, 5, 11)):
    check.values(forward, rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H),
                 rng.normal(size=(H, 1)), rng.normal(size=1), names=["h", "z"])
# One of everything, and no number that another could nearly cancel.
check.values(forward, *(rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1)), names=["h", "z"])
### END HIDDEN TESTS

# %%
if check.needs(sigmoid, forward):
    check.reveal(prediction, lambda: sigmoid(forward(xor_X, *by_hand)[1]),
                 labels=["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"])

# %% [markdown]
# How can a network do what a line cannot? On the left are the inputs: two parallel lines, one for each hidden neuron, cut
# out a grey band that holds the two points of class 1. On the right are the same four points, drawn at their hidden
# values $(h_1, h_2)$. The two points of class 1 have **moved to one place**, the corner $(1, 1)$. One dashed line, the output neuron's,
# now parts the classes.

# %% figure="by_hand"
if check.needs(sigmoid, forward):
    side = np.linspace(-0.4, 1.4, 91)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    logits = forward(grid, *by_hand)[1].reshape(91, 91)
    h, _ = forward(xor_X, *by_hand)
    figure, axes = plt.subplots(1, 2, figsize=(7, 3.3))
    axes[0].contourf(side, side, logits, levels=[-99, 0, 99], colors=["white", "0.85"])
    for offset, style, name in ((0.5, "-", "$h_1 = 1/2$"), (1.5, ":", "$h_2 = 1/2$")):
        axes[0].plot(side, offset - side, style, color="black", label=name)
    axes[1].plot(side, 1.5 - side, "--", color="black", label="$y = 1/2$")
    for axis, at, title in zip(axes, (xor_X, h), ("input space", "hidden space"), strict=True):
        for value, marker, fill in ((0, "o", "white"), (1, "s", "black")):
            rows = xor_y[:, 0] == value
            axis.plot(*at[rows].T, marker, color="black", markerfacecolor=fill, markersize=9,
                      label=f"XOR = {value}")
        axis.set(title=title, xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), aspect="equal",
                 xticks=[0, 1], yticks=[0, 1])
    axes[0].set(xlabel="$x_1$", ylabel="$x_2$")
    axes[1].set(xlabel="$h_1$ (OR)", ylabel="$h_2$ (NAND)")
    named = {line.get_label(): line for axis in axes for line in axis.lines}
    figure.subplots_adjust(bottom=0.26)
    figure.legend(named.values(), named.keys(), ncols=5, loc="lower center", fontsize=8)
    plt.show()

# %% [markdown]
# ## 4.3 The loss
#
# Let $p = \sigma(z)$ be the probability that the network gives to class 1, and $y$ the target, 0 or 1. (In 4.2 $y$ was the
# output; from here on it is the target.) The **binary cross-entropy** of
# an example is minus the logarithm of the probability of what was right:
#
# $$\ell = -y \log p - (1 - y)\log(1 - p)$$
#
# Both terms carry a minus. One set of lecture slides prints $y \log p - (1-y)\log(1-p)$, without the leading one. For $y = 1$ that
# "loss" is negative, and it gets smaller the *worse* the network is.
#
# A probability that has been rounded to 0 has no logarithm. So put $p = \sigma(z)$ in. From $1 - p = 1/(1 + e^{z})$ and
# $p = e^{z}/(1 + e^{z})$ follow $-\log(1 - p) = \log(1 + e^{z})$ and $-\log p = \log(1 + e^{z}) - z$. Weighted by $1-y$ and $y$ they give
#
# $$\ell = \log(1 + e^{z}) - yz$$
#
# For a large $z$ the exponential overflows again. For $z > 0$ take it out: $1 + e^{z} = e^{z}(1 + e^{-z})$, so the logarithm is $z + \log(1 + e^{-z})$. For
# $z \le 0$ it may stay. Both cases in one line:
#
# $$\log(1 + e^{z}) = \max(z, 0) + \log(1 + e^{-|z|})$$
#
# The loss of a batch is the **mean** over its $N$ rows. For a very small $u$, `np.log1p(u)` is better than `np.log(1 + u)`.

# %% given="logits"
some_logits = np.array([[2.0], [-1.0], [0.5], [-3.0], [0.1]])
some_targets = np.array([[1.0], [0.0], [0.0], [1.0], [1.0]])
far_logits = np.array([[800.0], [-1000.0], [1000.0]])
far_targets = np.array([[1.0], [0.0], [0.0]])

# %% [markdown] hints="binary_cross_entropy"
# 1. What is the loss of one row when $z$ is large and $y = 1$? And when $y = 0$?
# 2. Write $\log(1 + e^{z})$ with `np.maximum`, `np.abs` and `np.log1p`; then subtract $yz$; the mean comes last.
# 3. $L = \frac1N \sum_i \bigl(\max(z_i, 0) + \log(1 + e^{-|z_i|}) - y_i z_i\bigr)$

# %% exercise="binary_cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def binary_cross_entropy(z, y):
    """Mean binary cross-entropy of logits and targets.

    z: (N, 1) logits, y: (N, 1) of 0.0 and 1.0. Returns a float. Finite for any finite z.
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))
    ### END SOLUTION

# %% check="binary_cross_entropy" points=4
check.values(binary_cross_entropy, some_logits, some_targets, weight=3)
check.values(binary_cross_entropy, some_logits[:1], some_targets[:1], weight=3)
check.values(binary_cross_entropy, far_logits, far_targets, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
check.values(binary_cross_entropy, rng.normal(size=(7, 1)) * 2, np.array([[1.0, 0, 0, 1, 0, 1, 1]]).T, weight=3)
for N in (11, 11, 1):
    check.values(binary_cross_entropy, rng.normal(size=(N, 1)), rng.integers(0, 2, size=(N, 1)).astype(float), weight=3)
check.values(binary_cross_entropy, rng.uniform(800, 1000, size=(5, 1)) * np.array([[1.0, -1, 1, -1, 1]]).T,
             np.array([[1.0, 0, 0, 1, 1]]).T, part="stable", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** A network that says $p = 1/2$ for every row has learned nothing. What is its loss?

# %%
# Your prediction: one number. Replace the None.
prediction_untrained = [None]

# %%
if check.needs(binary_cross_entropy):
    check.reveal(prediction_untrained, lambda: binary_cross_entropy(np.zeros((4, 1)), xor_y),
                 labels=["loss"])

# %% [markdown]
# ## 4.4 The backward pass
#
# Which way should each weight move? Walk back from the loss, one step at a time. Write $dz$ for $\partial L/\partial z$, and so on for every array. Each
# has the shape of its array.
#
# **The logit.** The derivative of $\log(1 + e^z)$ is $e^z/(1 + e^z) = \sigma(z)$, and that of $yz$ is $y$. The mean brings $1/N$:
#
# $$dz = \frac1N\bigl(\sigma(z) - y\bigr)$$
#
# **The second layer.** For row $i$ it says $z_i = \sum_j h_{ij} W_{2,j} + b_2$. So weight $j$ has the slope $h_{ij}$ in row $i$. All rows use
# the same weights, and their shares add up: $\sum_i h_{ij}\,dz_i$, which is row $j$ of $h^\top dz$. The bias has slope 1. And $h_{ij}$ has slope $W_{2,j}$, so its
# share is $dz_i W_{2,j}$:
#
# $$dW_2 = h^\top dz, \qquad db_2 = \sum_i dz_i, \qquad dh = dz\,W_2^\top$$
#
# **The sigmoid.** Differentiate $1/(1 + e^{-A})$: the slope is $e^{-A}/(1 + e^{-A})^2$. That is $h(1-h)$, because
# $1 - h = e^{-A}/(1 + e^{-A})$, and $h$ is there already. Multiply entry by entry ($\odot$):
#
# $$dA = dh \odot h \odot (1 - h)$$
#
# **The first layer.** It is like the second one, with $X$ in the place of $h$:
#
# $$dW_1 = X^\top dA, \qquad db_1 = \sum_i dA_i$$
#
# The $1/N$ stands in $dz$ once, and everything after it inherits it.

# %% [markdown] hints="loss_and_gradients"
# 1. Which array do you know first when you walk backwards, and what shape has each one after it?
# 2. Go through 4.4 line by line: $dz$, $dW_2$, $db_2$, $dh$, $dA$, $dW_1$, $db_1$. The sums run over the rows, `axis=0`.
# 3. $dA = (dz\,W_2^\top) \odot h \odot (1-h)$, $dW_1 = X^\top dA$, $db_1 = \sum_i dA_i$

# %% exercise="loss_and_gradients" gradient_of="loss_and_gradients" wrt="W1 b1 W2 b2" bans="scipy tensorflow keras torch jax autograd"
def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Mean binary cross-entropy of the network `forward`, and its gradients.

    X: (N, D), y: (N, 1) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    ### BEGIN SOLUTION
    dz = (sigmoid(z) - y) / len(X)
    dA = dz @ W2.T * h * (1 - h)
    return loss, X.T @ dA, dA.sum(axis=0), h.T @ dz, dz.sum(axis=0)
    ### END SOLUTION

# %% check="loss_and_gradients" points=8
check.gradients(loss_and_gradients, points_X, points_y, *weights, names=["loss", "dW1", "db1", "dW2", "db2"])
check.gradients(loss_and_gradients, lone_X, lone_y, *lone_weights, names=["loss", "dW1", "db1", "dW2", "db2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H in ((7, 5, 11), (11, 2, 3), (7, 5, 11)):
    check.gradients(loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 2, size=(N, 1)).astype(float),
                    rng.normal(size=(D, H)), rng.normal(size=H), rng.normal(size=(H, 1)), rng.normal(size=1),
                    names=["loss", "dW1", "db1", "dW2", "db2"])
X, *parameters = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.gradients(loss_and_gradients, X, np.zeros((1, 1)), *parameters, names=["loss", "dW1", "db1", "dW2", "db2"])
### END HIDDEN TESTS

# %% [markdown]
# ### Is the gradient right?
#
# You can always ask the loss itself. Move one weight a little up and a little down, and look at the slope between:
#
# $$\frac{\partial L}{\partial w} \approx \frac{L(w + \varepsilon) - L(w - \varepsilon)}{2\varepsilon}, \qquad \varepsilon = 10^{-5}$$
#
# This is a **gradient check** by numerical differences. It needs two losses for each weight: far too slow to train with, and good for finding
# errors. The check above compares with such differences too.
#
# A remark on ReLU, $\max(0, A)$. Many networks use it instead of the sigmoid. It has a kink at $A = 0$, with slope 0 on one side and 1 on
# the other. With zero biases the point $(0, 0)$ of XOR gives $A = 0$ in every hidden unit: exactly on the kink. Numerical differences then return
# something between the two slopes, though the code is right. The sigmoid has no kink.

# %% [markdown]
# ### Find the bug
#
# In 1986 the loss was the squared error, $E = \frac{1}{2N}\sum_i (y_i - t_i)^2$, with $y = \sigma(z)$ the output and $t$ the target. One set of slides
# prints the algorithm like this, with the error $e = t - y$ and the slope $f' = f(1-f)$ of a sigmoid $f$:
#
# $$\delta_2 = -e\,f'(z), \qquad \delta_1 = -f'(A) \odot (\delta_2 W_2^\top)$$
#
# $$W_2 \leftarrow W_2 + \eta\,h^\top\delta_2, \qquad W_1 \leftarrow W_1 + \eta\,X^\top\delta_1$$
#
# `printed_step` is the same in code, with the mean over $N$ rows. Run it: the error grows. **Signs** are wrong. Beware of the
# quick repair: a minus in both steps mends one layer and spoils the other. Decide for each layer: does it go downhill? Then write a right step.

# %% given="printed"
def printed_step(X, t, W1, b1, W2, b2, rate):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    y = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (t - y) / len(X)
    delta2 = -e * y * (1 - y)
    delta1 = -h * (1 - h) * (delta2 @ W2.T)
    return (W1 + rate * X.T @ delta1, b1 + rate * delta1.sum(axis=0),
            W2 + rate * h.T @ delta2, b2 + rate * delta2.sum(axis=0))


def squared_error(X, t, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return float(np.mean((1 / (1 + np.exp(-(h @ W2 + b2))) - t) ** 2) / 2)


_stepped = weights
print(f"E before: {squared_error(points_X, points_y, *_stepped):.3f}")
for _ in range(200):
    _stepped = printed_step(points_X, points_y, *_stepped, 0.5)
print(f"E after 200 printed steps: {squared_error(points_X, points_y, *_stepped):.3f}")

# %% [markdown] hints="ebp_step"
# 1. Is $\delta_2 = -e\,f'(z)$ the derivative $\partial E/\partial z$, or minus that? Which sign does the step then need?
# 2. If $\delta_2$ is the derivative by $z$, the chain rule gives $\delta_1$ without another minus.
# 3. $\delta_2 = (y - t)f'(z)/N$, $\delta_1 = f'(A) \odot (\delta_2 W_2^\top)$ with the old $W_2$, and each step is $W \leftarrow W - \eta\,(\ldots)$

# %% exercise="ebp_step" bans="scipy tensorflow keras torch jax autograd"
def ebp_step(X, t, W1, b1, W2, b2, rate):
    """One step of gradient descent on the squared error E = 1/(2N) * sum of (sigmoid(z) - t)**2.

    X: (N, D), t: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,), rate: the learning rate.
    Returns the new (W1, b1, W2, b2). All four gradients are taken at the old parameters.
    """
    ### BEGIN SOLUTION
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    delta2 = (y - t) * y * (1 - y) / len(X)
    delta1 = h * (1 - h) * (delta2 @ W2.T)
    return (W1 - rate * X.T @ delta1, b1 - rate * delta1.sum(axis=0),
            W2 - rate * h.T @ delta2, b2 - rate * delta2.sum(axis=0))
    ### END SOLUTION

# %% check="ebp_step" points=2
check.values(ebp_step, points_X, points_y, *weights, 2.0, names=["W1", "b1", "W2", "b2"])
check.values(ebp_step, lone_X, lone_y, *lone_weights, 2.0, names=["W1", "b1", "W2", "b2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H, rate in ((7, 5, 3, 3.0), (11, 2, 3, 2.0), (7, 5, 3, 3.0)):
    check.values(ebp_step, rng.normal(size=(N, D)), rng.integers(0, 2, size=(N, 1)).astype(float), rng.normal(size=(D, H)),
                 rng.normal(size=H), rng.normal(size=(H, 1)), rng.normal(size=1), rate, names=["W1", "b1", "W2", "b2"])
X, *parameters = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.values(ebp_step, X, np.zeros((1, 1)), *parameters, 1.0, names=["W1", "b1", "W2", "b2"])
### END HIDDEN TESTS

# %% [markdown]
# Squared error has one more factor than cross-entropy: the slope $y(1-y)$ in $\delta_2$. Where the network is sure and wrong, that slope
# is almost 0, and so is the step. Cross-entropy has no such factor. This is why classifiers use it.

# %% [markdown]
# ### Transfer: several outputs
#
# Computers add with XOR. A **full adder** takes three bits and gives two: the sum bit (1 where an odd number of inputs is 1, XOR of three) and
# the carry bit (1 where two or more are). One network gives both: $W_2$ has $K = 2$ columns, and the logits and targets are $(N, K)$.
# The outputs share the hidden layer. The loss of a row is the **sum** over its $K$ outputs; the loss of the batch is the mean
# over its $N$ **rows**:
#
# $$L = \frac1N \sum_{i=1}^{N}\sum_{k=1}^{K} \bigl(\log(1 + e^{z_{ik}}) - y_{ik}z_{ik}\bigr)$$
#
# Take care which of your functions fit, and by what their mean divides.

# %% given="adder"
adder_X = np.array([[a, b, c] for a in (0.0, 1.0) for b in (0.0, 1.0) for c in (0.0, 1.0)])
adder_Y = np.stack([adder_X.sum(axis=1) % 2, (adder_X.sum(axis=1) >= 2) * 1.0], axis=1)
adder_weights = (np.round(np.sin(np.arange(15.0) + 1).reshape(3, 5) * 1.5, 2), np.array([0.3, -0.2, 0.5, 0.1, -0.4]),
                 np.round(np.cos(np.arange(10.0)).reshape(5, 2), 2), np.array([0.2, -0.6]))
# One row, two bits, three hidden units, one output.
lone_bits, lone_sum = adder_X[5:6, :2], adder_Y[5:6, :1]
lone_adder = (adder_weights[0][:2, :3], adder_weights[1][:3], adder_weights[2][:3, :1], adder_weights[3][:1])

# %% [markdown] hints="adder_loss_and_gradients"
# 1. By how many numbers does `np.mean` divide here, and by how many should it?
# 2. All matrix products of 4.4 stay as they are. Only the loss and $dz$ need a second look.
# 3. $dz = (\sigma(z) - Y)/N$, of shape $(N, K)$; $L$ is a sum over all entries, divided by $N$

# %% exercise="adder_loss_and_gradients" gradient_of="adder_loss_and_gradients" wrt="W1 b1 W2 b2" bans="scipy tensorflow keras torch jax autograd"
def adder_loss_and_gradients(X, Y, W1, b1, W2, b2):
    """Loss and gradients for K outputs: the sum over the outputs, the mean over the rows.

    X: (N, D), Y: (N, K) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, K), b2: (K,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    ### BEGIN SOLUTION
    h, z = forward(X, W1, b1, W2, b2)
    loss = float(np.sum(np.logaddexp(0, z) - Y * z) / len(X))
    dz = (sigmoid(z) - Y) / len(X)
    dA = dz @ W2.T * h * (1 - h)
    return loss, X.T @ dA, dA.sum(axis=0), h.T @ dz, dz.sum(axis=0)
    ### END SOLUTION

# %% check="adder_loss_and_gradients" points=4
check.gradients(adder_loss_and_gradients, adder_X, adder_Y, *adder_weights, names=["loss", "dW1", "db1", "dW2", "db2"])
check.gradients(adder_loss_and_gradients, lone_bits, lone_sum, *lone_adder, names=["loss", "dW1", "db1", "dW2", "db2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H, K in ((7, 5, 11, 3), (11, 2, 3, 5), (7, 5, 11, 3)):
    check.gradients(adder_loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 2, size=(N, K)).astype(float),
                    rng.normal(size=(D, H)), rng.normal(size=H), rng.normal(size=(H, K)), rng.normal(size=K),
                    names=["loss", "dW1", "db1", "dW2", "db2"])
X, *parameters = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.gradients(adder_loss_and_gradients, X, np.zeros((1, 1)), *parameters, names=["loss", "dW1", "db1", "dW2", "db2"])
### END HIDDEN TESTS

# %% [markdown]
# ## 4.5 Training: a blank page
#
# **Gradient descent** repeats one line: every parameter goes a little way against its gradient, by the learning rate $\eta$,
#
# $$\theta \leftarrow \theta - \eta\,\frac{\partial L}{\partial \theta}$$
#
# All four parameters move **together**, by gradients taken at the same point. Write the whole function. Do not change the arrays
# that you are handed: `W1 = W1 - ...` makes a new array, `W1 -= ...` overwrites the caller's.

# %% [markdown] hints="descend"
# 1. What do you need to know before each step, and what do you keep after it?
# 2. One call of `loss_and_gradients` a step gives the loss to note down and all four gradients.
# 3. Repeat: append the loss, then $W_1 \leftarrow W_1 - \eta\,dW_1$, and the same for $b_1, W_2, b_2$

# %% exercise="descend" bans="tensorflow keras torch jax autograd"
def descend(X, y, W1, b1, W2, b2, rate, steps):
    """Gradient descent on loss_and_gradients, with the whole batch at each step.

    X: (N, D), y: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    rate: the learning rate, a float. steps: an int, at least 1.
    Returns (W1, b1, W2, b2, losses): the last parameters, and the loss before each step, shape (steps,).
    The arrays handed in stay as they are.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        losses.append(loss)
        W1, b1, W2, b2 = W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
    return W1, b1, W2, b2, np.array(losses)
    ### END SOLUTION

# %% check="descend" points=3
check.values(descend, points_X, points_y, *weights, 1.5, 5, names=["W1", "b1", "W2", "b2", "losses"])
check.values(descend, lone_X, lone_y, *lone_weights, 0.8, 3, names=["W1", "b1", "W2", "b2", "losses"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H, rate, steps in ((7, 5, 3, 0.7, 4), (11, 2, 3, 1.3, 3), (7, 5, 3, 0.7, 4)):
    check.values(descend, rng.normal(size=(N, D)), rng.integers(0, 2, size=(N, 1)).astype(float), rng.normal(size=(D, H)),
                 rng.normal(size=H), rng.normal(size=(H, 1)), rng.normal(size=1), rate, steps,
                 names=["W1", "b1", "W2", "b2", "losses"])
X, *parameters = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.values(descend, X, np.zeros((1, 1)), *parameters, 0.4, 2, names=["W1", "b1", "W2", "b2", "losses"])
### END HIDDEN TESTS

# %% [markdown]
# ### Which start?
#
# Hidden units that start with equal weights get equal gradients, and stay equal for ever: $H$ copies of one unit. So the start must be random.
# `start_weights` draws it from a seed. And the start decides where you end: the loss of this network has long flat shelves on which descent all but stops.
#
# **Predict.** We train on the four points of XOR from 20 seeds: 1000 steps, learning rate 3. For which **share** of the seeds are all
# four points right at the end? Once with 2 hidden units (enough, as 4.2 shows) and once with 4.

# %%
# Your prediction: two numbers between 0 and 1. Replace each None.
prediction_success = [None, None]

# %% given="start"
def start_weights(n_inputs, n_hidden, seed):
    """Random weights and zero biases: W1 (D, H), b1 (H,), W2 (H, 1), b2 (1,)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_inputs, n_hidden)), np.zeros(n_hidden), rng.normal(size=(n_hidden, 1)), np.zeros(1)

# %% [markdown]
# The next cell trains forty networks, and draws one loss curve each on a logarithmic scale. Look for two kinds of curve. Most fall in the
# end and keep falling (solid lines), some after a jump upwards, as the steps are large. Some stay on a high shelf to the end (dashed): these are stuck.

# %% figure="seeds"
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, descend):
    ends, solved = {}, {}
    figure, axes = plt.subplots(1, 2, figsize=(7, 3), sharey=True)
    for axis, width in zip(axes, (2, 4), strict=True):
        ends[width] = [descend(xor_X, xor_y, *start_weights(2, width, seed), 3.0, 1000)
                       for seed in range(20)]
        solved[width] = [bool(np.all((forward(xor_X, *end[:4])[1] > 0) == xor_y))
                         for end in ends[width]]
        for end, good in zip(ends[width], solved[width], strict=True):
            axis.loglog(np.arange(len(end[4])) + 1, end[4], "-" if good else "--",
                        color="0.6" if good else "black", linewidth=1)
        axis.set(title=f"{width} hidden units, 20 seeds", xlabel="step")
    axes[0].set(ylabel="loss (binary cross-entropy)")
    figure.tight_layout()
    plt.show()

# %%
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, descend):
    check.reveal(prediction_success, lambda: [np.mean(solved[2]), np.mean(solved[4])],
                 labels=["2 hidden", "4 hidden"])

# %% [markdown]
# What does it show? The code was the same each time, and right. **With 2 hidden units, one seed's accuracy is a coin flip**, if a loaded one. A network
# that is stuck proves no bug, and a network that learned proves no correctness. Gradient checks are for that. More units than
# needed make success safe: it is enough that some of them start well. Over 100 seeds the shares for 2, 3 and 4 units were 0.76, 0.95 and 1.
#
# The shelves have heights that you can work out; a curve comes near them within 1000 steps, and no closer. Two points right and two at $p = 1/2$ cost $\frac12 \log 2 = 0.347$ on average. One point right and
# three that share the output $2/3$, because two of them are 1 and one is 0 (or $1/3$, in the mirrored case), cost $(3\log 3 - 2\log 2)/4 = 0.477$.

# %% [markdown]
# ## 4.6 Inside a trained network
#
# Now take one network with 2 hidden units that learned XOR, and one that is stuck. The grey area is where a network says 1. The network
# on the left has drawn two borders, one a hidden unit, and a white band between them. The one on the right has drawn one: it cuts off
# one point of class 1 and gives up the other.

# %% figure="regions"
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, descend) and 0 < sum(solved[2]) < 20:
    figure, axes = plt.subplots(1, 2, figsize=(7, 3.3))
    for axis, good in zip(axes, (True, False), strict=True):
        seed = solved[2].index(good)
        logits = forward(grid, *ends[2][seed][:4])[1].reshape(91, 91)
        axis.contourf(side, side, logits, levels=[-99, 0, 99], colors=["white", "0.85"])
        axis.contour(side, side, logits, levels=[0], colors="black")
        for value, marker, fill in ((0, "o", "white"), (1, "s", "black")):
            axis.plot(*xor_X[xor_y[:, 0] == value].T, marker, color="black", markerfacecolor=fill,
                      markersize=9)
        fate = "learned" if good else "stuck"
        axis.set(title=f"seed {seed}: {fate}, loss {ends[2][seed][4][-1]:.3f}", xlabel="$x_1$",
                 ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1], aspect="equal")
    figure.tight_layout()
    plt.show()

# %% [markdown]
# And the payoff: **what did the hidden layer do?** The figure follows one network (seed 1) through training. The thin grey net is the
# square of inputs with its grid lines, after the first layer. At the start it is hardly bent, and no line parts the black squares from the circles. In
# the end it is folded like a sheet of paper: both circles lie at the fold, the squares lie at the two far ends, and a **straight** line
# (dashed, the output neuron's) parts them. Nobody told it how. Training found a space in which the problem is easy.

# %% figure="hidden_space"
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, descend):
    start = start_weights(2, 2, 1)
    fine = np.linspace(0, 1, 60)
    lines = [np.stack(pair, axis=1) for at in np.linspace(0, 1, 9)
             for pair in ((np.full(60, at), fine), (fine, np.full(60, at)))]
    figure, axes = plt.subplots(1, 4, figsize=(7, 2.3), sharey=True)
    for axis, steps in zip(axes, (0, 60, 100, 1000), strict=True):
        W1, b1, W2, b2 = descend(xor_X, xor_y, *start, 3.0, steps)[:4] if steps else start
        for line in lines:
            axis.plot(*forward(line, W1, b1, W2, b2)[0].T, color="0.7", linewidth=0.8)
        across = np.array([-0.1, 1.1])
        axis.plot(across, -(b2[0] + W2[0, 0] * across) / W2[1, 0], "--", color="black")
        h, _ = forward(xor_X, W1, b1, W2, b2)
        for value, marker, fill in ((0, "o", "white"), (1, "s", "black")):
            axis.plot(*h[xor_y[:, 0] == value].T, marker, color="black", markerfacecolor=fill)
        axis.set(title=f"{steps} steps", xlabel="$h_1$", xlim=(-0.1, 1.1), ylim=(-0.1, 1.1),
                 xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes[0].set(ylabel="$h_2$")
    figure.tight_layout()
    plt.show()

# %% [markdown]
# ## 4.7 Ten switches and a lamp
#
# A harder XOR. Ten switches stand in a row, and their positions are measured with some noise. A lamp is on when **exactly one of two
# switches** is up. Nobody says which two; the other eight do nothing. No single switch tells you anything about the lamp. A single neuron gets at best
# three of the four cases right, as on XOR: about 75 of 100 measurements.
#
# We keep 600 measurements for training, and hold 400 back.

# %% given="switches"
_rng = np.random.default_rng(10)
_up = _rng.integers(0, 2, size=(1000, 10))
_measured = np.round(_up + _rng.normal(0, 0.15, size=(1000, 10)), 2)
_first, _second = _rng.choice(10, size=2, replace=False)
_lamp = _up[:, _first] ^ _up[:, _second]
X_train, y_train = _measured[:600], _lamp[:600]
X_test, y_test = _measured[600:], _lamp[600:]


def accuracy(parameters, X, y):
    """The share of rows of X whose logit has the right sign. parameters: (W1, b1, W2, b2)."""
    W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in parameters)
    n_hidden = b1.size
    came = [W1.shape, b1.shape, W2.shape, b2.shape]
    if came != [(X.shape[1], n_hidden), (n_hidden,), (n_hidden, 1), (1,)]:
        raise ValueError(f"W1 ({X.shape[1]}, H), b1 (H,), W2 (H, 1), b2 (1,) are expected; "
                         f"{', '.join(map(str, came))} came")
    logits = (1 + np.tanh((X @ W1 + b1) / 2)) / 2 @ W2 + b2
    return float(np.mean((logits[:, 0] > 0) == y))

# %% [markdown]
# Write the training. With 2 hidden units you would toss coins again: **take at least 8**. From `start_weights`, some 500 steps at a learning
# rate of 2 are enough. Mind the shape of $y$: the labels come as $(N,)$, and your functions want a column.
#
# Use the arguments `X` and `y`: the check trains your function with the ten columns in another order, and perhaps on and off swapped. Weights
# written down beforehand are worth nothing.

# %% [markdown] hints="train"
# 1. Which of your functions does the whole descent already, and what does it want to be handed?
# 2. `start_weights(X.shape[1], 8, seed)` is the start, and `y.reshape(-1, 1)` the column of targets.
# 3. $(W_1, b_1, W_2, b_2)$ are the first four of what `descend` returns after some 500 steps at rate 2

# %% exercise="train" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train a network with one hidden layer of sigmoids from a random start.

    X: (N, D) measurements, y: (N,) integers 0 or 1, seed: int.
    Returns (W1, b1, W2, b2), shapes (D, H), (H,), (H, 1), (1,), with H of your choice.
    """
    ### BEGIN SOLUTION
    return descend(X, y.reshape(-1, 1), *start_weights(X.shape[1], 8, seed), 2.0, 500)[:4]
    ### END SOLUTION

# %% check="train" points=6
# Up to three seeds are tried. One must tell 85 % of the held-back measurements right.
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.85)
### BEGIN HIDDEN TESTS
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.85)
### END HIDDEN TESTS

# %% [markdown]
# Which two switches matter? Ask the weights. Row $d$ of $W_1$ holds what switch $d$ says to the hidden units. A switch that does nothing has a row
# of small weights. The bars show the length of each row: two of them stand out.

# %% figure="switches"
if check.needs(loss_and_gradients, descend, train):
    trained = train(X_train, y_train, 0)
    figure, axis = plt.subplots(figsize=(6, 2.6))
    axis.bar(range(10), np.linalg.norm(trained[0], axis=1), color="0.3")
    axis.set(xlabel="switch", ylabel="length of its row of $W_1$", xticks=range(10),
             title="What the network listens to")
    plt.show()
    print(f"right on held-back measurements, columns in their own order: {accuracy(trained, X_test, y_test):.1%}")

# %% [markdown]
# ## 4.8 The same in Keras
#
# Keras computes in float32 unless told otherwise. We ask for float64, so that both can be compared to the last
# digits. `keras_network` builds the network of 4.2 and puts your weights into it. Note three things: a Keras kernel has the shape of $W$ here, $(D, H)$;
# the last layer has **no activation**, so the model gives logits; `set_weights` wants kernel, bias, kernel, bias. The next cell is
# locked. It imports TensorFlow, which takes some seconds.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    import tensorflow as tf
    from tensorflow import keras

keras.backend.set_floatx("float64")


def keras_network(W1, b1, W2, b2):
    """A Keras model with these weights: (N, D) inputs to (N, K) logits."""
    model = keras.Sequential([
        keras.Input((W1.shape[0],)),
        keras.layers.Dense(W1.shape[1], activation="sigmoid"),
        keras.layers.Dense(W2.shape[1]),
    ])
    model.set_weights([W1, b1, W2, b2])
    return model

# %% [markdown]
# First the output: yours and Keras's, on the practice batch.

# %% figure="same_output"
if check.needs(sigmoid, forward):
    outputs = keras_network(*weights)(points_X).numpy()
    by_you = forward(points_X, *weights)[1]
    print(f"largest difference of the outputs: {np.max(np.abs(outputs - by_you)):.1e}")

# %% [markdown]
# Then the gradient. `tf.GradientTape` records what happens to variables, and plays the chain rule backwards. An example: the slope of $u^2$ at $u = 3$.

# %%
u = tf.Variable(3.0)
with tf.GradientTape() as tape:
    square = u * u
print(tape.gradient(square, u).numpy())

# %% [markdown]
# A model's weights are such variables: `model.trainable_weights` lists them, and `tape.gradient` takes a list as well. The loss is
# `keras.losses.BinaryCrossentropy(...)(targets, outputs)`, in this order. Its argument `from_logits` says what the outputs are: logits (`True`)
# or probabilities (`False`, the default). Leave it out, and Keras clips your logits into $(0, 1)$ and takes them for probabilities: the loss is
# wrong, and nothing raises an error.

# %% [markdown] hints="keras_loss_and_gradients"
# 1. What does the model give: logits or probabilities? Does the loss know?
# 2. Compute the loss inside `with tf.GradientTape() as tape:`; ask the tape for gradients by `model.trainable_weights`.
# 3. `tape.gradient(loss, model.trainable_weights)` gives four tensors, in the order $W_1, b_1, W_2, b_2$; each has `.numpy()`

# %% exercise="keras_loss_and_gradients" same_as="loss_and_gradients" uses="GradientTape"
def keras_loss_and_gradients(X, y, W1, b1, W2, b2):
    """The same as loss_and_gradients, by Keras and GradientTape.

    Returns (loss, dW1, db1, dW2, db2): a float and four NumPy arrays.
    """
    model = keras_network(W1, b1, W2, b2)
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        loss = keras.losses.BinaryCrossentropy(from_logits=True)(y, model(X))
    return float(loss), *(gradient.numpy() for gradient in tape.gradient(loss, model.trainable_weights))
    ### END SOLUTION

# %% check="keras_loss_and_gradients" points=4
check.gradients(keras_loss_and_gradients, points_X, points_y, *weights, names=["loss", "dW1", "db1", "dW2", "db2"])
check.gradients(keras_loss_and_gradients, lone_X, lone_y, *lone_weights, names=["loss", "dW1", "db1", "dW2", "db2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H in ((7, 5, 11), (7, 5, 11)):
    check.gradients(keras_loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 2, size=(N, 1)).astype(float),
                    rng.normal(size=(D, H)), rng.normal(size=H), rng.normal(size=(H, 1)), rng.normal(size=1),
                    names=["loss", "dW1", "db1", "dW2", "db2"])
X, *parameters = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.gradients(keras_loss_and_gradients, X, np.zeros((1, 1)), *parameters, names=["loss", "dW1", "db1", "dW2", "db2"])
### END HIDDEN TESTS

# %% [markdown]
# Then let Keras do the loop as well. `compile` takes an optimizer, here `keras.optimizers.SGD(learning_rate=...)`, and a loss. `fit` runs the
# epochs, and `.history["loss"]` of what it returns lists the losses. `model.get_weights()` gives arrays. One epoch must be **one** step
# here, so the batch must be the whole data: `fit` takes 32 rows at a time if you do not say otherwise, and there are 37.

# %% [markdown] hints="keras_descend"
# 1. How many steps does `fit` make in one epoch, and how many do you want?
# 2. `compile` the model with SGD and the loss that knows about logits; `fit` with `batch_size`, `epochs` and `verbose=0`.
# 3. `model.fit(X, y, batch_size=len(X), epochs=steps, verbose=0).history["loss"]` and `model.get_weights()`

# %% exercise="keras_descend" same_as="descend" uses="fit"
def keras_descend(X, y, W1, b1, W2, b2, rate, steps):
    """The same as descend, by compile and fit. Returns (W1, b1, W2, b2, losses), NumPy arrays."""
    model = keras_network(W1, b1, W2, b2)
    ### BEGIN SOLUTION
    model.compile(keras.optimizers.SGD(rate), keras.losses.BinaryCrossentropy(from_logits=True))
    history = model.fit(X, y, batch_size=len(X), epochs=steps, verbose=0)
    return *model.get_weights(), np.array(history.history["loss"])
    ### END SOLUTION

# %% check="keras_descend" points=2
# 40 equal rows, whose order does not matter; then the practice batch.
check.values(keras_descend, np.tile(lone_X, (40, 1)), np.tile(lone_y, (40, 1)), *lone_weights, 1.5, 3,
             names=["W1", "b1", "W2", "b2", "losses"])
check.values(keras_descend, points_X, points_y, *weights, 1.5, 5, names=["W1", "b1", "W2", "b2", "losses"])
### BEGIN HIDDEN TESTS
rng = check.rng
several = rng.normal(size=(97, 5)), rng.integers(0, 2, size=(97, 1)).astype(float)
alike = np.tile(several[0][:1], (97, 1)), np.tile(several[1][:1], (97, 1))
for X, y in (alike, several, (several[0][1:2], several[1][1:2])):
    check.values(keras_descend, X, y, rng.normal(size=(5, 3)), rng.normal(size=3), rng.normal(size=(3, 1)),
                 rng.normal(size=1), 0.7, 4, names=["W1", "b1", "W2", "b2", "losses"])
### END HIDDEN TESTS

# %% [markdown]
# How equal are the two loss curves? In float64 (solid) they agree to some fifteen digits; in float32 (dashed) to some seven, because a float32 number has no more.
# A difference of exactly 0 is drawn at the lower edge. The digits part because the two programs add in different orders, and each sum is rounded. Every step starts from the last one's rounded weights,
# and still the difference stays small here: both descents run into the same valley.

# %% figure="agreement"
if check.needs(loss_and_gradients, descend, keras_descend):
    figure, axis = plt.subplots(figsize=(6, 2.8))
    curve = descend(points_X, points_y, *weights, 1.5, 20)[4]
    for kind, style in (("float64", "-"), ("float32", "--")):
        keras.backend.set_floatx(kind)
        by_keras = keras_descend(points_X.astype(kind), points_y.astype(kind), *weights, 1.5, 20)[4]
        gap = np.abs(by_keras - curve)
        axis.semilogy(np.maximum(gap, 1e-17), style, color="black", label=kind)
        print(f"{kind}: largest difference of the losses {np.max(gap):.1e}")
    keras.backend.set_floatx("float64")
    axis.set(xlabel="step", ylabel="difference of the losses", title="Keras against your own descent")
    axis.legend()
    plt.show()

# %% [markdown]
# ## 4.9 In words
#
# A classmate trains XOR with 2 hidden units. With seed 3 all four points are right. With seed 5 three of four are right, and the loss hardly moves any more.
# "My gradient must be wrong for seed 5", she says. **What do you answer? Say what the two results prove about her code, name a test that does
# decide whether the gradient is right, and one change that makes success likely from almost any seed.**

# %% [markdown] written="coin_flip" points=2
# ### BEGIN SOLUTION
# The code is the same for both seeds, so neither result proves much: right code gets stuck from some starts, because the loss has
# flat shelves on which descent all but stops. One point for this together with a test that decides: compare the gradient with
# numerical differences of the loss (or with Keras) from the same weights, tensor by tensor. One point for a change that helps: more hidden units (4 or more),
# or several seeds and the best of them.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# A hidden layer moves the points to where one line is enough. The gradient is the chain rule, walked backwards: $dz = (\sigma(z) - y)/N$ first, and then one product a layer.
# Descent finds such a layer from most starts, though not from all of them. Chapter 5 replaces the one sigmoid at the end by one output a class.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
