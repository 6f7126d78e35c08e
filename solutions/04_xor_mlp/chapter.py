# %% [markdown]
# # 4 · XOR and the hidden layer
#
# The lamp on your stairs has a switch at either end. One switch says nothing until you know the other: that is **XOR**. In 4.7 a network finds such a pair among ten.
#
# One neuron draws one straight line, and no line solves XOR: *Perceptrons*, by Marvin Minsky and Seymour Papert, made that famous in 1969. A second layer solves it. But the targets say what the *output* should be: who tells a hidden neuron which way to move?
#
# In 1986 David Rumelhart, Geoffrey Hinton and Ronald Williams [answered](https://www.nature.com/articles/323533a0): the chain rule, [walked back](https://arxiv.org/abs/1502.05767) from the loss. This is **error back-propagation**.
#
# **Why now.** Pairs of layers with a bend between them hold [two thirds of a transformer's parameters](https://arxiv.org/abs/2012.14913), and every network is trained by the walk that you write here. Beside it:
# [CS231n, a whole small network](https://cs231n.github.io/neural-networks-case-study/), and [Dive into Deep Learning](https://d2l.ai/chapter_multilayer-perceptrons/backprop.html) on the same walk. Play: [XOR, two sigmoids](https://playground.tensorflow.org/#activation=sigmoid&dataset=xor&networkShape=2&learningRate=0.3).
#
# **You build:** a network's forward and backward pass, a check of any gradient, descent from many starts; then the same in `tf.keras`.
#
# **Time:** 95 to 120 minutes. **You need:** XOR (1.4), the sigmoid, its loss and the gradient of one unit (2.1 to 2.3), nodes and fan-out (3.4, 3.5).
#
# Run the check below each exercise. No function may change its arguments.
# Stuck? `check.hint("sigmoid")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, moving

# %% [markdown]
# ## 4.1 Why one line is not enough · 4 minutes
#
# XOR is 1 where exactly one of its inputs is 1.
#
# | $x_1$ | $x_2$ | XOR |
# |---|---|---|
# | 0 | 0 | 0 |
# | 0 | 1 | 1 |
# | 1 | 0 | 1 |
# | 1 | 1 | 0 |
#
# A single neuron says 1 where $w_1 x_1 + w_2 x_2 + b \ge 0$. Suppose it computes XOR. The rows with 1 ask the first line, those with 0 the second:
#
# $$w_2 + b \ge 0, \qquad w_1 + b \ge 0$$
#
# $$b < 0, \qquad w_1 + w_2 + b < 0$$
#
# The first two add up to $w_1 + w_2 + 2b \ge 0$, the others to $w_1 + w_2 + 2b < 0$. Both cannot hold: **no weights exist** that training could find.
#
# Two linear layers are one again: $(XW_1 + b_1)W_2 + b_2 = X(W_1W_2) + (b_1W_2 + b_2)$. Between them there must be a bend.
#
# ## 4.2 A network set by hand · 17 minutes
#
# Two hidden neurons $h_1, h_2$ and an output $p$, each with the sigmoid $\sigma$ of 2.1:
#
# $$h_1 = \sigma(20x_1 + 20x_2 - 10)$$
#
# $$h_2 = \sigma(-20x_1 - 20x_2 + 30)$$
#
# $$p = \sigma(20h_1 + 20h_2 - 30)$$
#
# As logic: $h_1$ is OR, $h_2$ is NAND (near 0 only if both inputs are 1), and $p$ is their AND.
#
# ### Worked example
#
# Take $x_1 = x_2 = 0$. Then $h_1 = \sigma(-10) = 0.0000454$, and $h_2 = \sigma(30)$ is $1$ to twelve decimals.
# So $z = 20 \cdot 0.0000454 + 20 - 30 = -9.9991$, and $p = \sigma(z) = 0.0000454$: never quite 0.
#
# **Predict** all four outputs. One of $\sigma(10) = 0.9999546$ and $\sigma(-10)$ is near enough each time.
#
# ### Exercise 1 · the sigmoid, once more · 2 points · 3 minutes
#
# It is that of 2.1; the first line is given. At $z = -1000$, `1 / (1 + np.exp(-z))` warns of an overflow, gives 0, and passes. Its twin $e^z/(1 + e^z)$ gives `nan` at 1000, and fails. With $e = e^{-|z|}$ there is not even a warning.

# %% given="xor"
# The truth table: four rows of two inputs, and one column of targets.
xor_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
xor_y = np.array([[0.0], [1.0], [1.0], [0.0]])
# The weights set by hand: W1 (2, 2), b1 (2,), W2 (2, 1), b2 (1,).
by_hand = (np.array([[20.0, -20.0], [20.0, -20.0]]), np.array([-10.0, 30.0]),
           np.array([[20.0], [20.0]]), np.array([-30.0]))
some_z = np.array([[-2.0, 0.5, 3.0], [1.0, -0.3, 0.0]])
far_z = np.array([[-1000.0, 1000.0], [710.0, -745.0], [40.0, -2.0]])


def outputs_by_hand():
    """What the network set by hand says, row by row."""
    W1, b1, W2, b2 = by_hand
    h = 1 / (1 + np.exp(-(xor_X @ W1 + b1)))
    return 1 / (1 + np.exp(-(h @ W2 + b2)))

