# %% [markdown]
# # 3 · Activations and graphs
#
# The perceptron's step is flat on both sides. Ask its slope which way a weight should move, and the answer is 0: no way.
# Which bends answer better, and who works out the slope of a loss by a million weights?
#
# **Why now.** TensorFlow, PyTorch and JAX answer the second question alike, by *reverse-mode automatic differentiation*. You write that machine,
# in some 20 lines. To read beside it: [TensorFlow's guide](https://www.tensorflow.org/guide/autodiff),
# [a survey](https://www.jmlr.org/papers/v18/17-468.html), [CS231n's notes](https://cs231n.github.io/optimization-2/),
# [micrograd](https://github.com/karpathy/micrograd).
#
# **You build:** tanh, softplus, leaky ReLU, ELU and maxout with their slopes, a class that differentiates expressions, an XOR
# network trained by it; then the tape that `tf.keras` trains with.
#
# **Time:** 90 to 120 minutes for quick readers, 120 to 145 with time to think. A ★ (3.3, 3.8) may wait: 46 minutes more, 12 of the 42 points, and nothing else here needs it.
# Chapters 4, 5 and 7 use the tape of 3.8, and explain it. Folded cells need no reading.
# **You need:** the chain rule, NumPy broadcasting, the sigmoid (2.1), XOR (1.4).
#
# Run the check below each exercise. Stuck? `check.hint("Value")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, moving

# %% [markdown]
# ## 3.1 Smooth bends · 19 minutes
#
# An **activation** bends what a neuron has added up. Without a bend two linear layers are one linear layer again:
# $(xw + b)v + c = x(wv) + (bv + c)$. Here each activation gives two things, its **value** and its **slope**:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}, \qquad 1 - \sigma(z) = \frac{e^{-z}}{1 + e^{-z}}$$
#
# $$\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \sigma(z)\,\bigl(1 - \sigma(z)\bigr)$$
#
# Who has the value has the slope.
#
# ### Worked example
#
# Take $z = \log 3$. Then $e^{-z} = \frac13$, the value is $1/(1 + \frac13) = \frac34$, and the slope $\frac34 \cdot \frac14 = \frac{3}{16}$.
# The slope is largest at $z = 0$: $\frac12 \cdot \frac12 = \frac14$.
#
# **Predict.** Ten sigmoids stand in a row, $\sigma(\sigma(\ldots\sigma(z)))$. By the chain rule their slopes multiply. Give
# a bound: which number can the slope of the whole row not exceed?

# %% given="sigmoid"
def sigmoid(z):
    """The sigmoid, without overflow. z: any shape. Returns (value, slope), both of that shape."""
    e = np.exp(-np.abs(z))
    value = np.where(z >= 0, 1.0, e) / (1 + e)
    return value, value * (1 - value)


def asked(node, a, b, upstream):
    """node(a, b), and upstream times its slopes by a and by b, from small differences."""
    by_a, by_b = ((node(a + h, b + k) - node(a - h, b - k)) / 2e-5 for h, k in ((1e-5, 0), (0, 1e-5)))
    return node(a, b), round(upstream * by_a, 6), round(upstream * by_b, 6)


some_z = np.array([[-2.0, 0.5, 3.0], [1.0, -0.3, -1.2]])
far_z = np.array([[-1000.0, 1000.0], [710.0, -745.0], [40.0, -2.0]])

# %%
# Your prediction: one number, such as 1.5e-3. Replace the None, then run this cell.
prediction_row = [None]
check.reveal(prediction_row, lambda: np.prod([sigmoid(0.0)[1]] * 10), labels=["ten in a row"])

# %% [markdown]
# Did you say 2.5? Slopes in a row multiply; they do not add. About a thousandth? That is $(\frac12)^{10}$, made of values, not of slopes. The bound
# is not even reached, as from the third on every sigmoid gets a number above ½: the largest slope is $3.9 \cdot 10^{-7}$. So less than a millionth of the error reaches the first of ten
# layers, if the weights between them are about 1: the **vanishing gradient**.
#
# ### Exercise 1 · tanh and softplus · 4 points · 12 minutes
#
# Two more bends, each a child of the sigmoid:
#
# $$\tanh z = 2\,\sigma(2z) - 1, \qquad \mathrm{softplus}(z) = \log(1 + e^{z})$$
#
# $e^{1000}$ overflows, so take $\log(1 + e^z) = \max(z, 0) + \log(1 + e^{-|z|})$.
#
# By hand at $z = \log 3$: $\sigma(2z) = \frac{9}{10}$, so $\tanh z = \frac45$; and softplus is $\log 4 = 1.386$. **The slopes are
# yours to derive**; here they must come out as $\frac{9}{25}$ and $\frac34$.

# %% [markdown] hints="smooth"
# 1. For tanh: which factors does the chain rule give for $2\,\sigma(2z) - 1$? For softplus: differentiate the logarithm, then look at 3.1.
# 2. `sigmoid(2 * z)` gives a value and a slope, and you need one of them for each of your first two results. `np.log1p(u)` is $\log(1 + u)$.
# 3. $\tanh' z = 1 - (\ldots)^2$ with tanh itself in the bracket; $\mathrm{softplus}'(z) = e^z/(1 + e^z)$, which has a name

# %% exercise="smooth" bans="scipy sklearn tensorflow keras torch jax"
def smooth(z):
    """tanh and softplus with their slopes. z: any shape.

    Returns (tanh, tanh_slope, softplus, softplus_slope), each of z's shape. Finite for any finite z.
    """
    ### BEGIN SOLUTION
    t = 2 * sigmoid(2 * z)[0] - 1
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return t, 1 - t**2, softplus, sigmoid(z)[0]
    ### END SOLUTION

