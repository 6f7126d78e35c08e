# %% [markdown]
# # 2 · Logistic regression
#
# A petal of 48 mm by 18 mm: *versicolor* or *virginica*? Three flowers have just
# this petal, one *versicolor* and two *virginica*, and the perceptron of chapter 1 never stops correcting itself over them. The honest answer is a probability.
#
# **Why now.** This unit ends most networks that say yes or no. And its loss teaches chat assistants what people like:
# $-\log \sigma(\text{score of the better answer} - \text{score of the other})$ trains the reward model of [InstructGPT](https://arxiv.org/abs/2203.02155), and a
# relative of it is the whole loss of [DPO](https://arxiv.org/abs/2305.18290).
#
# **You build:** the sigmoid, the cross-entropy loss from logits, its gradient, descent in batches of any size, a decision boundary and an honest score;
# then the same unit in `tf.keras`.
#
# **Time:** 105 to 120 minutes for the exercises, 120 to 140 with all reading; the two ★, which you may skip, add 38. **You need:** net inputs $z = Xw + b$ (1.2), the irises (1.7), logarithms, the chain rule.
#
# Run the check below each exercise. No function may change its arguments.
# Stuck? `check.hint("sigmoid")` gives three hints, one at a time. 34 of the 43 points are without ★.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 2.1 From a step to a slope · 15 minutes
#
# Keep the net input $z = w \cdot x + b$ of chapter 1, which is also called the **logit**. Replace the step by a soft one, the **sigmoid**
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# and read $p = \sigma(z)$ as the probability of class 1. Lecture notes write $\theta$ for the weights and $g$ for $\sigma$:
#
# ```
# x1 = 1  --- w1 = 1.0 ---.
# x2 = 2  --- w2 = 0.5 ----+--- z = w.x + b ---(sigma)--- p
# x3 = -1 --- w3 = -1.0 --'         b = -1
# ```
#
# ### Worked example
#
# $z = 1 \cdot 1.0 + 2 \cdot 0.5 + (-1) \cdot (-1.0) - 1 = 2$. With $e^{-2} = 0.135$ the unit says $p = 1/1.135 = 0.881$.
#
# **Predict** $p$ for $x = (-1, 0, 0)$ and for $x = (1, 0, 0)$. No calculator is needed: what is $\sigma(z) + \sigma(-z)$?

# %%
# Your prediction: p for each of the two inputs. Replace each None. You see the answer after 'sigmoid'.
prediction = [None, None]

# %% [markdown]
# ### Exercise 1 · the sigmoid · 2 points · 7 minutes
#
# The formula has a twin: $\sigma(z) = e^{z}/(1 + e^{z})$. On paper they are equal. In NumPy $e^{1000}$ is infinite: at $z = -1000$ the first form gives $1/\infty = 0$,
# which is right, with a warning. At $z = 1000$ the second gives $\infty/\infty$, which is `nan`. The first alone passes here, and the check hides warnings. Run `sigmoid(np.array([-1000.0, 1000.0]))` in a cell of your own: does it warn? Can you do without the warning?

# %% given="levels"
levels = np.array([[-2.0, 0.5, 3.0], [1.0, -0.3, 0.0]])
far_levels = np.array([-1000.0, 1000.0, 710.0, -745.0, 40.0])
# What five forecasts said, and what happened; then five that were very sure.
forecast_p = np.array([0.9, 0.2, 0.5, 0.7, 0.4])
forecast_y = np.array([1.0, 0.0, 1.0, 0.0, 1.0])
sure_p = np.array([1e-15, 1 - 1e-9, 1e-12, 0.999, 1e-7])

# %% [markdown] hints="sigmoid"
# 1. What does $e^{-|z|}$ lie between, for any $z$?
# 2. With $u = e^{-|z|}$, which of the two forms fits $z \ge 0$, and which $z < 0$? `np.where(condition, a, b)` chooses entry by entry.
# 3. $1/(1+u)$ on one side of 0, and $u/(1+u)$ on the other

# %% exercise="sigmoid" bans="scipy sklearn tensorflow keras torch jax"
def sigmoid(z):
    """The logistic sigmoid of each entry.

    z: an array of any shape. Returns the same shape. Finite for any finite z.
    """
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)
    ### END SOLUTION