# %%
# Your prediction: the outputs for (0, 0), (0, 1), (1, 0), (1, 1). Replace each None, then run this cell.
prediction = [None, None, None, None]
check.reveal(prediction, outputs_by_hand, labels=["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"])

# %% [markdown] hints="sigmoid"
# 1. For a negative $z$, what is $-|z|$?
# 2. `np.where(condition, a, b)` takes $a$ where the condition holds and $b$ elsewhere, entry by entry.
# 3. $1/(1+e)$ on one side of 0, and $e/(1+e)$ on the other

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
# Did you predict 1 for $(1, 1)$? That is OR; $h_2$ forbids it. 1 for $(0, 0)$? AND wants both, and $h_1$ says no.
#
# ### Exercise 2 · the forward pass of a batch · 3 points · 6 minutes
#
# A batch has $N$ rows and $D$ columns, the hidden layer $H$ units:
#
# $$A = XW_1 + b_1, \qquad h = \sigma(A)$$
#
# $$z = hW_2 + b_2, \qquad p = \sigma(z)$$
#
# Shapes: $X$ is $(N, D)$, $W_1$ $(D, H)$, $b_1$ $(H,)$, $A$ and $h$ $(N, H)$, $W_2$ $(H, 1)$, $b_2$ $(1,)$, $z$ $(N, 1)$. Column $j$ of $W_1$ belongs to hidden unit $j$. Stop at the **logit** $z$: the loss takes it from there, as in 2.2.
#

# %% given="practice"
# The practice batch: 37 points around the corners, three hidden units.
_rng = np.random.default_rng(4)
_corner = _rng.integers(0, 2, size=(37, 2))
points_X = np.round(_corner + _rng.normal(0, 0.15, size=(37, 2)), 2)
points_y = (_corner[:, :1] ^ _corner[:, 1:]).astype(float)
weights = (np.array([[0.9, -1.3, 0.4], [1.1, 0.7, -1.6]]), np.array([-0.5, 0.2, 0.8]),
           np.array([[1.2], [-0.8], [0.6]]), np.array([-0.3]))
# One point, of one column, and two hidden units: what is written with sizes in it fails here.
lone_X, lone_y = points_X[:1, 1:], points_y[:1]
lone_weights = (weights[0][1:, :2], weights[1][:2], weights[2][:2], weights[3])
# The network that is drawn below: one row, two hidden units.
small_X, small_y = np.array([[1.0, 0.0]]), np.array([[1.0]])
small_weights = (np.array([[1.0, np.log(3)], [0.5, -1.0]]), np.array([-1.0, 0.0]),
                 np.array([[8.0], [-4.0]]), np.array([-1.0]))
some_logits = np.array([[2.0], [-1.0], [0.5], [-3.0], [0.1]])
some_targets = np.array([[1.0], [0.0], [0.0], [1.0], [1.0]])
far_logits = np.array([[800.0], [-1000.0], [1000.0]])
far_targets = np.array([[1.0], [0.0], [0.0]])

# %% [markdown] hints="forward"
# 1. Which array has one row an example and one column a hidden unit?
# 2. `@` multiplies matrices, and a bias of shape $(H,)$ is added to each row by broadcasting.
# 3. $h = \sigma(\ldots)$ of the first layer's sum; $z$ is made of $h$, with no sigmoid around it

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
    axes[1].plot(side, 1.5 - side, "--", color="black", label="$p = 1/2$")
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
# Left, two lines, one a hidden neuron, cut out a grey band. Right, the points at their hidden values: both of class 1 have **moved to one place**, and one dashed line, the output's, parts the classes.
#
# ## 4.3 The loss · 7 minutes
#
# ### Exercise 3 · the loss of a column · 4 points · 6 minutes
#
# The loss is the mean surprise of 2.2, from logits $z_i$ and targets $y_i$:
#
# $$L = \frac1N \sum_{i=1}^{N} \bigl(\log(1 + e^{z_i}) - y_i z_i\bigr)$$
#
# By hand, for $z = 0$ and $z = \log 3$, both with $y = 1$: $\log 2 = 0.693$ and $\log 4 - \log 3 = 0.288$ add up to 0.981, and the mean is 0.49. Again nothing may overflow:
#
# $$\log(1 + e^{z}) = \max(z, 0) + \log(1 + e^{-|z|})$$
#
# New is the shape: logits and targets are columns, $(N, 1)$. Flatten one alone, and $(N,)$ with $(N, 1)$ broadcasts to $(N, N)$: every row meets every target, and nothing is raised.