# %% check="smooth" points=4
check.values(smooth, some_z, names=["tanh", "tanh_slope", "softplus", "softplus_slope"], weight=3)
check.values(smooth, some_z[:1, :2], names=["tanh", "tanh_slope", "softplus", "softplus_slope"], weight=3)
check.values(smooth, far_z, names=["tanh", "tanh_slope", "softplus", "softplus_slope"], part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(smooth, rng.normal(size=(N, 5)), names=["tanh", "tanh_slope", "softplus", "softplus_slope"], weight=3)
check.values(smooth, rng.normal(size=(4, 3)) + 1000 * rng.choice([-1, 1], size=(4, 1)),
             names=["tanh", "tanh_slope", "softplus", "softplus_slope"], part="stable", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# ## 3.2 Bends with a corner · 24 minutes
#
# **ReLU**, $\max(0, z)$, has the slope 1 on the right: ten in a row let everything through. On the left its slope is 0. A
# unit that lies on the left for *every* row gets no gradient, so its weights stay: it is **dead**, unless the layer before it moves its inputs. The **leaky ReLU** keeps a small slope $s$ there. At
# the corner we take the right slope, as the step is 1 at 0 (1.1); the check takes any number from $s$ to 1 there.
#
# How small is $s$? Lecture slides say 0.1, notes 0.01, and Keras's layer `LeakyReLU` 0.3. So $s$ is an argument, `slope`.
#
# ### Exercise 2 · leaky ReLU: find the bug · 3 points · 9 minutes
#
# Such slides print $\max(0.1z, z)$. Networks may also *learn* $s$, as in [PReLU](https://arxiv.org/abs/1502.01852), and it can pass 1. Run
# `printed_leaky` with $s = 1.5$: at $z = -2$ it gives $-2$, and $sz$ is $-3$. Mend it for any $s$, and add the backward pass.
#
# A slope always has a "by": how fast one thing moves when the other does. `upstream` is the slope of the loss by the value. Multiply it by the bend's slope, 1 on the right
# and $s$ on the left: that is $dz$, the slope of the loss by $z$. If none is handed in, `upstream` is 1.

# %% given="printed"
def printed_leaky(z, slope):
    """As the slides have it."""
    return np.maximum(slope * z, z)


print("at z = -2, slope 0.1:", printed_leaky(-2.0, 0.1), " slope 1.5:", printed_leaky(-2.0, 1.5))
some_upstream = np.array([[0.7, -1.1, 0.4], [-0.6, 1.3, 2.0]])
corner_z = np.array([[0.0, -1.5, 2.0], [0.0, -0.4, 0.8]])

# %% [markdown] hints="leaky_relu"
# 1. On which side does the larger of $sz$ and $z$ stop being the one you want, once $s > 1$?
# 2. Decide by the sign of $z$, not by which of two numbers is larger: `np.where(condition, a, b)`.
# 3. With $g = 1$ where $z \ge 0$, else $s$: the value is $g z$. What is the slope, then?

# %% exercise="leaky_relu" gradient_of="leaky_relu" wrt="z" upstream="upstream" bans="scipy tensorflow keras torch jax"
def leaky_relu(z, slope=0.01, upstream=1.0):
    """Leaky ReLU, forward and backward. z: any shape, slope: any float, upstream: of z's shape, or a number.

    Returns (value, dz), both of z's shape.
    """
    ### BEGIN SOLUTION
    gate = np.where(z >= 0, 1.0, slope)
    return gate * z, gate * upstream
    ### END SOLUTION

# %% check="leaky_relu" points=3
check.gradients(leaky_relu, some_z, 0.1, some_upstream, names=["value", "dz"], weight=5)
check.gradients(leaky_relu, some_z[:1, :2], 1.5, some_upstream[:1, :2], names=["value", "dz"], weight=5)
check.gradients(leaky_relu, some_z[:1], names=["value", "dz"], weight=5)
check.gradients(leaky_relu, corner_z, 0.1, some_upstream, names=["value", "dz"], kink=True, part="corner", if_passed="gradients")
### BEGIN HIDDEN TESTS
rng = check.rng
for N, slope in ((7, 0.1), (7, 0.2), (1, 1.7)):
    check.gradients(leaky_relu, rng.normal(size=(N, 5)), slope, rng.normal(size=(N, 5)), names=["value", "dz"], weight=5)
check.gradients(leaky_relu, rng.normal(size=(7, 5)), names=["value", "dz"], weight=5)
check.gradients(leaky_relu, rng.normal(size=(7, 5)) * np.eye(7, 5), 0.4, rng.normal(size=(7, 5)), names=["value", "dz"],
                kink=True, part="corner", if_passed="gradients")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3 · ELU · 4 points · 9 minutes
#
# **ELU** bends softly down to $-\alpha$:
#
# $$\mathrm{ELU}(z) = \begin{cases} z & z \ge 0 \\ \alpha(e^{z} - 1) & z < 0 \end{cases}$$
#
# By hand with $\alpha = 1$, $z = -\log 2$: the value is $\frac12 - 1 = -\frac12$, the slope $\alpha e^z = \frac12$. That is the value plus $\alpha$.
#
# **A trap.** `np.where(z >= 0, a, b)` computes `a` *and* `b` everywhere, and only then chooses. $e^{1000}$ overflows with a warning, and is thrown away.
# A masked sum, `(z < 0) * b`, even gives $0 \cdot \infty$, which is `nan`. Let no large number reach
# the exponential. Here `np.where` would get away with it, and the check lets it; in 3.8 it will not.

# %% [markdown] hints="elu"
# 1. Which $z$ may reach `np.exp`, so that nothing overflows and the left side stays as it is?
# 2. `np.minimum(z, 0)` is $z$ on the left, and harmless on the right. Value and slope share one exponential.
# 3. With $e = \alpha e^{\min(z, 0)}$: on the left the value is $e - \alpha$; what is the slope there, and on the right?

# %% exercise="elu" gradient_of="elu" wrt="z" upstream="upstream" bans="scipy tensorflow keras torch jax"
def elu(z, alpha=1.0, upstream=1.0):
    """ELU, forward and backward. z: any shape, alpha: a float above 0, upstream: of z's shape, or a number.

    Returns (value, dz), both of z's shape. Finite for any finite z.
    """
    ### BEGIN SOLUTION
    e = alpha * np.exp(np.minimum(z, 0))
    return np.where(z >= 0, z, e - alpha), upstream * np.where(z >= 0, 1.0, e)
    ### END SOLUTION

# %% check="elu" points=4
check.gradients(elu, some_z, 0.7, some_upstream, names=["value", "dz"], weight=3)
check.gradients(elu, some_z[:1, :2], 1.2, some_upstream[:1, :2], names=["value", "dz"], weight=3)
check.gradients(elu, far_z, 1.3, far_z / 500, names=["value", "dz"], part="stable", if_passed="gradients")
### BEGIN HIDDEN TESTS
rng = check.rng
for N, alpha in ((7, 0.6), (7, 1.4), (1, 2.0)):
    check.gradients(elu, rng.normal(size=(N, 5)), alpha, rng.normal(size=(N, 5)), names=["value", "dz"], weight=3)
check.gradients(elu, rng.normal(size=(4, 3)) + 1000 * rng.choice([-1, 1], size=(4, 1)), 0.8, rng.normal(size=(4, 3)),
                names=["value", "dz"], part="stable", if_passed="gradients")
### END HIDDEN TESTS

# %% [markdown]
# On the far left the slope dies for all but the leaky ReLU; on the far right for sigmoid and tanh alone.
#
# **Which one?** Begin with ReLU. If units die, take a leaky one or ELU. The sigmoid belongs where a number between 0 and 1 is meant: outputs and gates.

# %% figure="bends" folded="it draws"
if check.needs(smooth, leaky_relu, elu):
    z = np.linspace(-4, 4, 401)
    t, t_slope, soft, soft_slope = smooth(z)
    shown = {"sigmoid": sigmoid(z), "tanh": (t, t_slope), "softplus": (soft, soft_slope), "ReLU": leaky_relu(z, slope=0.0),
             "leaky ReLU, slope 0.1": leaky_relu(z, slope=0.1), "ELU, alpha 1": elu(z)}
    figure, axes = plt.subplots(3, 2, figsize=(5, 5.4), sharex=True, sharey=True)
    for axis, (name, (value, slope)) in zip(axes.flat, shown.items(), strict=True):
        axis.axhline(0, color="0.85", linewidth=0.8)
        axis.plot(z, value, color="tab:blue", label="value")
        axis.plot(z, slope, "--", color="tab:orange", label="slope")
        axis.set(title=name, ylim=(-1.3, 2.2))
    for axis in axes[-1]:
        axis.set_xlabel("z")
    axes[0, 0].legend(fontsize=8)
    figure.tight_layout()
    plt.show()

# %% [markdown]
# ## 3.3 ★ Maxout: the largest of K lines · 30 minutes
#
# A [maxout](https://arxiv.org/abs/1302.4389) unit has no fixed bend. It computes $K$ linear pieces and hands on the largest:
#
# $$m_{nh} = \max_k\, s_{knh}, \qquad S_k = X W_k + b_k$$
#
# $X$ is $(N, D)$, $W$ is $(K, D, H)$, $b$ is $(K, H)$, the scores $S$ are $(K, N, H)$. `X @ W` has that shape already; give $b$ the axis that it lacks. With the pieces $z$ and 0 it is ReLU. The price: $K$ times the weights.
#
# By hand: $x = 2$, two pieces with $w = 3, -1$ and $b = -1, 4$. The scores are 5 and 2, so $m = 5$. Move $x$ a little: $m$ moves three times
# as much, whatever the second piece does. **The winner takes the whole gradient.**
#
# ### Exercise 4 · ★ maxout, forward · 3 points · 7 minutes

# %% given="pieces" folded="it is what the check asks with"
# Five rows of two columns; three pieces; four units. Then one row of one column, two pieces, one unit: the example.
pieces_X = np.array([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.9], [2.0, 1.1], [-1.2, -0.4]])
pieces_W = np.round(np.sin(np.arange(24.0) + 1).reshape(3, 2, 4) * 1.5, 2)
pieces_b = np.round(np.cos(np.arange(12.0)).reshape(3, 4) * 1.5, 2)
pieces_upstream = np.round(np.cos(np.arange(20.0) * 2).reshape(5, 4), 2)
one_X, one_W, one_b = np.array([[2.0]]), np.array([[[3.0]], [[-1.0]]]), np.array([[-1.0], [4.0]])

# %% [markdown] hints="maxout"
# 1. Which axis holds the pieces, and which axes are left when the largest is taken?
# 2. `X @ W` multiplies `X` with each piece: $(N, D)$ and $(K, D, H)$ give $(K, N, H)$. A bias of shape $(K, H)$ needs an axis in its middle.
# 3. $S = XW + b$ with `b[:, None, :]`; then the maximum along the first axis

# %% exercise="maxout" bans="tensorflow keras torch jax"
def maxout(X, W, b):
    """A layer of maxout units. X: (N, D), W: (K, D, H), b: (K, H). Returns m: (N, H)."""
    ### BEGIN SOLUTION
    return np.max(X @ W + b[:, None, :], axis=0)
    ### END SOLUTION

# %% check="maxout" points=3
check.values(maxout, pieces_X, pieces_W, pieces_b)
check.values(maxout, one_X, one_W, one_b)
### BEGIN HIDDEN TESTS
rng = check.rng
for N, K, D, H in ((7, 3, 5, 4), (6, 2, 4, 3), (7, 3, 5, 4)):
    check.values(maxout, rng.normal(size=(N, D)), rng.normal(size=(K, D, H)), rng.normal(size=(K, H)))
check.values(maxout, *(rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1, 1), (1, 1))))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5 · ★ maxout, backward · 5 points · 17 minutes
#
# Let $G$, $(N, H)$, be the upstream gradient, and $M_{knh} = 1$ where piece $k$ wins, else 0. Piece $k$ hears $G_k = M_k \odot G$, entry by entry. From
# there on it is a linear layer. Weight $W_{kdh}$ has the slope $x_{nd}$ in row $n$, and all rows use it, so their shares add up:
#
# $$dW_k = X^\top G_k$$
#
# **$db_k$ and $dX$ are yours.** Mind that $X$ feeds all $K$ pieces.
#
# **Ties.** CS231n's notes print the slopes of $\max(x, y)$ as 1 by $x$ where $x \ge y$, and 1 by $y$ where $y \ge x$. On a tie both get it: $\max(a, a)$, which is
# $a$, would have the slope 2. One winner only: `np.argmax` takes the first.