# %% check="sigmoid" points=2
check.values(sigmoid, levels)
check.values(sigmoid, levels[:1, :2])
check.values(sigmoid, far_levels, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for size in ((7, 5), (7, 5), (1, 5), (2, 3, 5)):
    check.values(sigmoid, rng.normal(size=size) * 3)
check.values(sigmoid, rng.normal(size=6) + 1000 * rng.permutation([-1, 1, -1, 1, -1, 1]), part="stable", if_passed="values")
### END HIDDEN TESTS

# %%
if check.needs(sigmoid):
    check.reveal(prediction, lambda: sigmoid(np.array([[-1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]) @ [1.0, 0.5, -1.0] - 1),
                 labels=["x = (-1, 0, 0)", "x = (1, 0, 0)"])

# %% [markdown]
# You said 0.881 for the first? Then a sign is lost: $z = -2$, and $\sigma(-z) = 1 - \sigma(z)$. You said 0 or 1 for the second? At $z = 0$ a step must choose; the sigmoid need not.
#
# ## 2.2 The price of being wrong · 28 minutes
#
# A forecast said $p$, then class $y$ came, 1 or 0. What came had the probability $p$ if $y = 1$, and $1 - p$ if $y = 0$. Its **surprise** is minus the logarithm of that: 0 for what was certain, large
# for what seemed impossible. If the rows are **independent**, the probability of them all, the **likelihood**, is a product; its logarithm is a sum. So the most likely
# weights are those with the smallest mean surprise, and that is our loss: the **binary cross-entropy**.
#
# By hand, for the first three forecasts below, $p = 0.9, 0.2, 0.5$ and $y = 1, 0, 1$: the surprises $-\log 0.9 = 0.105$, $-\log 0.8 = 0.223$ and $-\log 0.5 = 0.693$ have the sum 1.021 and the mean 0.340.
#
# ### Exercise 2 · find the bug in a printed cost · 2 points · 8 minutes
#
# One set of lecture slides prints the cost of one row, with $H$ for $p$, as
#
# $$C(H, y) = y \log H - (1 - y) \log(1 - H)$$
#
# Run it. Which rows are wrong, and which is the row that this "cost" likes best? Then write what it should be.

# %% given="slide"
def slide_cost(H, y):
    return y * np.log(H) - (1 - y) * np.log(1 - H)


for p, y in zip(forecast_p, forecast_y, strict=True):
    print(f"said {p:.1f}, came {y:.0f}: cost {slide_cost(p, y):6.3f}")

# %% [markdown] hints="surprise"
# 1. Can a surprise be negative? Which of the two terms is alive for $y = 1$?
# 2. One character is missing in front of the first term. Give one number a row: no mean yet.
# 3. $-\log p$ where $y = 1$, $-\log(1 - p)$ where $y = 0$

# %% exercise="surprise" bans="scipy sklearn tensorflow keras torch jax"
def surprise(p, y):
    """The surprise of each row: minus the logarithm of the probability that was given to what came.

    p: (N,) probabilities of class 1, strictly between 0 and 1; y: (N,) of 0.0 and 1.0. Returns (N,).
    """
    ### BEGIN SOLUTION
    return -y * np.log(p) - (1 - y) * np.log(1 - p)
    ### END SOLUTION

# %% check="surprise" points=2
check.values(surprise, forecast_p, forecast_y, weight=3)
check.values(surprise, forecast_p[:1], forecast_y[:1], weight=3)
check.values(surprise, sure_p, forecast_y, part="very sure", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(surprise, rng.uniform(0.1, 0.9, size=N), rng.permutation(np.arange(N) % 2).astype(float), weight=3)
y = np.array([1.0, 0.0, 1.0, 0.0, 1.0, 1.0])
p = np.where(y == 1, 10 ** rng.uniform(-15, -12, size=6), 1 - 10 ** rng.uniform(-5, -2, size=6))
check.values(surprise, p, y, part="very sure", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Which rows did the slide get wrong?</summary>Those with y = 1: their costs are negative. It likes "said 0.4, came 1" best, the most wrong of them. A minus is missing in front.</details>
#
# ### Exercise 3 · the loss, from logits · 4 points · 13 minutes
#
# At $z = 40$ the sigmoid is rounded to 1, and $\log(1 - p)$ is minus infinity. A small number added inside the logarithm "for safety" makes the worst errors look cheap. So your code must not compute $p$. On paper, put $p = \sigma(z)$ into the surprise and tidy up:
#
# $$-\log(1 - p) = \log(1 + e^{z}), \qquad -\log p = \log(1 + e^{z}) - z$$
#
# Weighted by $1 - y$ and $y$, and averaged:
#
# $$L = \frac1N \sum_{i=1}^{N} \bigl(\log(1 + e^{z_i}) - y_i z_i\bigr)$$
#
# One overflow is left. For $z > 0$ take $e^{z}$ out of the bracket, $1 + e^{z} = e^{z}(1 + e^{-z})$, and use that $e^{-|z|}$ is never above 1. (`np.log1p(u)` is $\log(1 + u)$ without rounding for small $u$.)
#
# **Predict** two losses of one row with $y = 1$: of a unit that has learned nothing, $z = 0$; and of one that is sure and wrong, $z = -1000$.

# %%
# Your prediction: the loss at z = 0 and at z = -1000, both with y = 1. Replace each None.
prediction_loss = [None, None]

# %% given="logits"
some_logits = np.array([2.0, -1.0, 0.5, -3.0, 0.1])
some_labels = np.array([1.0, 0.0, 0.0, 1.0, 1.0])
sure_logits, sure_labels = np.array([40.0, -100.0, 60.0, -30.0]), np.array([0.0, 1.0, 0.0, 1.0])
far_logits, far_labels = np.array([800.0, -1000.0, 900.0]), np.array([1.0, 0.0, 1.0])

# %% [markdown] hints="binary_cross_entropy"
# 1. What is the loss of one row for a very large $z$, if $y = 1$? And if $y = 0$?
# 2. Write $\log(1 + e^{z})$ first, with `np.maximum` for the part that was taken out. Then the labels. The mean comes last.
# 3. $\log(1 + e^{z}) = \max(z, 0) + \log(1 + e^{-|z|})$

# %% exercise="binary_cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def binary_cross_entropy(z, y):
    """Mean binary cross-entropy of logits and labels.

    z: (N,) logits, y: (N,) of 0.0 and 1.0. Returns a float. Finite for any finite z.
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))
    ### END SOLUTION

# %% check="binary_cross_entropy" points=4
check.values(binary_cross_entropy, some_logits, some_labels, weight=3)
check.values(binary_cross_entropy, some_logits[:1], some_labels[:1], weight=3)
check.values(binary_cross_entropy, sure_logits, sure_labels, part="stable", if_passed="values")
check.values(binary_cross_entropy, far_logits, far_labels, part="stable", if_passed="values")
check.values(binary_cross_entropy, far_logits, 1 - far_labels, part="stable", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for labels in ([1.0, 0, 0, 1, 0, 1, 1], [0, 1.0, 0, 1, 0, 0, 1, 0, 0, 1, 0], [1.0, 0, 0, 0, 1, 0, 1], [1.0]):
    check.values(binary_cross_entropy, rng.normal(size=len(labels)) * 2, np.array(labels), weight=3)
sides, labels = np.array([1.0, -1, 1, -1]), np.array([1.0, 0, 1, 0])
for z, y in ((rng.uniform(40, 100, size=4), 1 - labels), (rng.uniform(800, 1000, size=4), labels), (rng.uniform(800, 1000, size=4), 1 - labels)):
    check.values(binary_cross_entropy, z * sides, y, part="stable", if_passed="values")
### END HIDDEN TESTS

# %% figure="loss" folded="it draws"
if check.needs(sigmoid, binary_cross_entropy):
    check.reveal(prediction_loss, lambda: [binary_cross_entropy(np.array([z]), np.ones(1)) for z in (0.0, -1000.0)],
                 labels=["z = 0", "z = -1000"])
    z = np.linspace(-6, 6, 241)
    figure, (left, right) = plt.subplots(2, 1, figsize=(4.6, 5.6), layout="constrained")
    left.plot(z, sigmoid(z), "k-", label=r"$\sigma(z)$")
    left.plot(z, (z >= 0) * 1.0, ":", color="tab:orange", label="step")
    left.set(xlabel="logit z", ylabel="p", title="A soft step")
    right.plot(z, [binary_cross_entropy(np.array([one]), np.ones(1)) for one in z], "k-", label="cross-entropy")
    right.plot(z, (1 - sigmoid(z)) ** 2, "--", color="tab:orange", label="squared error")
    right.set(xlabel="logit z", ylabel="loss", title="What z costs if y = 1")
    for axes in (left, right):
        axes.legend()
    plt.show()

# %% [markdown]
# You said 0.5 for the first? That is the probability; its surprise is $\log 2$. You said infinity, or a small number, for the second? The loss of a sure error grows like $|z|$: in the lower panel the solid line is
# straight on its left side. The squared error $(1 - p)^2$, dashed, is flat there: who is wrong and sure learns nothing from it.
#
# ## 2.3 The gradient · 21 minutes
#
# Which way should $z$ move? The slope of $\log(1 + e^{z})$ is $e^{z}/(1 + e^{z})$. You know that function. **Derive** $dz_i = \partial L/\partial z_i$ on paper: one line, with the $yz$ and the $1/N$. In words: what was said
# minus what came.
#
# From $z_i = \sum_j X_{ij} w_j + b$, the weight $w_j$ has the slope $X_{ij}$ in row $i$ and the bias has slope 1. All rows use the same weights, so their shares add up:
#
# $$dw_j = \sum_{i=1}^{N} X_{ij}\, dz_i, \qquad db = \sum_{i=1}^{N} dz_i$$
#
# The sum over rows is a product with $X^\top$. Each gradient has the shape of what it moves: $dw$ is $(D,)$, and $db$ is one number.
#
# **Predict** for the unit of 2.1, one row $x = (1, 2, -1)$ with $p = 0.881$, and $y = 1$: the three numbers of $dw$, and $db$.
#
# ### Exercise 4 · loss and gradients of a batch · 8 points · 12 minutes
#
# Return the loss as well. Where did the $1/N$ go in $db$?

# %%
# Your prediction: dw1, dw2, dw3 and db. Replace each None. You see the answer after 'loss_and_gradients'.
prediction_gradient = [None, None, None, None]

# %% given="practice"
practice_X = np.round(np.cos(np.arange(21.0)).reshape(7, 3) * 2, 2)
practice_y = np.array([1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0])
practice_w = np.array([0.8, -1.1, 0.4])
practice_b = 0.3

# %% [markdown] hints="loss_and_gradients"
# 1. Which of your functions gives the loss, and which the probabilities? What has one entry a row?
# 2. First $z$, then $dz$, an array of shape (N,) with its $1/N$. After that two sums over the rows.
# 3. $dz = (\ldots - y)/N$; then $dw = X^\top dz$, and $db$ is a sum, not a mean

# %% exercise="loss_and_gradients" gradient_of="loss_and_gradients" wrt="w b" bans="scipy sklearn tensorflow keras torch jax autograd"
def loss_and_gradients(X, y, w, b):
    """Mean binary cross-entropy of a logistic unit, and its gradients.

    X: (N, D), y: (N,) of 0.0 and 1.0, w: (D,), b: float. Returns (loss, dw, db): a float, (D,), a float.
    """
    ### BEGIN SOLUTION
    z = X @ w + b
    dz = (sigmoid(z) - y) / len(X)
    return binary_cross_entropy(z, y), X.T @ dz, dz.sum()
    ### END SOLUTION

# %% check="loss_and_gradients" points=8
check.gradients(loss_and_gradients, practice_X, practice_y, practice_w, practice_b, names=["loss", "dw", "db"])
check.gradients(loss_and_gradients, practice_X[2:4, 1:], practice_y[2:4], practice_w[1:], -0.5, names=["loss", "dw", "db"])
check.gradients(loss_and_gradients, practice_X[:1, :1], practice_y[:1], practice_w[:1], -0.5, names=["loss", "dw", "db"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (11, 2), (7, 5)):
    check.gradients(loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 2, size=N).astype(float),
                    rng.normal(size=D), rng.normal(), names=["loss", "dw", "db"])
# One of everything, and no number that another could nearly cancel.
check.gradients(loss_and_gradients, rng.uniform(0.5, 1.5, size=(1, 1)), np.zeros(1), rng.uniform(0.5, 1.5, size=1),
                rng.uniform(0.5, 1.5), names=["loss", "dw", "db"])
### END HIDDEN TESTS

# %%
unit = np.array([[1.0, 2.0, -1.0]]), np.ones(1), np.array([1.0, 0.5, -1.0]), -1.0
if check.needs(loss_and_gradients):
    check.reveal(prediction_gradient, lambda: np.hstack(loss_and_gradients(*unit)[1:]), labels=["dw1", "dw2", "dw3", "db"])

# %% figure="unit" folded="it draws"
if check.needs(sigmoid, binary_cross_entropy, loss_and_gradients):
    X, y, w, b = unit
    z = (X @ w + b).item()
    loss, dw, db = loss_and_gradients(*unit)
    p = sigmoid(np.array([z])).item()
    figure, axes = plt.subplots(figsize=(5.6, 4.4))
    axes.set(xlim=(-0.5, 9.5), ylim=(-0.6, 3.7))
    axes.axis("off")
    inputs = [(f"$x_{j + 1}$", f"{X[0, j]:g}", f"$w_{j + 1}$ = {w[j]:g}", dw[j]) for j in range(3)] + [("1", "", f"b = {b:g}", db)]
    nodes = [(0, 3.2 - 1.1 * j, f"{name}\n{value}".strip()) for j, (name, value, _, _) in enumerate(inputs)]
    nodes += [(4.4, 1.55, f"z\n{z:g}"), (6.7, 1.55, f"p\n{p:.3f}"), (9, 1.55, f"L\n{loss:.3f}")]
    edges = [(j, 4, label, slope) for j, (_, _, label, slope) in enumerate(inputs)]
    edges += [(4, 5, r"$\sigma$", p - 1), (5, 6, r"$-\log p$", -1 / p)]
    for start, end, label, slope in edges:
        (x1, y1, _), (x2, y2, _) = nodes[start], nodes[end]
        x1, x2, share = x1 + 0.45, x2 - 0.5, 0.27 if start < 4 else 0.5
        x, height = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        axes.annotate("", (x2, y2 + 0.05), (x1, y1 + 0.05), arrowprops={"arrowstyle": "->"})
        axes.annotate("", (x1, y1 - 0.08), (x2, y2 - 0.08),
                      arrowprops={"arrowstyle": "->", "color": "tab:orange", "linestyle": "--"})
        plain = {"ha": "center", "fontsize": 10, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5}}
        axes.text(x, height + 0.16, label, va="bottom", **plain)
        axes.text(x, height - 0.19, f"{slope:.3f}", va="top", color="tab:orange", style="italic", **plain)
    for x, height, label in nodes:
        axes.text(x, height, label, ha="center", va="center", fontsize=10, bbox={"boxstyle": "circle", "facecolor": "white"})
    axes.set_title("x: (1, 3)   w: (3,)   b: one number   z, p: (1,)", fontsize=10)
    plt.show()

# %% [markdown]
# You said 0.881, 1.762 and so on? The label is not subtracted. All signs turned? You took $y - p$. About a tenth of each? You multiplied by $p(1-p)$, which belongs to the squared error.
#
# The figure: forward in black; backward, from the right, in orange, the slopes of $L$: first by $p$, then by $z$, then by each $w_j$ and $b$. The first is $-1/p = -1.135$; times the slope of the sigmoid, $p(1-p) = 0.105$, it is $p - y = -0.119$. A descent step moves each weight *against* its gradient, so here the weights of $x_1$ and $x_2$ and the bias grow, and $p$ comes nearer to 1.
#
# <details><summary>Where did the 1/N go in db?</summary>It is in each dz already; a mean would divide by N twice.</details>
#
# ## 2.4 Three ways downhill · 23 minutes
#
# A step of **gradient descent** takes $w \leftarrow w - \eta\, dw$ and $b \leftarrow b - \eta\, db$, both by gradients of the same point. How many rows should a gradient see?
#
# - **Batch** descent takes all $N$ rows for each step.
# - **Stochastic** descent takes one row.
# - **Mini-batch** descent takes some, as all large networks do.
#
# One step is an **update**; one pass through all rows is an **epoch**. An example: 48 rows in batches of 16 for 100 epochs are $48/16 \cdot 100 = 300$ updates. The last batch of each epoch may be
# smaller, and it counts.
#
# ### Exercise 5 · how many updates? · 1 point · 3 minutes

# %% [markdown] hints="count_updates"
# 1. How many batches has an epoch of 50 rows, if a batch has 16? How many rows has the last one?
# 2. Count the batches of one epoch first, as a whole number. Then the epochs.
# 3. $\lceil N/B \rceil \cdot \text{epochs}$; `-(-a // b)` rounds $a/b$ up

# %% exercise="count_updates"
def count_updates(n_rows, size, epochs):
    """How many updates mini-batch descent makes. All three are ints, and so is the result. The last batch may be smaller."""
    ### BEGIN SOLUTION
    return -(-n_rows // size) * epochs
    ### END SOLUTION

# %% check="count_updates" points=1
check.values(count_updates, 48, 16, 100)
check.values(count_updates, 50, 16, 100)
check.values(count_updates, 50, 64, 7)
check.values(count_updates, 50, 1, 2)
### BEGIN HIDDEN TESTS
rng = check.rng
size = int(rng.integers(20, 40))
for rows in (7 * size, 7 * size + 3, 9 * size - 1, size - 2):
    check.values(count_updates, rows, size, int(rng.integers(11, 99)))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6 · descent in batches of any size · 7 points · 14 minutes
#
# Start from a blank page. Take the rows **in the given order**; whoever wants them shuffled shuffles before the call. The gradient of a batch is the mean over **its own** rows: two, if the last batch has two. With `size` equal to $N$ it is
# batch descent, with 1 stochastic descent.

# %% given="flowers"
# 48 irises, 24 versicolor (0) and 24 virginica (1): the length of a sepal, centred and scaled.
_lengths, _species = data.load("iris")
_rows = np.r_[50:74, 100:124]
sepal_X = ((_lengths[_rows, :1] - 6.25) / 0.6).round(2)
sepal_y = (_species[_rows] == 2) * 1.0

# %% [markdown] hints="descend"
# 1. Which weights does the second batch of an epoch meet?
# 2. Two loops: epochs outside, starts of batches inside, `range(0, len(X), size)`. A slice beyond the end just stops. Mind not to call the batch `X`.
# 3. For each batch: its gradients by `loss_and_gradients`, then one step of $w$ and $b$ together, then one more update counted

# %% exercise="descend" bans="scipy sklearn tensorflow keras torch jax autograd"
def descend(X, y, w, b, rate, size, epochs):
    """Gradient descent in batches of consecutive rows, in the given order.

    X: (N, D), y: (N,) of 0.0 and 1.0, w: (D,) and b: float: where to start.
    rate: float; size: rows in a batch, an int; the last batch may have fewer; epochs: an int.
    Returns (w, b, updates): (D,), a float, and the number of updates.
    """
    ### BEGIN SOLUTION
    updates = 0
    for _ in range(epochs):
        for start in range(0, len(X), size):
            _, dw, db = loss_and_gradients(X[start:start + size], y[start:start + size], w, b)
            w, b = w - rate * dw, b - rate * db
            updates += 1
    return w, b, updates
    ### END SOLUTION

# %% check="descend" points=7
check.values(descend, practice_X, practice_y, practice_w, practice_b, 0.5, 3, 4, names=["w", "b", "updates"])
check.values(descend, practice_X[:4, 1:], practice_y[:4], practice_w[1:], -0.5, 0.8, 2, 3, names=["w", "b", "updates"])
check.values(descend, practice_X[:1, :1], practice_y[:1], practice_w[:1], -0.5, 0.8, 5, 2, names=["w", "b", "updates"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, size, epochs in ((11, 5, 4, 2), (13, 2, 13, 4), (11, 5, 4, 2), (5, 3, 1, 2), (9, 2, 3, 2)):
    check.values(descend, rng.normal(size=(N, D)), rng.permutation(np.arange(N) % 2).astype(float), rng.normal(size=D),
                 rng.normal(), rng.uniform(0.5, 1.0), size, epochs, names=["w", "b", "updates"])
check.values(descend, rng.uniform(0.5, 1.5, size=(1, 1)), np.zeros(1), rng.uniform(0.5, 1.5, size=1), rng.uniform(0.5, 1.5),
             0.7, 2, 3, names=["w", "b", "updates"])
### END HIDDEN TESTS

# %% [markdown]
# The figure moves: the same start, the same rate, the same six passes over 48 flowers, shuffled, on the surface of your loss over $w$ and $b$ (grey lines of equal loss, lowest at the star). **Who is near the star first? Who stays there?**

# %% figure="descents" folded="it draws"
if check.needs(binary_cross_entropy, loss_and_gradients, descend):
    ways = {48: ("batch, 48 rows a step", "o-", "tab:blue"), 16: ("mini-batch, 16 rows", "s--", "tab:orange"),
            1: ("stochastic, 1 row", "-", "0.55")}
    orders = [np.random.default_rng(epoch).permutation(48) for epoch in range(6)]
    paths, lines = {}, {}
    figure, axes = plt.subplots(figsize=(4.8, 4.4))
    for size, (label, style, color) in ways.items():
        w, b = np.array([-2.0]), 2.0
        paths[size] = [(0, -2.0, 2.0)]
        for batch in np.concatenate(orders).reshape(-1, size):
            w, b, _ = descend(sepal_X[batch], sepal_y[batch], w, b, 0.5, size, 1)
            paths[size].append((paths[size][-1][0] + size, float(w[0]), float(b)))
        lines[size] = axes.plot([], [], style, color=color, label=label, markersize=4, linewidth=1.2 if size > 1 else 0.8)[0]
    across, up = np.linspace(-2.6, 3.2, 60), np.linspace(-1.6, 2.6, 50)
    surface = [[binary_cross_entropy(sepal_X[:, 0] * one + other, sepal_y) for one in across] for other in up]
    axes.contour(across, up, surface, levels=[0.61, 0.65, 0.7, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8], colors="0.8", linewidths=0.8)
    best_w, best_b, _ = descend(sepal_X, sepal_y, np.zeros(1), 0.0, 1.0, 48, 500)
    axes.plot(best_w, best_b, "k*", markersize=14, markeredgecolor="white", zorder=5)
    axes.set(xlabel="w", ylabel="b", title="0 epochs")
    axes.legend(loc="upper right", fontsize=9)
    figure.tight_layout()

    def after(frame):
        seen = {size: [place for place in path if place[0] <= 288 * frame / 23] for size, path in paths.items()}
        for size, line in lines.items():
            line.set_data([w for _, w, _ in seen[size]], [b for _, _, b in seen[size]])
        axes.set_title(f"{6 * frame / 23:.1f} epochs, updates: " + ", ".join(str(len(path) - 1) for path in seen.values()), fontsize=10)
        return figure

    moving.figure(after, 24, alt="Three paths from one start, on lines of equal loss around a star. In six epochs batch descent "
                                 "makes 6 steps, mini-batch 18, stochastic 288.")

# %% [markdown]
# The stochastic path is there first and does not stay: each row pulls its own way. The batch goes straight; with more than six updates it would get there, and stay. The mini-batch is the bargain. (This loss is **convex**: one valley, so no start gets stuck.)
#
# ## 2.5 ★ Where it decides · 14 minutes
#
# Say 1 where $p \ge t$, for a threshold $t$. At $t = \frac12$ that is $z \ge 0$: a straight line again, as in 1.2. For another $t$ turn $\sigma$ around:
#
# $$\sigma(z) = t \iff z = \log \frac{t}{1 - t}$$
#
# That is the **log-odds** of $t$, and it shifts the line. By hand: $t = 0.9$ has $z = \log 9 = 2.197$.
#
# ### Exercise 7 · ★ the line where p is t · 3 points · 8 minutes
#
# With two inputs, $w_1 x_1 + w_2 x_2 + b = z$. Which $x_2$ is on the line, for given $x_1$?

# %% given="petals"
# Versicolor (0) and virginica (1): length and width of the petal in cm, less their means.
petals = (_lengths[50:, 2:] - _lengths[50:, 2:].mean(axis=0)).round(3)
is_virginica = (_species[50:] == 2) * 1.0
line_w, line_b, line_x1 = np.array([1.5, -2.5]), 0.75, np.array([-1.0, 0.0, 0.5, 2.0])

# %% [markdown] hints="boundary"
# 1. Which value has $z$ everywhere on this line? For $t = \frac12$ it is 0.
# 2. Write $w_1 x_1 + w_2 x_2 + b$ equal to the log-odds of $t$, and solve for $x_2$.
# 3. $x_2 = (\log\frac{t}{1-t} - \ldots)/w_2$

# %% exercise="boundary"
def boundary(x1, w, b, t):
    """The second coordinate of points where a logistic unit says p = t.

    x1: (K,) first coordinates, w: (2,) with w[1] not 0, b: float, t: strictly between 0 and 1. Returns (K,).
    """
    ### BEGIN SOLUTION
    return (np.log(t / (1 - t)) - b - w[0] * x1) / w[1]
    ### END SOLUTION

# %% check="boundary" points=3
check.values(boundary, line_x1, line_w, line_b, 0.9)
check.values(boundary, line_x1, line_w, line_b, 0.5)
check.values(boundary, line_x1[:1], -line_w, -1.5, 0.25)
### BEGIN HIDDEN TESTS
# one size because a plane has two axes
rng = check.rng
for K in (5, 5, 1):
    check.values(boundary, rng.normal(size=K), rng.choice([-1, 1], size=2) * rng.uniform(0.5, 2, size=2),
                 rng.uniform(0.5, 1.5), rng.choice([0.15, 0.35, 0.65, 0.85]) + rng.uniform(-0.1, 0.1))
### END HIDDEN TESTS

# %% figure="petals" folded="it draws"
if check.needs(sigmoid, loss_and_gradients, descend, boundary):
    w, b, _ = descend(petals, is_virginica, np.zeros(2), 0.0, 1.0, 100, 3000)
    figure, (left, right) = plt.subplots(2, 1, figsize=(4.8, 7.4), layout="constrained")
    x1 = np.linspace(-2, 2.1, 50)
    for t, style in ((0.1, ":"), (0.5, "-"), (0.9, "--")):
        left.plot(x1, boundary(x1, w, b, t), style, color="black", label=f"p = {t}")
    for value, marker, fill, name in ((0, "o", "white", "versicolor"), (1, "s", "0.4", "virginica")):
        left.plot(*petals[is_virginica == value].T, marker, color="black", markerfacecolor=fill, markersize=4, label=name)
    petal = np.array([4.8, 1.8]) - _lengths[50:, 2:].mean(axis=0)
    left.plot(*petal, "*", color="tab:orange", markersize=14, label="4.8 by 1.8 cm")
    left.set(xlabel="petal length - mean [cm]", ylabel="petal width - mean [cm]", ylim=(-0.8, 1), title="Three lines of one unit")
    left.legend(fontsize=9, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.2))
    species = {"the flowers of 2.4, which overlap": (sepal_X, sepal_y, "-"),
               "setosa, versicolor: they do not": (_lengths[:100, 2:] - 2.5, (_species[:100] == 1) * 1.0, "--")}
    epochs = [1, 3, 10, 30, 100, 300, 1000, 3000]
    for name, (X, y, style) in species.items():
        ends = [descend(X, y, np.zeros(X.shape[1]), 0.0, 1.0, len(X), turns) for turns in epochs]
        color = "black" if style == "-" else "tab:orange"
        right.semilogx(epochs, [np.linalg.norm(w_) for w_, _, _ in ends], style, color=color, label=name)
    right.set(xlabel="epochs", ylabel="length of w", title="Do the weights settle?")
    right.legend(fontsize=9, ncols=1, loc="upper left")
    plt.show()
    print(f"p for a petal of 4.8 by 1.8 cm: {sigmoid(petal @ w + b):.2f}")

# %% [markdown]
# For the petal of the first sentence, the star, the unit says 0.74, not two thirds: it goes by all hundred flowers, not by these three.
#
# The lower panel shows where the method breaks. Where flowers overlap, the weights settle. *Setosa* can be separated from *versicolor*. Then a longer $w$ is always better, and the weights grow for ever:
# probabilities from separable data say how long you trained.
#
# ## 2.6 Better than guessing? · 11 minutes, with ★ 35 minutes
#
# In 1976 a study compared 83 women who could not conceive a second time, the cases, with 165 who could, the controls. The data set `infert` is part of R. Five columns: schooling (0, 1, 2), age, earlier pregnancies, earlier induced abortions, earlier miscarriages.
# We train on two thirds, 165 rows, and hold 83 back. (That these are also the numbers of controls and cases is chance.)
#
# Whoever says "control" to everyone is right for 165 of 248, which is 66.5 % (of the 83 held back: 67.5 %). That is the **baseline**, without which an accuracy says nothing. And it finds no case.
#
# ### Exercise 8 · an honest score · 3 points · 7 minutes

# %% given="infert"
women, is_case = data.load("infert")
_shuffled = np.random.default_rng(2).permutation(248)
X_train, y_train = women[_shuffled[:165]], is_case[_shuffled[:165]]
X_test, y_test = women[_shuffled[165:]], is_case[_shuffled[165:]]
zeros = np.array([15.0, 0.0, 18.0, 16.0, 19.0])  # from which a check counts the columns
score_z = np.array([1.5, -0.25, 0.0, -2.0, 0.25, -1.0, -0.5])
score_y = np.array([1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0])

# %% given="accuracy" folded="it judges"
def accuracy(parameters, X, y):
    """The share of rows of X whose logit has the right sign, or a slip's name. parameters: (w, b)."""
    w, b = (np.asarray(part, dtype=float) for part in parameters)
    if w.shape != (X.shape[1],) or b.size != 1:
        raise ValueError(f"w {(X.shape[1],)} and one number b are expected; w {w.shape} and b {b.shape} came")
    if not w.any():
        return "bias_alone" if b.item() else "never_moves"
    z = X @ w + b.item()
    right = float(np.mean((z >= 0) == y))
    loss = np.mean(np.logaddexp(0, z) - y * z)
    if right >= 0.74 and loss > 0.56:
        return "starts_anew" if loss > 0.61 else "Enough rows are right, but their loss is above 0.56."
    return slip_of_scaling(w, b.item(), X, y) or right if loss > 0.7 else right


def slip_of_scaling(w, b, X, y):
    """The slip behind parameters that are far off on raw rows: with it undone they are good. "" for none."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    between = -np.quantile(X @ w, 1 - np.mean(y))  # a good bias, if w is good
    undone = {"scaling_not_undone": (w / std, b - w / std @ mean), "bias_not_mended": (w, b - w @ mean),
              "bias_mended_backwards": (w, b - 2 * w @ mean), "weights_multiplied": (w / std**2, b + (w - w / std**2) @ mean)}
    if abs(b + (w * std - w) @ mean - between) < 2:
        undone["bias_by_scaled_weights"] = w, between
    losses = {name: np.mean(np.logaddexp(0, X @ v + c) - y * (X @ v + c)) for name, (v, c) in undone.items()}
    best = min(losses, key=losses.get)
    if losses[best] < 0.6:
        return best
    return "raw_columns" if len(set(X @ w + b >= 0)) == 1 and abs(w @ mean + b) > 3 else ""

# %% [markdown] hints="scores"
# 1. At which $z$ is $p = \frac12$? Which label do you guess if you know nothing else, and in which share of the rows is it right?
# 2. A comparison gives an array of True and False, and its mean is a share. For the third number look only at the rows with $y = 1$.
# 3. accuracy: where $z \ge 0$ agrees with $y$; baseline: the larger of the two shares of labels; found: of the rows with $y = 1$, those with $z \ge 0$

# %% exercise="scores" bans="scipy sklearn tensorflow keras torch jax"
def scores(z, y):
    """Accuracy, its baseline, and the share of class 1 that was found. A row counts as 1 where p >= 1/2.

    z: (N,) logits, y: (N,) of 0.0 and 1.0, some of them 1. Returns (accuracy, baseline, found), floats in 0..1.
    """
    ### BEGIN SOLUTION
    said = z >= 0
    return np.mean(said == y), max(np.mean(y), 1 - np.mean(y)), np.mean(said[y == 1])
    ### END SOLUTION

# %% check="scores" points=3
check.values(scores, score_z, score_y, names=["accuracy", "baseline", "found"])
check.values(scores, score_z[1:4], score_y[1:4], names=["accuracy", "baseline", "found"])
check.values(scores, -score_z[[0, 1, 2, 4]], score_y[[0, 1, 2, 4]], names=["accuracy", "baseline", "found"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, cases in ((31, 11), (31, 13), (29, 19), (1, 1)):
    z = rng.permutation(np.linspace(-2.1, 1.9, N).round(1) if N > 1 else np.array([0.25]))
    y = rng.permutation(np.arange(N) < cases) * 1.0
    z[:3] = [0.0, 0.3, 0.7][:len(z[:3])]
    check.values(scores, z, y, names=["accuracy", "baseline", "found"])
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 9 · ★ train on people, score on others · 6 points · 20 minutes
#
# From a blank page, four parts.
# 1. Ages are in the thirties and the other columns near 1. Subtract each column's mean and divide by its standard deviation (`std`).
# 2. Start from zeros: a convex loss needs no luck.
# 3. Some 50 epochs in batches of 16 at a rate of 0.1, each from where the last one ended. A new random order for each epoch is the custom (these rows have one already): shuffle rows **and labels** alike.
# 4. The check hands *raw* rows to your unit. So undo part 1 in the weights: with $u_j = (x_j - m_j)/s_j$, which $w_j$ and $b$ give $\sum_j w_j x_j + b = \sum_j v_j u_j + c$? One column by hand, $m = 30$, $s = 5$, $v = 2$, $c = 1$: $2(x - 30)/5 + 1 = 0.4x - 11$.
#
# In the check the columns stand in another order and count from other zeros, and 0 and 1 may be swapped.

# %% [markdown] hints="train"
# 1. What would a rate that suits the age do to the other weights? Which numbers do you have to remember for part 4?
# 2. `rng.permutation(len(X))` gives an order; index rows and labels with the same one, and call `descend` for one epoch.
# 3. $w_j = v_j/s_j$; what is left of the means goes into $b = c - \ldots$

# %% exercise="train" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train a logistic unit on standardised columns; return its parameters for raw ones.

    X: (N, D) raw rows, y: (N,) integers 0 or 1, seed: int. Returns (w, b): (D,) and a float, so that X @ w + b are logits.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    mean, std = X.mean(axis=0), X.std(axis=0)
    scaled = (X - mean) / std
    v, c = np.zeros(X.shape[1]), 0.0
    for _ in range(50):
        order = rng.permutation(len(X))
        v, c, _ = descend(scaled[order], y[order], v, c, 0.1, 16, 1)
    w = v / std
    return w, c - w @ mean
    ### END SOLUTION

# %% check="train" points=6
# Up to three seeds are tried. One must be right for 74 % of the women who were held back, and its loss there at most 0.56.
check.trained(train, (X_train + zeros, y_train), held=(X_test + zeros, y_test), score=accuracy, at_least=0.74)
### BEGIN HIDDEN TESTS
zeros = check.rng.uniform(14, 20, size=5) * [1, 0, 1, 1, 1]
check.trained(train, (X_train + zeros, y_train), held=(X_test + zeros, y_test), score=accuracy, at_least=0.74)
### END HIDDEN TESTS

# %% figure="infert" folded="it draws"
if check.needs(sigmoid, loss_and_gradients, descend):
    ours = descend(women[:, [4, 3]], is_case * 1.0, np.zeros(2), 0.0, 0.5, 248, 4000)
    print(f"miscarriages {ours[0][0]:.4f}, induced {ours[0][1]:.4f}, bias {ours[1]:.4f}  (R's own example: 1.1972, 0.4181, -1.7079)")
if check.needs(sigmoid, loss_and_gradients, descend, scores, train):
    w, b = train(X_train, y_train, 0)
    z = X_test @ w + b
    figure, (left, right) = plt.subplots(2, 1, figsize=(4.6, 5.8), layout="constrained")
    bins = np.linspace(0, 1, 11)
    left.hist([sigmoid(z[y_test == 0]), sigmoid(z[y_test == 1])], bins, label=["controls", "cases"], color=["white", "0.4"],
              edgecolor="black")
    left.axvline(0.5, color="black", linestyle="--")
    left.set(xlabel="p", ylabel="women", title="Held back")
    left.legend()
    names = ["schooling", "age", "pregnancies", "induced ab.", "miscarriages"]
    right.barh(names, w * X_train.std(axis=0), color="0.4")
    right.axvline(0, color="black", linewidth=0.8)
    right.set(title="Weights of scaled columns")
    right.invert_yaxis()
    plt.show()
    right_share, guess, found = scores(z, y_test * 1.0)
    print(f"held back: {right_share:.1%} right, guessing {guess:.1%}, {found:.1%} of the cases found")

# %% [markdown]
# On two columns your descent gives R's numbers. With the ★, all five are better than guessing, by little, and miss many cases. Three cautions. This split is a kind one: over 300 splits one in nine did not beat guessing. The controls were **matched** to the cases in age, schooling and pregnancies, so those weights are no effects.
# And two controls were sought for each case, so $p$ is not a risk.
#
# ## 2.7 The same in Keras · 12 minutes
#
# `Dense(1, activation="sigmoid")` is the unit; its kernel has shape $(D, 1)$ and its bias $(1,)$. `BinaryCrossentropy` is the loss, `SGD` the descent, `fit` your two loops, with $y$ as it is, $(N,)$. Two habits of `fit` differ from yours: it takes 32 rows a batch, and it shuffles
# in each epoch. Both are arguments. (After several tries TensorFlow may print "retracing" in red: that is harmless.)
#
# ### Exercise 10 · your descent, by fit · 5 points · 10 minutes
#
# The model is built for you. `compile` it, `fit` it quietly (`verbose=0`), and return what `descend` returns. `model.optimizer.iterations` has counted the updates.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    from tensorflow import keras

keras.backend.set_floatx("float64")


def keras_unit(w, b, activation="sigmoid"):
    """A Keras model of one unit with these weights: (N, D) inputs to (N, 1) outputs."""
    model = keras.Sequential([keras.Input((len(w),)), keras.layers.Dense(1, activation=activation)])
    model.set_weights([w.reshape(-1, 1), np.array([b])])
    return model

# %% [markdown] hints="keras_descend"
# 1. Which three things does `compile` need to know here, and which is the metric that you do not need?
# 2. `fit(X, y, batch_size=..., epochs=..., shuffle=...)`; then `model.get_weights()` is a list of the kernel and the bias.
# 3. kernel $(D, 1)$ to $(D,)$: take its one column; bias $(1,)$ to a float; and `int(...)` of the iterations

# %% exercise="keras_descend" same_as="descend" uses="fit"
def keras_descend(X, y, w, b, rate, size, epochs):
    """The same as descend, by compile and fit. Returns (w, b, updates): a NumPy array (D,), a float, an int."""
    model = keras_unit(w, b)
    ### BEGIN SOLUTION
    model.compile(keras.optimizers.SGD(rate), keras.losses.BinaryCrossentropy())
    model.fit(X, y, batch_size=size, epochs=epochs, shuffle=False, verbose=0)
    kernel, bias = model.get_weights()
    return kernel[:, 0], float(bias[0]), int(model.optimizer.iterations)
    ### END SOLUTION

# %% check="keras_descend" points=5
check.values(keras_descend, practice_X, practice_y, practice_w, practice_b, 0.5, 3, 2, names=["w", "b", "updates"])
check.values(keras_descend, practice_X[:1, :1], practice_y[:1], practice_w[:1], -0.5, 0.8, 5, 2, names=["w", "b", "updates"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, size in ((37, 3, 8), (37, 3, 8)):
    check.values(keras_descend, rng.normal(size=(N, D)), rng.permutation(np.arange(N) % 2).astype(float), rng.normal(size=D),
                 rng.normal(), rng.uniform(0.5, 1.0), size, 2, names=["w", "b", "updates"])
check.values(keras_descend, rng.uniform(0.5, 1.5, size=(1, 1)), np.zeros(1), rng.uniform(0.5, 1.5, size=1), rng.uniform(0.5, 1.5),
             0.7, 2, 3, names=["w", "b", "updates"])
### END HIDDEN TESTS

# %% [markdown]
# Now three traps. None raises an error; Keras warns of the first. **Predict** before you run: what does `Dense(1, activation="softmax")` say for every woman? A unit *without* activation gives logits, and Keras cuts them at 0.5: which women change sides, and is the share of cases that it finds higher or lower?

# %% figure="traps" folded="it prints"
if check.needs(binary_cross_entropy, loss_and_gradients, descend, keras_descend):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, y = (X_test - mean) / std, y_test * 1.0
    w, b, _ = descend((X_train - mean) / std, y_train * 1.0, np.zeros(5), 0.0, 0.1, 16, 50)
    z, one_step = X @ w + b, keras_descend(X, y, w, b, 1.0, 83, 1)
    loss, dw, db = loss_and_gradients(X, y, w, b)
    by_keras = float(keras.losses.BinaryCrossentropy()(y[:, None], keras_unit(w, b)(X)))
    print(f"loss: yours {loss:.12f}, Keras {by_keras:.12f}")
    print(f"gradient, read off one step of rate 1: largest difference {np.abs(w - one_step[0] - dw).max():.0e}")
    says = keras_unit(w, b, "softmax")(X).numpy()
    print(f"softmax over one unit: from {says.min():g} to {says.max():g}, accuracy {np.mean((says[:, 0] >= 0.5) == y):.1%}")
    bare = keras_unit(w, b, None)
    bare.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    told = bare.evaluate(X, y, verbose=0, batch_size=83)[1]
    print(f"logits: Keras reports accuracy {told:.1%}; right are {np.mean((z >= 0) == y):.1%}")
    print(f"of the cases, z >= 0.5 finds {np.mean(z[y == 1] >= 0.5):.1%}; z >= 0 finds {np.mean(z[y == 1] >= 0):.1%}")
    print(f"y - p with y (N,) and p (N, 1) has shape {(y - keras_unit(w, b)(X).numpy()).shape}")

# %% [markdown]
# - A softmax over a single unit divides a number by itself. It says 1 to everyone; its "accuracy" is the share of cases.
# - Keras's "accuracy" cuts at 0.5 whatever it is given. A logit of 0.5 is $p = 0.62$, so fewer cases are found; the accuracy may even rise by luck. Say `BinaryAccuracy(threshold=0.0)`, of `keras.metrics`. TensorFlow's transfer-learning tutorial [had this slip](https://github.com/tensorflow/tensorflow/issues/41413).
# - $(N,)$ minus $(N, 1)$ is $(N, N)$: every row meets every label, and the mean is wrong.
#
# ## 2.8 In words · 5 minutes
#
# A colleague trains a unit on 10,000 emails of which 300 are spam. "97 % right," she says, "and the loss stays at 0.135." **What has her unit learned? How do the two numbers give it away? Name one more number to report. Why would a lower threshold alone
# not help her, and what would?**

# %% [markdown] written="spam" points=2
# ### BEGIN SOLUTION
# The unit says "no spam, p = 0.03" to everyone: it has learned the share of spam and nothing else (only the bias has moved). 97 % is the baseline, 9,700 of 10,000.
# The loss of a constant p = 0.03 is -0.03 log 0.03 - 0.97 log 0.97 = 0.135. One point for what it learned with at least one of the two numbers explained. One point for a further number (the share of spam that is found, or
# found and false alarms; or accuracy beside the baseline), for why a lower threshold does not help (p is the same for every email, so all of them change sides together), and for a change: better inputs or
# scaled columns, a rate or a number of epochs with which the weights move.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. A logistic unit says $p = \sigma(w \cdot x + b)$; its boundary is a straight line, one for each threshold.
# 2. Its loss is the mean surprise, $\log(1 + e^{z}) - yz$, computed from logits. It is convex.
# 3. Its gradient is what was said minus what came: $dw = X^\top (p - y)/N$.
# 4. Batches trade straight steps for many steps; the last batch counts.
# 5. An accuracy needs a baseline, and rows that were not trained on.
#
# ### Do you recall?
#
# <details><summary>Why does one unit never get more than three rows of XOR right (1.4)? Does a sigmoid help?</summary>Its boundary is one line, and no line parts the classes. The sigmoid changes how sure the unit is, not where it decides.</details>
#
# <details><summary>What does the perceptron rule (1.6) do with a row that is right already, and what does logistic regression do?</summary>The perceptron does nothing. Here the row still pulls, by p - y, which gets smaller the surer the unit is.</details>
#
# <details><summary>What are the loss of p = 1/2 and its gradient by z, if y = 1?</summary>log 2 = 0.693, and p - y = -0.5.</details>
#
# ### A challenge for an evening
#
# Newton's method divides the gradient by the curvature: with $S$ the diagonal matrix of $p_i(1 - p_i)$, step by $(X^\top S X)^{-1} X^\top (p - y)$. So R fits `infert`. How many steps give four right digits of its numbers?
#
# **New words:** *logit*: the net input $z$ before the sigmoid. *Surprise*: $-\log$ of the probability of what came. *Likelihood*: the probability of all labels. *Log-odds*: $\log\frac{p}{1-p}$, which is $z$. *Epoch*: one pass over all rows. *Update*: one step. *Baseline*:
# the score of guessing the most frequent label. *Convex*: with one valley only.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