# %% [markdown] hints="binary_cross_entropy"
# 1. What is the loss of one row when $z$ is large and $y = 1$? And when $y = 0$?
# 2. Write $\log(1 + e^{z})$ with `np.maximum`, `np.abs` and `np.log1p`; then the targets. The mean comes last.
# 3. One row costs $\max(z, 0) + \ldots - yz$

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
# ## 4.4 The backward pass · 38 minutes
#
# Write $dz$ for $\partial L/\partial z$, and so on: each has the shape of its array. The figure draws one small network, for one row $x = (1, 0)$ with $y = 1$.
#
# **The logit.** As in 2.3, and with $p = \frac12$ in the figure it is $-0.5$:
#
# $$dz = \frac1N\bigl(\sigma(z) - y\bigr)$$
#
# **The second layer.** In row $i$, $z_i = \sum_j h_{ij} W_{2,j} + b_2$, so weight $j$ has the slope $h_{ij}$. It fans out to all rows, and where a value fans out, its gradients add (3.5): $\sum_i h_{ij}\,dz_i$. That is row $j$ of
#
# $$dW_2 = h^\top dz, \qquad db_2 = \sum_i dz_i$$
#
# By hand, two rows $h = (\frac12, \frac34)$ and $(1, \frac12)$, both with $p = \frac12$, targets 1 and 0: $dz = (-\frac14, \frac14)$, so $dW_2$ is $-\frac18 + \frac14 = 0.125$ and $-\frac3{16} + \frac18 = -0.0625$, and $db_2 = 0$.
#
# **The hidden values.** And $h_{ij}$ has the slope $W_{2,j}$. **Derive** $dh$ for the whole batch: which product of $dz$ and $W_2$ has the shape $(N, H)$ ([how to](https://cs231n.stanford.edu/vecDerivs.pdf))? In the figure it is $(-4, 2)$. So a hidden neuron is told: the loss falls if $h_1$ grows and $h_2$ shrinks.
#
# **The sigmoid** is a node with the slope $h(1 - h)$ (3.4), entry by entry. In the figure $dA_1 = -4 \cdot \frac12 \cdot \frac12 = -1$ and $dA_2 = 2 \cdot \frac34 \cdot \frac14 = 0.375$.
#
# **The first layer** is the second once more. $dW_1$ and $db_1$ are yours.
#
# The $1/N$ stands in $dz$ once; everything after inherits it.

# %% figure="graph"
if check.needs(sigmoid, forward):

    def draw_graph(dW1=None, dW2=None):
        """The small network with its numbers; those of the weights' gradients only where they are handed in."""
        W1, b1, W2, b2 = small_weights
        h, z = forward(small_X, *small_weights)
        dz = (sigmoid(z) - small_y).item()
        dh = dz * W2[:, 0]
        dA = dh * h[0] * (1 - h[0])
        A, p = (small_X @ W1 + b1)[0], sigmoid(z).item()
        figure, axis = plt.subplots(figsize=(7, 4))
        places = {"x1": (0, 3), "x2": (0, 0.6), "h1": (2.5, 3), "h2": (2.5, 0.6), "z": (5, 1.8), "L": (7, 1.8)}
        shown = {"x1": "$x_1$\n1", "x2": "$x_2$\n0", "z": f"z = {z.item():g}\np = {p:g}", "L": f"L\n{-np.log(p):.3f}"}
        shown |= {f"h{j + 1}": f"$A_{j + 1}$ = {A[j]:.3g}\n$h_{j + 1}$ = {h[0, j]:g}" for j in range(2)}
        back = {"arrowstyle": "->", "color": "tab:orange", "linestyle": "--", "shrinkA": 26, "shrinkB": 26}
        edges = [(f"x{d + 1}", f"h{j + 1}", f"{W1[d, j]:.3g}", "") for d in range(2) for j in range(2)]
        edges += [(f"h{j + 1}", "z", f"{W2[j, 0]:g}", f"dh = {dh[j]:g}") for j in range(2)] + [("z", "L", "", f"dz = {dz:g}")]
        for start, end, weight, gradient in edges:
            (x1, y1), (x2, y2) = places[start], places[end]
            axis.annotate("", (x2, y2), (x1, y1), arrowprops={"arrowstyle": "->", "color": "tab:blue", "shrinkA": 24, "shrinkB": 28})
            x, y = x1 + 0.37 * (x2 - x1), y1 + 0.37 * (y2 - y1)
            crossing = end != "z" and y1 != y2
            axis.text(x + 0.28 * crossing, y + (-0.32 if crossing and y2 > y1 else 0.08), weight, color="tab:blue", ha="center", va="bottom")
            if dW1 is not None and weight:
                slope = dW2[int(start[1]) - 1, 0] if end == "z" else dW1[int(start[1]) - 1, int(end[1]) - 1]
                right, up, side = (0.3, 0.35, "center") if end == "z" else (0, -0.32, "center") if y1 == y2 else (-0.3, 0.08, "right")
                axis.text(x + right, y + up, f"dW = {slope + 0:g}", color="tab:orange", ha=side, va="bottom")
            if gradient:
                axis.annotate("", (x1, y1 - 0.2), (x2, y2 - 0.2), arrowprops=back | {"shrinkB": 40 if end == "z" else 26})
                axis.text((x1 + x2) / 2, (y1 + y2) / 2 - 0.36, gradient, color="tab:orange", ha="center", va="top")
        for name, (x, y) in places.items():
            axis.text(x, y, shown[name], ha="center", va="center", bbox={"boxstyle": "round,pad=0.5", "facecolor": "white"})
        for j in range(2):
            axis.text(2.5, places[f"h{j + 1}"][1] - 0.55, f"dA = {dA[j]:g}", color="tab:orange", ha="center", va="top")
            axis.text(2.5, places[f"h{j + 1}"][1] + 0.5, f"$b_1$: {b1[j]:g}", color="tab:blue", ha="center")
        axis.text(5, 2.3, f"$b_2$: {b2[0]:g}", color="tab:blue", ha="center")
        axis.set(xlim=(-0.5, 7.6), ylim=(-0.5, 4.1))
        axis.axis("off")
        axis.set_title("X (1, 2), $W_1$ (2, 2), A and h (1, 2), $W_2$ (2, 1), z (1, 1)    solid: forward, dashed: backward", fontsize=9)
        figure.tight_layout()
        plt.show()

    draw_graph()