# %% [markdown] hints="maxout_backward"
# 1. With the scores of exercise 4: which piece hears anything about row $n$ and unit $h$, and how do you turn its number into ones and zeros?
# 2. `np.argmax` along the pieces says who won; compared with $k$ it is piece $k$'s mask. A loop over the $K$ pieces is fine; each round is a linear layer.
# 3. $db_k = \sum_n G_{k,n}$ and $dX = \sum_k G_k W_k^{(\ldots)}$: which shape must the last factor have?

# %% exercise="maxout_backward" gradient_of="maxout" wrt="X W b" upstream="upstream" bans="tensorflow keras torch jax autograd"
def maxout_backward(upstream, X, W, b):
    """The backward pass of maxout. upstream: (N, H) dL/dm, X: (N, D), W: (K, D, H), b: (K, H).

    Returns (dX, dW, db), of the shapes of X, W and b.
    """
    ### BEGIN SOLUTION
    scores = X @ W + b[:, None, :]
    winner = np.argmax(scores, axis=0) == np.arange(len(W))[:, None, None]
    G = winner * upstream
    return (G @ W.transpose(0, 2, 1)).sum(axis=0), X.T @ G, G.sum(axis=1)
    ### END SOLUTION

# %% check="maxout_backward" points=5
check.gradients(maxout_backward, pieces_upstream, pieces_X, pieces_W, pieces_b, names=["dX", "dW", "db"], weight=4)
check.gradients(maxout_backward, np.array([[1.5]]), one_X, one_W, one_b, names=["dX", "dW", "db"], weight=4)
# The first two pieces are equal, and the third one is far below.
check.gradients(maxout_backward, pieces_upstream[:1], pieces_X[:1], pieces_W[[0, 0, 1]], pieces_b[[0, 0, 1]] - [[0], [0], [20]],
                names=["dX", "dW", "db"], kink=True, part="ties", if_passed="gradients")
### BEGIN HIDDEN TESTS
rng = check.rng
for N, K, D, H in ((7, 3, 5, 4), (6, 2, 4, 3), (7, 3, 5, 4)):
    check.gradients(maxout_backward, rng.normal(size=(N, H)), rng.normal(size=(N, D)), rng.normal(size=(K, D, H)),
                    rng.normal(size=(K, H)), names=["dX", "dW", "db"], weight=4)
check.gradients(maxout_backward, *(rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), (1, 1, 1), (1, 1))),
                names=["dX", "dW", "db"], weight=4)
W, b = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 4)) - [[0], [20]]
check.gradients(maxout_backward, rng.normal(size=(1, 4)), rng.normal(size=(1, 3)), W[[0, 0, 1]], b[[0, 0, 1]],
                names=["dX", "dW", "db"], kink=True, part="ties", if_passed="gradients")
### END HIDDEN TESTS

# %% [markdown]
# ## 3.4 Nodes · 8 minutes
#
# Cut a formula into **nodes** that do one thing each. Forward, a node computes its value and its slope by each input. Backward, it hears `upstream`, the
# slope of the loss by its value, and hands each input `upstream` times that slope.
#
# A gradient answers a question: *if I move by a little, how much does the loss move?* With the gradient 2, a move by 0.01 moves the loss by 0.02.
#
# | node | value | slope by $a$ | slope by $b$ |
# |---|---|---|---|
# | add | $a + b$ | 1 | 1 |
# | multiply | $ab$ | $b$ | $a$ |
# | sigmoid | $\sigma(a)$ | $\sigma(a)(1 - \sigma(a))$ | |
#
# **Predict** the six question marks.

# %% figure="nodes" folded="it draws"
if check.needs():
    figure, axes = plt.subplots(1, 2, figsize=(7, 2.2))
    for axis, sign in zip(axes, "+×", strict=True):
        for y, text in ((0.78, "10"), (0.22, "5")):
            axis.annotate("", (0.44, 0.5), (0.05, y), arrowprops={"arrowstyle": "->", "color": "tab:blue"})
            axis.text(0.04, y, text, ha="right", va="center", color="tab:blue", fontsize=13)
            axis.text(0.2, y + (0.04 if y > 0.5 else -0.14), "← ?", color="tab:orange", fontsize=12)
        axis.annotate("", (0.92, 0.5), (0.56, 0.5), arrowprops={"arrowstyle": "->", "color": "tab:blue"})
        axis.text(0.7, 0.55, "?", color="tab:blue", fontsize=13)
        axis.text(0.68, 0.32, "← 1.3", color="tab:orange", fontsize=12)
        axis.text(0.5, 0.5, sign, ha="center", va="center", fontsize=16,
                  bbox={"boxstyle": "circle", "facecolor": "white", "edgecolor": "black"})
        axis.axis("off")
    figure.suptitle("blue, →: values     orange, ←: gradients", fontsize=10)
    plt.show()

# %%
# Your prediction: 10 + 5, then the gradients by 10 and by 5; 10 x 5, then the gradients by 10 and by 5. Upstream is 1.3.
prediction_nodes = [None, None, None, None, None, None]
check.reveal(prediction_nodes, lambda: [*asked(np.add, 10, 5, 1.3), *asked(np.multiply, 10, 5, 1.3)],
             labels=["10 + 5", "  by 10", "  by 5", "10 x 5", "  by 10", "  by 5"])

# %% [markdown]
# 13 and 6.5 for the product? Each input got its *own* value; its slope is the *other* one. 5 and 10? `upstream` was left out. Something else than 1.3 for the
# sum? A sum does not care how large its inputs are.
#
# **Add copies, multiply swaps**, and a maximum (3.3) **routes** all to the largest. In $xw$, inputs a thousand times larger make the gradient of $w$ a thousand times larger:
# one reason to bring data to one scale first.
#
# ## 3.5 Fan-out: gradients add · 15 minutes
#
# A neuron with a *skip connection*, as in [ResNet](https://arxiv.org/abs/1512.03385), uses its input twice: through the weight, and past it.
#
# $$y = \sigma(xw + x + b)$$
#
# By hand, $x = 2$, $w = 3$, $b = -8$: the product is 6, with $x$ it makes 8, with $b$ 0; so $y = \frac12$, with the slope $\frac14$. Let `upstream` be 2. Then
# $2 \cdot \frac14 = 0.5$ arrives at the sigmoid's input. Add nodes hand it on: $db = 0.5$. The multiply node makes $dw = 0.5 \cdot 2 = 1$.
#
# **Predict** $dx$. Two ways lead back to $x$.

# %% given="skip"
def skip_neuron(x, w, b):
    """sigmoid(x w + x + b), entry by entry. x: (N, D), w: (D,), b: (D,). Returns (N, D)."""
    return sigmoid(x * w + x + b)[0]


skip_x, skip_w = np.array([[2.0, -0.5], [0.3, 1.2], [-1.0, 0.4]]), np.array([3.0, -0.8])
skip_b, skip_upstream = np.array([-8.0, 0.5]), np.array([[2.0, -1.0], [0.7, 0.4], [-1.5, 1.1]])

# %%
# Your prediction: one number. Replace the None.
prediction_skip = [None]
check.reveal(prediction_skip, lambda: asked(lambda x, w: skip_neuron(x, w, -8.0), 2, 3, upstream=2)[1], labels=["dx"])

# %% [markdown]
# Move $x$ by a little $\delta$: the product moves by $w\delta$, the sum by $(w + 1)\delta$. So $dx = 0.5 \cdot 3 + 0.5 = 2$: **where a value fans out, its gradients
# add.** 1.5 or 0.5? One way overwrote the other. 0.75? You multiplied them.
#
# ### Exercise 6 · a neuron with a skip · 3 points · 8 minutes
#
# The same for $D$ neurons of one input each, and a batch: all entry by entry, no matrix product. Broadcasting is a fan-out, too: each $w_d$ is used by $N$ rows.

# %% [markdown] hints="skip_backward"
# 1. Which gradient arrives at the sigmoid's input, and which of the three inputs are used more than once?
# 2. One line for what arrives at the sigmoid's input; then one line an input. What a batch shares is summed over `axis=0`.
# 3. With $g = \mathtt{upstream} \odot \sigma'$: $dx = g \odot (\ldots)$, $dw_d = \sum_n (\ldots)$, $db_d = \sum_n g_{nd}$