# %%
# Your prediction for the network that is drawn: both entries of dW2, then the first column of dW1 (what unit 1 hears from x1 and x2).
# You see the answer after the exercise.
prediction_gradient = [None, None, None, None]

# %% [markdown]
# **Predict** the four numbers of the cell above from the figure.
#
# ### Exercise 4 · loss and gradients of the network · 8 points · 14 minutes
#
# Look at every shape.

# %% [markdown] hints="loss_and_gradients"
# 1. Which array do you know first when you walk backwards, and what shape has each one after it?
# 2. Go through 4.4 step by step: $dz$, $dW_2$, $db_2$, $dh$, $dA$, $dW_1$, $db_1$. The sums run over the rows, `axis=0`.
# 3. $dA = dh \odot (\ldots)$, of shape $(N, H)$. Then read $dW_2$ and $db_2$ again, with $X$ in the place of $h$.

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

# %%
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients):
    check.reveal(prediction_gradient, lambda: [*np.ravel(loss_and_gradients(small_X, small_y, *small_weights)[3]),
                                               *loss_and_gradients(small_X, small_y, *small_weights)[1][:, 0]],
                 labels=["dW2, unit 1", "dW2, unit 2", "dW1, x1 to unit 1", "dW1, x2 to unit 1"])
    if None not in np.ravel(prediction_gradient).tolist():
        draw_graph(*loss_and_gradients(small_X, small_y, *small_weights)[1:4:2])

# %% [markdown]
# Positive numbers for $dW_2$? You took $y - p$. You said $-4$ and $2$? That is $dh$: a weight's slope is the *other* factor, $h$. $-4$ for $x_1$? The slope of the hidden sigmoid is missing. $-1$ for $x_2$? An input of 0 moves nothing, whatever its weight. Now each weight has its gradient.
#
# <details><summary>The walk in full</summary>$z_i = \sum_j h_{ij} W_{2,j} + b_2$, so $dh_{ij} = dz_i\,W_{2,j}$, and $dh = dz\,W_2^\top$. Then $dA_{ij} = dh_{ij}\,h_{ij}(1 - h_{ij})$, and $dA = dh \odot h \odot (1 - h)$. At last $A_{ij} = \sum_k X_{ik} W_{1,kj} + b_{1,j}$ in each row, so $dW_{1,kj} = \sum_i X_{ik}\,dA_{ij}$, and $dW_1 = X^\top dA$, $db_1 = \sum_i dA_i$.</details>
#
# ### Exercise 5 · any gradient, by differences · 4 points · 9 minutes
#
# Is a gradient right? Ask the function itself. Move one entry a step $\varepsilon$ up, then down:
#
# $$\frac{\partial f}{\partial w} \approx \frac{f(w + \varepsilon) - f(w - \varepsilon)}{2\varepsilon}$$
#
# By hand, $f(w) = w^3$ at $w = 2$ with $\varepsilon = 0.1$: $(9.261 - 6.859)/0.2 = 12.01$, and 12 is right. One side alone gives $(9.261 - 8)/0.1 = 12.61$.
#
# Write it for any `f` of one array; all other entries stay. `np.ndindex(W.shape)` runs through the places of any shape.

# %% given="printed"
def cube(W):
    """(w1 + 2 w2 + 3 w3 + ...)^3 for the entries of an array of any shape."""
    return float((np.arange(1.0, W.size + 1) @ W.ravel()) ** 3)


cube_W = np.array([[0.5, -0.3], [0.2, 0.4], [-0.6, 0.1]])


def printed_step(X, y, W1, b1, W2, b2, rate):
    """Exercise 6 asks what is wrong with this."""
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (y - p) / len(X)
    delta2 = -e * p * (1 - p)
    delta1 = -h * (1 - h) * (delta2 @ W2.T)
    return (W1 + rate * X.T @ delta1, b1 + rate * delta1.sum(axis=0),
            W2 + rate * h.T @ delta2, b2 + rate * delta2.sum(axis=0))