# %% exercise="skip_backward" gradient_of="skip_neuron" wrt="x w b" upstream="upstream" bans="tensorflow keras torch jax autograd"
def skip_backward(upstream, x, w, b):
    """The backward pass of skip_neuron. upstream: (N, D), x: (N, D), w: (D,), b: (D,).

    Returns (dx, dw, db), of the shapes of x, w and b.
    """
    ### BEGIN SOLUTION
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * (w + 1), (g * x).sum(axis=0), g.sum(axis=0)
    ### END SOLUTION

# %% check="skip_backward" points=3
check.gradients(skip_backward, skip_upstream, skip_x, skip_w, skip_b, names=["dx", "dw", "db"])
check.gradients(skip_backward, skip_upstream[:1, :1], skip_x[:1, :1], skip_w[:1], skip_b[:1], names=["dx", "dw", "db"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (4, 3), (7, 5)):
    check.gradients(skip_backward, rng.normal(size=(N, D)), rng.normal(size=(N, D)), rng.normal(size=D), rng.normal(size=D),
                    names=["dx", "dw", "db"])
check.gradients(skip_backward, *(rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, 1)),
                names=["dx", "dw", "db"])
### END HIDDEN TESTS

# %% [markdown]
# The graph of the example lights up: forward, then backward. $x$ gets its second share last; only then is its gradient whole. Run the cell again to replay.

# %% figure="lights_up" folded="it draws"
if check.needs(skip_backward):
    places = {"x": (0, 2), "w": (0, 3.2), "b": (1.8, 0.8), "×": (1.3, 3.2), "+": (2.4, 2), "+ ": (3, 1.4), "σ": (4, 1.4), "y": (5, 1.4)}
    edges = [("x", "×"), ("w", "×"), ("x", "+"), ("×", "+"), ("+", "+ "), ("b", "+ "), ("+ ", "σ"), ("σ", "y")]
    dx, dw, db = (float(np.ravel(one)[0]) for one in skip_backward(*map(np.array, ([[2.0]], [[2.0]], [3.0], [-8.0]))))
    forward = {"x": 2, "w": 3, "b": -8, "×": 6, "+": 8, "+ ": 0, "σ": 0.5, "y": 0.5}
    turns = [("σ", "y", 2.0), ("+ ", "σ", db), ("b", "+ ", db), ("+", "+ ", db), ("x", "+", db), ("×", "+", db), ("w", "×", dw),
             ("x", "×", dx - db)]
    stages = [(3, 0), (8, 0), (8, 2), (8, 4), (8, 7), (8, 8)]  # how many values, and how many gradients

    def draw(stage):
        figure, axis = plt.subplots(figsize=(5, 3.2), layout="constrained")
        n_known, n_done = stages[stage]
        known, done = list(forward)[:n_known], turns[:n_done]
        for one, other in edges:
            (x0, y0), (x1, y1) = places[one], places[other]
            lit = one in known
            axis.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "->", "shrinkA": 14, "shrinkB": 14,
                          "color": "tab:blue" if lit else "0.8", "linewidth": 1.5 if lit else 0.8})
        for one, other, gradient in done:
            (x0, y0), (x1, y1) = places[one], places[other]
            length = np.hypot(x1 - x0, y1 - y0)
            right, up = (y1 - y0) / length, (x0 - x1) / length  # across the arrow, and downwards
            axis.annotate("", (x0 + 0.12 * right, y0 + 0.12 * up), (x1 + 0.12 * right, y1 + 0.12 * up),
                          arrowprops={"arrowstyle": "->", "linestyle": "--", "shrinkA": 14, "shrinkB": 14, "color": "tab:orange", "linewidth": 1.5})
            axis.text((x0 + x1) / 2 + 0.42 * right, (y0 + y1) / 2 + 0.36 * up, f"← {gradient:g}", color="tab:orange",
                      ha="center", va="center")
        for name, (x, y) in places.items():
            axis.text(x, y, name.strip(), ha="center", va="center", fontsize=13,
                      bbox={"boxstyle": "circle", "facecolor": "white", "edgecolor": "black" if name in known else "0.8"})
            if name in known:
                axis.text(x, y + 0.36, f"{forward[name]:g}", color="tab:blue", ha="center")
        shares = [gradient for one, _, gradient in done if one == "x"]
        if shares:
            axis.text(0, 1.45, "← " + " + ".join(f"{share:g}" for share in shares), color="tab:orange", ha="center")
        axis.set(xlim=(-0.7, 5.4), ylim=(0.4, 3.8), title="values, then gradients (dashed)" if done else "values")
        axis.axis("off")
        return figure

    moving.figure(draw, len(stages), frame_ms=500, alt="Values appear in the nodes from left to right, then gradients below dashed arrows from right to left. "
                  "At x two of them meet, 0.5 + 1.5.")

# %% [markdown]
# ## 3.6 A class that differentiates expressions · 43 minutes
#
# A `Value` is a number that remembers which values it was made of, and its slope by each. `a + b` makes a new one; Python calls `a.__add__(b)`. Then
# `y.backward()` walks from $y$ to everything it was made of. Two things can go wrong:
#
# - **`=` for `+=`.** A value that is used twice keeps its last share only. micrograd's lecture makes this slip, live.
# - **Order.** A value may hand on only when all its shares have come. So list the values in **topological order**: visit each once, its parents first, and append
#   it after them. Walk the list from its end. To follow each *path* instead gives the same numbers, but takes far too long: 30 sums $c + c$ in a row are 30 values and a thousand million paths.
#
# By hand: $c = a \cdot a$ and $y = c + c \cdot a$ at $a = 3$. Then $c = 9$, $y = 9 + 27 = 36$, and $dc = 1 + 3 = 4$, in two shares. Only now $c$ hands on: $da = 4 \cdot 3 + 4 \cdot 3 + 9 = 33$, one 12 for
# each $a$ in $a \cdot a$, and the 9 of $c \cdot a$. The formula agrees: $y = a^2 + a^3$ has the slope $2 \cdot 3 + 3 \cdot 9 = 33$. Had $c$ handed on its first share, 1, alone, it would be $3 + 3 + 9 = 15$.
#
# ### Exercise 7 · the class `Value` · 9 points · 32 minutes
#
# A blank page of 15 to 25 lines. `through` takes any function that gives a number's value and slope, such as `sigmoid` or your `elu`: each bend
# becomes a node. The check builds expressions from your class: the example above; the neuron of 3.5; a bend used twice; two equal numbers; money at interest, 14 years of $c + cr$.
# In grading they are random ones. `backward` may be called again, and the check does: it first sets every `grad` that it reaches to 0.