def squared_error(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return float(np.mean((1 / (1 + np.exp(-(h @ W2 + b2))) - y) ** 2) / 2)

# %% adapter="cube_differences" of="numerical_gradient"
def cube_differences(W, step):
    """What your numerical_gradient says of cube at W."""
    return numerical_gradient(cube, W.copy(), step)

# %% [markdown] hints="numerical_gradient"
# 1. How many times do you call `f` for an array of 6 entries?
# 2. In a loop over the places: two copies of `W`, one with this entry up, the other with it down; their two values of `f` give one entry of the result.
# 3. $(f(\text{up}) - f(\text{down}))$ divided by the whole way between them

# %% exercise="numerical_gradient" bans="scipy sklearn tensorflow keras torch jax autograd"
def numerical_gradient(f, W, step=1e-5):
    """The gradient of f at W by central differences, entry by entry.

    f: a function of one array like W, which returns a number. W: an array of any shape. step: a float above 0.
    Returns an array of the shape of W.
    """
    ### BEGIN SOLUTION
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[place] += step
        down[place] -= step
        dW[place] = (f(up) - f(down)) / (2 * step)
    return dW
    ### END SOLUTION

# %% check="numerical_gradient" points=4
check.values(cube_differences, cube_W, 0.1)
check.values(cube_differences, cube_W[:2, :1], 0.5)
check.values(cube_differences, cube_W[0], 0.2)
### BEGIN HIDDEN TESTS
rng = check.rng
for shape in ((5, 3), (5, 3), (1, 4), (1, 1), (6,)):
    check.values(cube_differences, rng.uniform(0.5, 1.5, size=shape), rng.uniform(0.1, 0.5))
### END HIDDEN TESTS

# %% figure="steps"
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, numerical_gradient):
    _, *by_chain_rule = loss_and_gradients(points_X, points_y, *weights)

    def loss_of(place):
        """The loss as a function of one of the four parameters."""
        return lambda moved: loss_and_gradients(points_X, points_y, *weights[:place], moved, *weights[place + 1 :])[0]

    def ratio(a, b):
        """The largest |a - b| / max(|a|, |b|) of all entries; 0 where both are 0."""
        return np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-300))

    def without_slope(W2):
        """A wrong dW1: the slope h(1 - h) is missing."""
        z = forward(points_X, *weights[:2], W2, weights[3])[1]
        return points_X.T @ ((sigmoid(z) - points_y) / len(points_X) @ W2.T)

    print("largest ratio of all entries, your chain rule against differences:")
    for place, name in enumerate(("W1", "b1", "W2", "b2")):
        print(f"  d{name}: {ratio(numerical_gradient(loss_of(place), weights[place]), by_chain_rule[place]):.0e}")
    narrow = [part.astype(np.float32) for part in (points_X, points_y, *weights)]
    by_narrow = numerical_gradient(lambda W1: loss_and_gradients(*narrow[:2], W1.astype(np.float32), *narrow[3:])[0], narrow[2])
    print(f"  dW1, losses in float32: {ratio(by_narrow, by_chain_rule[0]):.0e}")
    W1, b1, W2, b2 = weights
    for name, out in (("", W2), (", where W2 = 0", 0 * W2)):
        by_differences = numerical_gradient(lambda W1, out=out: loss_and_gradients(points_X, points_y, W1, b1, out, b2)[0], W1)
        print(f"  a wrong dW1, without h(1 - h){name}: {ratio(by_differences, without_slope(out)):.0e}")
    steps, here = 10.0 ** np.arange(-13, 0), loss_of(0)(weights[0])
    first = np.zeros(weights[0].shape)
    first[0, 0] = 1.0
    two_sides = [abs(numerical_gradient(loss_of(0), weights[0], step)[0, 0] - by_chain_rule[0][0, 0]) for step in steps]
    one_side = [abs((loss_of(0)(weights[0] + step * first) - here) / step - by_chain_rule[0][0, 0]) for step in steps]
    figure, axis = plt.subplots(figsize=(6, 2.6))
    axis.loglog(steps, two_sides, "o-", color="tab:blue", label="both sides")
    axis.loglog(steps, one_side, "s--", color="tab:orange", label="one side")
    axis.set(xlabel="step", ylabel="error", title="Differences against the chain rule, one entry of $dW_1$")
    axis.legend()
    figure.tight_layout()
    plt.show()

# %% [markdown]
# On the right the step is too long for the curve; on the left two almost equal losses are subtracted, and [rounding](https://docs.oracle.com/cd/E19957-01/806-3568/ncg_goldberg.html) takes over. About $10^{-5}$ is good. Too slow for training. [Where checks go wrong](https://cs231n.github.io/neural-networks-3/#gradcheck):
#
# - **Judge the ratio** $|a - b| / \max(|a|, |b|)$, not the difference: below $10^{-7}$ right, above $10^{-4}$, here, wrong; twice 0, right.
# - **float64:** in float32 a right gradient looks wrong (printed).
# - **Tiny entries:** rounding leaves some $10^{-11}$, so one of $10^{-8}$, though right, has the ratio $10^{-3}$.
# - **Not where a gradient is 0 anyway:** a wrong formula passes (printed). Check later, too.
# - **A few rows, but not one** (for $N = 1$ nobody misses $1/N$); entries of **each** array.
# - **Kinks:** across ReLU's corner (3.2) it lies between two slopes; few rows meet few corners.
# - **Chance:** both losses need the same random numbers.
#
# ### Exercise 6 · find the bug in printed back-propagation · 2 points · 8 minutes
#
# In 1986 the loss was the squared error, here its mean, $E = \frac{1}{2N}\sum_i (p_i - y_i)^2$. One set of slides prints its algorithm with $\delta_2$ for $dz$, $\delta_1$ for $dA$, the error $e = y - p$ and the slope $f' = f(1 - f)$ of a sigmoid $f$:
#
# $$\delta_2 = -e\,f'(z)$$
#
# $$\delta_1 = -f'(A) \odot (\delta_2 W_2^\top)$$
#
# $$W_2 \leftarrow W_2 + \eta\,h^\top\delta_2$$
#
# $$W_1 \leftarrow W_1 + \eta\,X^\top\delta_1$$
#
# `printed_step` is the same in code, with the $1/N$ of $E$ in `e`. The next cell runs it, and asks your `numerical_gradient` of $E$ who goes uphill. **Signs** are wrong. A minus in both steps mends one layer and spoils the other.

# %% figure="uphill"
if check.needs(numerical_gradient):
    stepped, after_one = weights, printed_step(points_X, points_y, *weights, 0.5)
    for _ in range(200):
        stepped = printed_step(points_X, points_y, *stepped, 0.5)
    before, after = (squared_error(points_X, points_y, *some) for some in (weights, stepped))
    print(f"E before: {before:.3f}, after 200 printed steps: {after:.3f}")
    for place, name in enumerate(("W1", "b1", "W2", "b2")):
        slope = numerical_gradient(lambda moved, place=place: squared_error(
            points_X, points_y, *weights[:place], moved, *weights[place + 1 :]), weights[place])
        print(f"{name} goes {'uphill' if np.sum(slope * (after_one[place] - weights[place])) > 0 else 'downhill'}")

# %% [markdown] hints="ebp_step"
# 1. Is $\delta_2 = -e\,f'(z)$ the derivative $\partial E/\partial z$, or minus that? Which sign does the step then need?
# 2. If $\delta_2$ is the derivative by $z$, the chain rule gives $\delta_1$ without another minus.
# 3. $\delta_2 = (p - y)\,f'(z)/N$, $\delta_1 = f'(A) \odot (\ldots)$ with the old $W_2$, and every step goes against its gradient

# %% exercise="ebp_step" bans="scipy tensorflow keras torch jax autograd"
def ebp_step(X, y, W1, b1, W2, b2, rate):
    """One step of gradient descent on the squared error E = 1/(2N) * sum of (sigmoid(z) - y)**2.

    X: (N, D), y: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,), rate: the learning rate.
    Returns the new (W1, b1, W2, b2). All four gradients are taken at the old parameters.
    """
    ### BEGIN SOLUTION
    h, z = forward(X, W1, b1, W2, b2)
    p = sigmoid(z)
    delta2 = (p - y) * p * (1 - p) / len(X)
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
# The factor $p(1 - p)$ in $\delta_2$ is almost 0 where the network is sure and wrong, and so is the step. Cross-entropy has no such factor.
#
# ## 4.5 Training · 15 minutes
#
# ### Exercise 7 · gradient descent on four parameters · 3 points · 8 minutes
#
# As in 2.4, every parameter goes a little way against its gradient, with all rows in each step:
#
# $$\theta \leftarrow \theta - \eta\,\frac{\partial L}{\partial \theta}$$
#
# New is that four arrays must move **together**, by gradients taken at the same point. `W1 = W1 - ...` makes a new array; `W1 -= ...` overwrites the caller's.

# %% [markdown] hints="descend"
# 1. What do you need to know before each step, and what do you keep after it?
# 2. One call of `loss_and_gradients` a step gives the loss to note down and all four gradients.
# 3. Repeat: note the loss, then $W_1 \leftarrow W_1 - \ldots$, and the same for the other three before anything is computed anew

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
# Hidden units that start with equal weights, incoming **and** outgoing, get equal gradients, and stay equal for ever: $H$ copies of one unit. So `start_weights` draws from a seed. The start decides where you end: this loss is not convex (2.4), and has long flat shelves.
#
# **Predict.** From 10 seeds, 500 steps at rate 3: for which **share** are all four points of XOR right at the end? Once with 2 hidden units (enough, as 4.2 shows), once with 4.
#
# Most losses fall (solid), some after a jump. Some stay on a shelf (dashed): stuck.

# %%
# Your prediction: two numbers between 0 and 1. Replace each None.
prediction_success = [None, None]