# %% given="graphs" folded="it judges"
def draw_graph(rng, n_leaves, n_steps):
    """A random expression: leaves, (n,) numbers, and a recipe, steps (what, i, j), each of which makes one more number of those at
    i and j; of these many are used more than once."""
    calm, recipe = list(range(n_leaves)), []
    for made in range(n_leaves, n_leaves + n_steps):
        turn = (made - n_leaves) % 3
        what = "sigmoid" if turn == 2 else str(rng.choice(["add", "multiply"]))
        recipe.append((what, made - 1, int(rng.choice(calm))))
        calm += [made] if turn == 2 else []
    return rng.uniform(0.5, 1.5, size=n_leaves) * rng.choice([-1.0, 1.0], size=n_leaves), recipe


def evaluate(leaves, recipe):
    """The last number of a graph, in plain numbers."""
    numbers = list(leaves)
    for what, i, j in recipe:
        a, b = numbers[i], numbers[j]
        numbers.append(a + b if what == "add" else a * b if what == "multiply" else sigmoid(a)[0])
    return numbers[-1]


def grow(make, leaves, recipe):
    """The nodes of a graph, made by make(number)."""
    nodes = [make(float(leaf)) for leaf in leaves]
    for what, i, j in recipe:
        a, b = nodes[i], nodes[j]
        nodes.append(a + b if what == "add" else a * b if what == "multiply" else a.through(sigmoid))
    return nodes


# c = a a, y = c + c a; the neuron with a skip; one with a bend that is used twice; (a c + b c) c, where a and b are equal.
square = np.array([3.0]), [("multiply", 0, 0), ("multiply", 1, 0), ("add", 1, 2)]
skip = np.array([2.0, 3.0, -8.0]), [("multiply", 0, 1), ("add", 3, 0), ("add", 4, 2), ("sigmoid", 5, 5)]
twice = np.array([0.5, -1.2]), [("multiply", 0, 1), ("sigmoid", 2, 2), ("multiply", 3, 3), ("add", 4, 3), ("multiply", 5, 4)]
equal = np.array([2.0, 2.0, 0.5]), [("multiply", 0, 2), ("multiply", 1, 2), ("add", 3, 4), ("multiply", 5, 2)]
# Money at interest, c + c r year by year: 30 values, and 2 to the power of 14 paths.
interest = []
for year in range(14):
    money = 2 * year + (year > 0)
    interest += [("multiply", money, 1), ("add", money, 2 * year + 2)]

# %% adapter="graph_value" of="Value"
def graph_value(leaves, recipe):
    """The number at the end of a graph of Values."""
    return grow(Value, leaves, recipe)[-1].data

# %% adapter="graph_gradients" of="Value" gradient_of="evaluate" wrt="leaves"
def graph_gradients(leaves, recipe, again):
    """The gradients of the leaves after a backward from the end. again: that is the third one, after one from the node
    before it and one from the end. Returns (n,); where far more is called than there are values, which mistake that is."""
    import sys

    nodes, calls = grow(Value, leaves, recipe), 0

    def count(frame, event, what):
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        for node in (nodes[-2], nodes[-1], nodes[-1]) if again else nodes[-1:]:
            node.backward()
    finally:
        sys.setprofile(before)
    if calls > 1000 * len(nodes):
        return "each_path_walked"
    return np.array([node.grad for node in nodes[: len(leaves)]], dtype=float)

# %% [markdown] hints="Value"
# 1. What must `a * b` keep, so that a backward pass much later can give $a$ and $b$ their shares?
# 2. Let each Value hold a list of pairs (parent, slope): two for a sum or a product, one for a bend, none for a leaf. For the order, write a small function inside `backward` that visits a value, its parents first.
# 3. In `backward`: list the values in topological order, set each `grad` to 0, then that of `self` to 1; walk the list from its end, and for each pair: $\mathrm{parent.grad} \mathrel{+}= \ldots$

# %% exercise="Value" bans="tensorflow keras torch jax autograd sympy"
class Value:
    """A number that knows what it was made of.

    data: the number, a float. grad: the slope of some y by this value; 0.0 until a y calls backward.
    """

    def __init__(self, data, parents=()):
        """Value(3.0) is a leaf. parents: whatever you choose to keep of what it was made of."""
        ### BEGIN SOLUTION
        self.data, self.grad, self.parents = data, 0.0, parents
        ### END SOLUTION

    def __add__(self, other):
        """self + other, a new Value."""
        ### BEGIN SOLUTION
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])
        ### END SOLUTION

    def __mul__(self, other):
        """self * other, a new Value."""
        ### BEGIN SOLUTION
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])
        ### END SOLUTION

    def through(self, bend):
        """A new Value behind an activation: bend(number) returns (value, slope)."""
        ### BEGIN SOLUTION
        value, slope = bend(self.data)
        return Value(value, [(self, slope)])
        ### END SOLUTION

    def backward(self):
        """Set grad to 0 in self and every Value it was made of; then make it the slope of self by that Value."""
        ### BEGIN SOLUTION
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent, _ in value.parents:
                    visit(parent)
                order.append(value)

        visit(self)
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.grad += slope * value.grad
        ### END SOLUTION

# %% check="Value" points=9
check.values(graph_value, *square, part="forward", weight=2)
check.values(graph_value, *twice, part="forward", weight=2)
check.gradients(graph_gradients, *square, False, part="backward", weight=5)
check.gradients(graph_gradients, *skip, False, part="backward", weight=5)
check.gradients(graph_gradients, *twice, False, part="backward", weight=5)
check.gradients(graph_gradients, *equal, False, part="backward", weight=5)
check.gradients(graph_gradients, *square, True, part="again", if_passed="backward", weight=2)
check.gradients(graph_gradients, *twice, True, part="again", if_passed="backward", weight=2)
check.gradients(graph_gradients, np.array([2.0, 0.1]), interest, False, part="deep", if_passed="backward")
### BEGIN HIDDEN TESTS
rng = check.rng
for n_leaves, n_steps in ((3, 9), (3, 9), (5, 12), (1, 6)):
    leaves, recipe = draw_graph(rng, n_leaves, n_steps)
    check.values(graph_value, leaves, recipe, part="forward", weight=2)
    check.gradients(graph_gradients, leaves, recipe, False, part="backward", weight=5)
    check.gradients(graph_gradients, leaves, recipe, True, part="again", if_passed="backward", weight=2)
check.gradients(graph_gradients, np.repeat(rng.uniform(0.5, 1.5, size=2), (2, 1)), equal[1], False, part="backward", weight=5)
check.gradients(graph_gradients, rng.uniform(0.5, 1.5, size=2) * [1, 0.1], interest, False, part="deep", if_passed="backward")
### END HIDDEN TESTS