# %% given="start"
def start_weights(n_inputs, n_hidden, seed):
    """Random weights and zero biases: W1 (D, H), b1 (H,), W2 (H, 1), b2 (1,)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_inputs, n_hidden)), np.zeros(n_hidden), rng.normal(size=(n_hidden, 1)), np.zeros(1)

# %% figure="seeds"
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, descend):
    ends, solved = {}, {}
    figure, axes = plt.subplots(1, 2, figsize=(7, 3), sharey=True)
    for axis, width in zip(axes, (2, 4), strict=True):
        ends[width] = [descend(xor_X, xor_y, *start_weights(2, width, seed), 3.0, 500)
                       for seed in range(10)]
        solved[width] = [bool(np.all((forward(xor_X, *end[:4])[1] >= 0) == xor_y))
                         for end in ends[width]]
        for end, good in zip(ends[width], solved[width], strict=True):
            axis.loglog(np.arange(len(end[4])) + 1, end[4], "-" if good else "--",
                        color="0.6" if good else "black", linewidth=1)
        axis.set(title=f"{width} hidden units, 10 seeds", xlabel="step")
    axes[0].set(ylabel="loss (binary cross-entropy)")
    figure.tight_layout()
    plt.show()
    check.reveal(prediction_success, lambda: [np.mean(solved[2]), np.mean(solved[4])],
                 labels=["2 hidden", "4 hidden"])

# %% [markdown]
# You said 1 twice? Weights that exist need not be found. **With 2 hidden units one seed's accuracy is a matter of luck**: a stuck network proves no bug, and one that learned proves no correctness. A gradient check does, nearly. [More units](https://arxiv.org/abs/1410.1141) make it safer. Over 100 seeds the shares for 2, 3 and 4 units were 0.74, 0.95 and 1.
#
# ★ A shelf has its height: two points right and two at $p = 1/2$ cost $\frac12 \log 2 = 0.347$.
#
# ## 4.6 Inside a trained network · 5 minutes
#
# The figure moves: two networks of 2 hidden units are trained. The grey net is the square of inputs, seen **after the first layer**. Where do the two black squares go? When does the dashed line, the output neuron's, first part them from the circles? What does the stuck network do instead?

# %% figure="hidden_space"
if check.needs(sigmoid, forward, binary_cross_entropy, loss_and_gradients, descend) and 0 < sum(solved[2]) < 10:
    fine, across = np.linspace(0, 1, 30), np.array([-0.1, 1.1])
    lines = np.concatenate([np.stack(pair, axis=1) for at in np.linspace(0, 1, 9)
                            for pair in ((np.full(30, at), fine), (fine, np.full(30, at)))])
    at_step = [round(400 * (frame / 23) ** 2) for frame in range(24)]
    seeds = [[seed for seed in range(10) if solved[2][seed] == good][:2][-1] for good in (True, False)]
    courses = []
    for seed in seeds:
        course = [start_weights(2, 2, seed)]
        for more in np.diff(at_step):
            course.append(descend(xor_X, xor_y, *course[-1], 3.0, more)[:4])
        courses.append(course)

    def draw(frame):
        figure, axes = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True)
        for axis, seed, course, fate in zip(axes, seeds, courses, ("learns", "gets stuck"), strict=True):
            W1, b1, W2, b2 = course[frame]
            for line in np.split(forward(lines, W1, b1, W2, b2)[0], 18):
                axis.plot(*line.T, color="0.75", linewidth=0.8)
            axis.plot(across, -(b2[0] + W2[0, 0] * across) / W2[1, 0], "--", color="tab:blue")
            h, _ = forward(xor_X, W1, b1, W2, b2)
            for value, marker, fill in ((0, "o", "white"), (1, "s", "black")):
                axis.plot(*h[xor_y[:, 0] == value].T, marker, color="black", markerfacecolor=fill)
            loss = binary_cross_entropy(forward(xor_X, W1, b1, W2, b2)[1], xor_y)
            axis.set(title=f"seed {seed} {fate}: step {at_step[frame]}, loss {loss:.2f}", xlabel="$h_1$", xlim=(-0.1, 1.1),
                     ylim=(-0.1, 1.1), xticks=[0, 1], yticks=[0, 1], aspect="equal")
            axis.title.set_fontsize(9)
        axes[0].set(ylabel="$h_2$")
        figure.tight_layout()
        return figure

    moving.figure(draw, 24, alt="Left, a net of grey lines is folded until both circles lie in one corner and the squares at two others; a dashed line parts them. "
                                 "Right, a square and a circle move into one corner, and the dashed line runs through it.")

# %% [markdown]
# Left, the sheet is folded: the circles meet in the fold; a **straight** line parts them from the squares. Right, a square and a circle land on one place of the dashed line: two at $p = 1/2$, the shelf of 0.347. [Here](https://cs.stanford.edu/people/karpathy/convnetjs/demo/classify2d.html) a spot lies in a ring: how must the sheet fold? See the right pane.
#
# ## 4.7 Ten switches and a lamp · 12 minutes
#
# Ten switches are measured with some noise, and a lamp is on when **exactly one of two of them** is up. Nobody says which two. A single neuron gets at best three of four cases right.
#
# ### Exercise 8 · the whole training · 6 points · 9 minutes
#
# A blank page. 600 measurements are for training, 400 are held back. With 2 hidden units you would toss coins again: **take at least 8**. From `start_weights`, some 500 steps at rate 2 are enough. Labels come as $(N,)$; your functions want a column.
#
# Use the arguments: the check trains with the columns in another order, and perhaps on and off swapped.

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
    return float(np.mean((logits[:, 0] >= 0) == y))

# %% [markdown] hints="train"
# 1. Which of your functions does the whole descent already, and what does it want to be handed?
# 2. `start_weights` gives the start: how many inputs has it, and how many units? `reshape(-1, 1)` makes a column.
# 3. $(W_1, b_1, W_2, b_2)$ are the first four of what `descend` returns

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
# Which two? Row $d$ of $W_1$ is what switch $d$ says to the hidden units. Two rows stand out.
#
# ## 4.8 The same in Keras · 15 minutes
#
# `keras_network` builds the network of 4.2 in float64 and puts your weights into it. A kernel has the shape of $W$ here, $(D, H)$; the last layer has **no activation**, so the model gives logits.
#
# ### Exercise 9 · the same gradient, by the tape · 4 points · 7 minutes
#
# **A trap**, which the second cell shows: [`BinaryCrossentropy`](https://keras.io/api/losses/probabilistic_losses/) has `from_logits=False` as its default. It clips your logits into $(0, 1)$ and takes them for probabilities. The loss is wrong, nothing is raised, and where it clips the slope is 0.
#
# The tape is that of 3.8. It takes a list as well, such as `model.trainable_weights`. The loss takes targets first, then outputs.

# %% probe="keras"
# This takes some seconds.
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

# %% figure="not_told"
if check.needs(sigmoid, forward, binary_cross_entropy):
    by_you, outputs = forward(points_X, *weights)[1], keras_network(*weights)(points_X)
    print(f"largest difference of the outputs: {np.max(np.abs(outputs.numpy() - by_you)):.0e}")
    print(f"loss: yours {binary_cross_entropy(by_you, points_y):.6f}")
    for told in (True, False):
        loss = keras.losses.BinaryCrossentropy(from_logits=told)(points_y, outputs)
        print(f"      Keras's, from_logits={told}: {float(loss):.6f}")

# %% [markdown] hints="keras_loss_and_gradients"
# 1. What does the model give: logits or probabilities? Does the loss know?
# 2. Compute the loss inside `with tf.GradientTape() as tape:`; ask the tape for gradients by `model.trainable_weights`.
# 3. They come as a list of tensors, in the order $W_1, b_1, W_2, b_2$; each has `.numpy()`, and a loss becomes a number by `float`

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
# ### Exercise 10 · the same loss curve, by fit · 2 points · 6 minutes
#
# `compile` and `fit` are those of 2.7. New: `fit` returns an object whose `.history["loss"]` has one loss an epoch, the mean over its batches, each before its step. It is your curve only if an epoch is **one** step: the practice batch has 37 rows, and `fit` takes 32.

# %% [markdown] hints="keras_descend"
# 1. How many steps does `fit` make in one epoch, and how many do you want?
# 2. `compile` the model with SGD and the loss that knows about logits; `fit` with `batch_size`, `epochs` and `verbose=0`.
# 3. A batch of all rows, as many epochs as steps; then the history, and `model.get_weights()`

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

# %% figure="agreement"
if check.needs(loss_and_gradients, descend, keras_descend):
    figure, axis = plt.subplots(figsize=(6, 2.8))
    curve = descend(points_X, points_y, *weights, 1.5, 6)[4]
    for kind, style in (("float64", "o-"), ("float32", "s--")):
        keras.backend.set_floatx(kind)
        by_keras = keras_descend(points_X.astype(kind), points_y.astype(kind), *weights, 1.5, 6)[4]
        gap = np.abs(by_keras - curve)
        axis.semilogy(np.arange(6) + 1, np.maximum(gap, 1e-17), style, color="black", label=kind)
        print(f"{kind}: largest difference of the losses {np.max(gap):.1e}")
    keras.backend.set_floatx("float64")
    axis.set(xlabel="step", ylabel="difference (0: lower edge)", title="Keras against your own descent")
    axis.legend()
    plt.show()

# %% [markdown]
# In float64 the curves agree to some fifteen digits, in float32 to some seven: it has no more.
#
# ## 4.9 In words · 4 minutes
#
# A classmate trains XOR with 2 hidden units. With seed 3 all four points are right, with seed 5 three, and the loss hardly moves. "My gradient must be wrong for seed 5", she says. **What do the two results prove about her code? Name a test that all but decides whether the gradient is right, and one change that makes success likely from almost any seed.**

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
# 1. A hidden layer moves the points to where one line is enough; without a bend between the layers it cannot.
# 2. The gradient is the chain rule, walked back: $dz = (p - y)/N$ first, then one product a layer.
# 3. A hidden neuron hears $dz$ times its outgoing weight, times its own slope.
# 4. Differences on both sides, at a few random points, all but decide whether a gradient is right; one training does not.
# 5. Descent finds such a layer from many starts, not from all; more units help.
#
# ### Do you recall?
#
# <details><summary>The squared error brings p(1 - p) into dz. Why does cross-entropy not (2.3)?</summary>The slope of log(1 + e^z) - yz is p - y: the slope of the logarithm, 1/p or 1/(1 - p), cancels that of the sigmoid.</details>
#
# <details><summary>A value is used twice. What is its gradient (3.5), and where does this happen in the network here?</summary>The sum of its shares. Each weight and each bias is used by all N rows: hence the sums over rows.</details>
#
# <details><summary>All hidden units start with the same incoming weights, but different outgoing ones. Do they stay equal?</summary>No: each hears dz times its own outgoing weight, so their gradients differ from the first step on.</details>
#
# ### A challenge for an evening
#
# Transfer: a **full adder** takes three bits and gives two, sum (an odd number of ones) and carry (two or more). One network gives both if $W_2$ has two columns; the loss is the sum over outputs, the mean over **rows**. Which of your functions fit as they are? Check the gradient, and train.
#
# **New words:** *hidden layer*: neurons between the inputs and the output. *Hidden space*: of their values. *Back-propagation*: the chain rule from the loss to every parameter. *Gradient check*: a gradient held against differences. *Shelf*: where the loss is flat and high.
#
# Run the cell below, save, and hand in this file.

# %%
check.progress()