# %% [markdown]
# SiLU, $z\,\sigma(z)$, bends the units of many language models ([here](https://arxiv.org/abs/2002.05202), as Swish). Its $z$ fans out, and your class knows its
# slope already: `z * z.through(sigmoid)`.
#
# One walk back costs a small multiple of the walk forward, however many leaves there are. Numerical differences need two walks forward *a leaf*. The limits: one number a
# node, where frameworks hold arrays; and Python gives up on a visit that calls itself some thousand times in a chain.
#
# ## 3.7 Your class trains XOR · 18 minutes
#
# Read `network_loss` below: it builds the whole loss from Values: $H$ hidden sigmoids, a linear output, the mean squared error. Each hidden unit has $D$ weights, a bias,
# and its weight in the output; the output's bias comes last. For $D = 2$ and $H = 3$ that makes $4 \cdot 3 + 1 = 13$ weights.
#
# ### Exercise 8 · descent by your class · 5 points · 11 minutes
#
# Make Values of the weights, build the loss, note it, walk back, step: $w \leftarrow w - \eta\,dw$, all weights together. The arrays handed in stay as they are.

# %% given="xor"
def network_loss(weights, X, y):
    """The mean squared error of a network with one hidden layer of sigmoids, as one Value.

    weights: a list of (D + 2) H + 1 Values, X: (N, D), y: (N,).
    """
    number, D = type(weights[0]), X.shape[1]
    units = [weights[start : start + D + 2] for start in range(0, len(weights) - 1, D + 2)]
    loss = number(0.0)
    for row, target in zip(X, y, strict=True):
        output = weights[-1]
        for *incoming, bias, outgoing in units:
            total = bias
            for x, w in zip(row, incoming, strict=True):
                total = total + w * number(float(x))
            output = output + outgoing * total.through(sigmoid)
        error = output + number(-float(target))
        loss = loss + error * error
    return loss * number(1 / len(X))


xor_X, xor_y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 0.0])
start_weights = np.random.default_rng(4).normal(size=13)

# %% [markdown] hints="descend"
# 1. What has to be built anew in each step, and what is only carried on?
# 2. A step: a list of Values of the weights, the loss of these, its backward, then new numbers from what each Value holds.
# 3. $w \leftarrow w - \eta \cdot (\ldots)$, where $w$ and the bracket are two things that a Value knows after the backward; all at once, as a new array

# %% exercise="descend" uses="Value" bans="tensorflow keras torch jax autograd"
def descend(weights, X, y, rate, steps):
    """Gradient descent on network_loss, with the gradients of your class Value.

    weights: ((D + 2) H + 1,), X: (N, D), y: (N,), rate: the learning rate, steps: an int, at least 1.
    Returns (weights, losses): the last weights, a new array, and the loss before each step, (steps,).
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        values = [Value(float(w)) for w in weights]
        loss = network_loss(values, X, y)
        loss.backward()
        losses.append(loss.data)
        weights = np.array([value.data - rate * value.grad for value in values])
    return weights, np.array(losses)
    ### END SOLUTION

# %% check="descend" points=5
check.values(descend, start_weights, xor_X, xor_y, 0.5, 3, names=["weights", "losses"])
check.values(descend, start_weights[:4], xor_X[1:3, 1:], xor_y[1:3], 0.8, 2, names=["weights", "losses"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H, rate, steps in ((3, 2, 2, 0.3, 4), (4, 3, 1, 0.6, 2), (3, 2, 2, 0.3, 4), (1, 1, 1, 0.7, 1)):
    check.values(descend, rng.uniform(0.5, 1.5, size=(D + 2) * H + 1), rng.normal(size=(N, D)), rng.normal(size=N), rate, steps,
                 names=["weights", "losses"])
### END HIDDEN TESTS

# %% [markdown]
# Does it learn XOR? Below the losses stands the network at its start: weights on the arrows, biases in the circles. Behind each ←, orange: the slope of the loss of all four rows by
# that weight, as your class gives it. The first step adds $-0.5$ times the orange number to the blue one. Not every start learns: from seeds 1 and 7 it is still on a shelf after 300 steps.

# %% figure="xor_trained" folded="it draws"
if check.needs(Value, descend):
    trained, losses = descend(start_weights, xor_X, xor_y, 0.5, 300)
    start = [Value(float(weight)) for weight in start_weights]
    network_loss(start, xor_X, xor_y).backward()
    figure, (above, below) = plt.subplots(2, 1, figsize=(5, 6.6), height_ratios=(1, 2.4), layout="constrained")
    above.semilogy(losses, color="tab:blue")
    above.set(xlabel="step", ylabel="loss", title="mean squared error")
    places = {"in": [(0, 2.4), (0, 0.6)], "out": (2.5, 1.5)}

    def label(weight, x, y):
        below.text(x, y + 0.1, f"{weight.data:.2f}", color="tab:blue", ha="center", va="center", fontsize=10, bbox=paper)
        below.text(x, y - 0.12, f"← {weight.grad:.2f}", color="tab:orange", ha="center", va="center", fontsize=10, bbox=paper)

    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.3}
    circle, arrow = {"boxstyle": "circle", "facecolor": "white"}, {"arrowstyle": "->", "color": "tab:blue", "shrinkA": 14, "shrinkB": 18}
    for unit, y in enumerate((3.0, 1.5, 0.0)):
        *incoming, bias, outgoing = start[4 * unit : 4 * unit + 4]
        for (x0, y0), weight in zip(places["in"], incoming, strict=True):
            below.annotate("", (1.25, y), (x0, y0), arrowprops=arrow)
            along = 0.8 if abs(y - y0) > 2 else 0.55 if y == 1.5 else 0.42
            label(weight, x0 + along * (1.25 - x0), y0 + along * (y - y0))
        below.annotate("", places["out"], (1.25, y), arrowprops=arrow)
        label(outgoing, 1.25 + 0.55 * 1.25, y + 0.55 * (1.5 - y))
        below.text(1.25, y, f"{bias.data:.2f}", color="tab:blue", ha="center", va="center", bbox=circle)
        below.text(1.25, y + (0.38 if y else -0.38), f"← {bias.grad:.2f}", color="tab:orange", ha="center", va="center", fontsize=10, bbox=paper)
    for (x, y), text in zip(places["in"], ("$x_1$", "$x_2$"), strict=True):
        below.text(x, y, text, ha="center", va="center", bbox=circle)
    below.text(*places["out"], f"{start[12].data:.2f}", color="tab:blue", ha="center", va="center", bbox=circle)
    below.text(2.5, 1.1, f"← {start[12].grad:.2f}", color="tab:orange", ha="center", va="center", fontsize=10, bbox=paper)
    below.set(xlim=(-0.2, 2.8), ylim=(-0.6, 3.6), title="the start: weights, and ← their slopes")
    below.axis("off")
    plt.show()
    print(f"loss at the start {losses[0]:.3f}, at the end {losses[-1]:.1e}")

# %% [markdown]
# ## 3.8 ★ The same with GradientTape · 16 minutes
#
# `tf.GradientTape` is your class, for arrays. While it is open it notes what happens to variables; `tape.gradient(y, x)` walks back. Below: the neuron of 3.5 by your class and by the tape, with an `upstream` of 1, so each
# slope is half of that in 3.5. Then two traps; exercise 9 mends the second. A `tf.constant` is **not** watched: its gradient is `None`, and no error is raised.

# %% probe="tape"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    import tensorflow as tf

# %% figure="same_graph"
if check.needs(Value):
    x, w, b = Value(2.0), Value(3.0), Value(-8.0)
    (x * w + x + b).through(sigmoid).backward()
    tx, tw, tb = tf.Variable(2.0), tf.Variable(3.0), tf.constant(-8.0)
    with tf.GradientTape() as tape:
        y = tf.sigmoid(tx * tw + tx + tb)
    by_tape = tape.gradient(y, [tx, tw, tb])
    for name, mine, theirs in zip("xwb", (x, w, b), by_tape, strict=True):
        print(f"d{name}: yours {float(mine.grad):.4f}, the tape's {theirs if theirs is None else round(float(theirs), 4)}")
    far = tf.Variable(1000.0)
    with tf.GradientTape() as tape:
        bent = tf.where(far >= 0, far, tf.exp(far) - 1)
    print(f"ELU at 1000 by tf.where: value {bent.numpy():g}, slope {tape.gradient(bent, far).numpy():g}")

# %% [markdown]
# ### Exercise 9 · ★ ELU on the tape · 4 points · 10 minutes
#
# The second trap is that of 3.2, grown. At 1000 the value by `tf.where` is right, and its slope is `nan`: the tape walks back through *both* branches, and the
# one that was not chosen hands back $0 \cdot \infty$ ([issue 38349](https://github.com/tensorflow/tensorflow/issues/38349)). Write one
# that holds, of `tf.where`, `tf.exp` and `tf.minimum`. Not `tf.nn.elu`, nor Keras's, nor your own `elu`.
#
# `tape.gradient(value, z, output_gradients=upstream)` starts the walk with `upstream` in the place of ones; `None` stands for ones.

# %% [markdown] hints="tape_elu"
# 1. What may reach `tf.exp`, so that neither the value nor its slope is infinite on the side that is not chosen?
# 2. The cure of exercise 3 works here as well: `tf.minimum`. Is $z$ a variable, and is the value computed while the tape is open?
# 3. value $= z$ where $z \ge 0$, else $\alpha(e^{\min(z, 0)} - 1)$, by `tf.where`; then `tape.gradient` with `output_gradients`

# %% exercise="tape_elu" same_as="elu" uses="GradientTape" bans="tensorflow.nn.elu keras tensorflow.keras"
def tape_elu(z, alpha=1.0, upstream=None):
    """The same as elu, by tf operations and GradientTape, in z's float64. upstream: of z's shape, or None for ones.

    Returns (value, dz), two NumPy arrays.
    """
    ### BEGIN SOLUTION
    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        value = tf.where(z >= 0, z, alpha * (tf.exp(tf.minimum(z, 0.0)) - 1))
    return value.numpy(), tape.gradient(value, z, output_gradients=upstream).numpy()
    ### END SOLUTION

# %% check="tape_elu" points=4
check.gradients(tape_elu, some_z, 0.7, some_upstream, names=["value", "dz"], weight=2)
check.gradients(tape_elu, some_z[:1, :2], 1.2, some_upstream[:1, :2], names=["value", "dz"], weight=2)
check.gradients(tape_elu, some_z, names=["value", "dz"], weight=2)
check.gradients(tape_elu, far_z, 1.3, far_z / 500, names=["value", "dz"], part="stable", if_passed="gradients", weight=2)
### BEGIN HIDDEN TESTS
rng = check.rng
for N, alpha in ((7, 0.6), (7, 1.4), (1, 2.0)):
    check.gradients(tape_elu, rng.normal(size=(N, 5)), alpha, rng.normal(size=(N, 5)), names=["value", "dz"], weight=2)
check.gradients(tape_elu, rng.normal(size=(7, 5)), names=["value", "dz"], weight=2)
check.gradients(tape_elu, rng.normal(size=(4, 3)) + 1000 * rng.choice([-1, 1], size=(4, 1)), 0.8, rng.normal(size=(4, 3)),
                names=["value", "dz"], part="stable", if_passed="gradients", weight=2)
### END HIDDEN TESTS

# %% [markdown]
# ## 3.9 In words · 6 minutes
#
# A classmate trains ReLUs with a large learning rate. After a few steps a third of the hidden units, whose inputs are the data, give 0 for every row, and stay so to the end.
# **What gradient do the weights of such a unit get, and why does it never come back? Name one activation of this chapter that would help, and one thing it costs or does worse.**

# %% [markdown] written="dead_units" points=2
# ### BEGIN SOLUTION
# One point: for every row the unit's sum lies left of 0, where ReLU's slope is 0; upstream times 0 is 0, so its weights and its bias get the gradient 0, do not move, and the sums stay where they are.
# One point for a bend whose slope on the left is not 0, with its price: leaky ReLU (one more number to choose; the left side is not bounded), ELU (an exponential; its slope dies far on the left), softplus (an exponential and a logarithm),
# maxout (K times the weights).
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. An activation has a value and a slope; where the slope is 0, nothing is learned.
# 2. A node hands back `upstream` times its slope, and needs to know nothing else.
# 3. Where a value fans out, its gradients add; broadcasting fans out, too.
# 4. A value hands on when it has all its shares: topological order, walked from its end.
# 5. `where` computes both branches, forward and backward.
#
# **Do you remember?** Answer first, then open.
#
# <details><summary>Why can one threshold unit not compute XOR? (1.4)</summary>One unit draws one straight line, and no line parts the two pairs of opposite corners.</details>
# <details><summary>Why is a loss computed from the logit, not from the probability? (2.2)</summary>A probability that has been rounded to 0 has no logarithm.</details>
# <details><summary>Why does tanh pass on more of a gradient than the sigmoid?</summary>Its slope reaches 1 at 0; the sigmoid's reaches a quarter.</details>
#
# **A challenge for an evening, without points.** Give `Value` division and plain numbers (`2.0 * a`), and a loop in the place of the recursion. The idea transfers to arrays:
# `data` becomes an array, each slope a function of `upstream`.
#
# **New words:** *Activation*: the bend behind a neuron's sum. *Dead unit*: slope 0 for every row. *Upstream*: the slope of the loss by a node's value. *Fan-out*:
# used more than once. *Topological order*: parents before what they make.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
