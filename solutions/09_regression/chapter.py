# %% [markdown]
# # 9 · Regression
#
# A network says which share of their income people spend by credit card. On people whom it has never met it explains nine tenths of the spread. Leave one of its columns out, and it does worse than a single number for everybody. What had it learned?
#
# **Why now.** Networks give numbers as well as classes: the value of a position in [AlphaGo](https://www.nature.com/articles/nature16961), the corner of a box in a photograph. Boxes made the bargain of 9.2 famous:
# [Fast R-CNN](https://arxiv.org/abs/1504.08083) trains them with it.
# To read beside it: [Dive into Deep Learning](https://d2l.ai/chapter_linear-regression/index.html), [common pitfalls](https://scikit-learn.org/stable/common_pitfalls.html) by the authors of scikit-learn.
#
# **You build:** losses for numbers, a line that outliers do not bend, scaled columns, an honest score, a whole experiment; then a network in `tf.keras`.
#
# **Time:** 90 to 110 minutes for quick readers, 115 to 135 with time to think. No ★ here. **You need:** net inputs (1.2), gradients over a batch (2.3), baselines (2.6), corners (3.2).
#
# Run the check below each exercise. No function may change its arguments. Stuck? `check.hint("huber")` gives three hints, one at a time.

# %% setup="imports"
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 9.1 What should an error cost? · 14 minutes
#
# A regression says a number $\hat y_i$ for each row, and $y_i$ comes. The **error** is $e_i = \hat y_i - y_i$, what was said minus what came. (Statistics calls $y_i - \hat y_i$ the **residual**.) Two costs are old:
#
# $$\mathrm{MSE} = \frac1N \sum_{i=1}^{N} e_i^2, \qquad \mathrm{MAE} = \frac1N \sum_{i=1}^{N} |e_i|$$
#
# They disagree even about the simplest fit, **one number $c$ for all rows**. The slope of the MSE by $c$ is $\frac2N \sum (c - y_i)$; it is 0 where $c$ is the mean. Under the MAE each row pulls with the same force, so as many must lie above $c$ as below: the median.
#
# ### Worked example
#
# $y = (1, 2, 9)$. At the mean, $c = 4$: squares $9, 4, 25$, so the MSE is $38/3 = 12.67$; the MAE is $(3 + 2 + 5)/3 = 3.33$. At the median, $c = 2$: MSE $50/3 = 16.67$, MAE $8/3 = 2.67$.
#
# **Predict** the best $c$ for each if somebody types 90 for 9.

# %%
# Your prediction: the best c by MSE, and by MAE, for y = (1, 2, 90). Replace each None, then run this cell.
prediction_best = [None, None]
check.reveal(prediction_best, lambda: [np.mean([1, 2, 90]), np.median([1, 2, 90])], labels=["by MSE", "by MAE"])

# %% [markdown]
# 45.5? That is the middle between the ends; it would be best for the *largest* error. One **outlier** drags the mean wherever it likes. The median does not move.
#
# ### Exercise 1 · two costs · 2 points · 4 minutes

# %% given="errors"
some_said = np.array([2.5, 0.0, -1.5, 4.0, 1.0])
some_came = np.array([2.0, 1.5, -3.5, 8.0, -2.25])
# The second row is said exactly: its error lies on the kink of |e|.
exact_said, exact_came = np.array([3.0, -0.5, 1.0]), np.array([1.5, -0.5, 4.0])
# Errors of one, two and more for Huber's loss, of both signs.
wide_said, wide_came = np.array([0.0, 2.0, -1.0, 5.0, 3.0, 0.5, -4.0]), np.array([0.4, -2.0, 2.5, 5.3, 1.25, 3.5, -3.9])
# Six rows for a linear model, and the row that is drawn in 9.3, with its w, b and threshold.
_rng = np.random.default_rng(9)
few_X, few_y = _rng.normal(size=(6, 3)), _rng.normal(size=6) * 2
few_w, few_b = np.array([0.8, -1.1, 0.4]), 0.3
drawn_row = np.array([[1.0, 2.0]]), np.array([3.5]), np.array([3.0, -1.0]), 0.5, 1.0
# Columns to standardise in 9.4; the second of flat_rows is constant.
train_rows = np.array([[2.0, 30.0, -1.0], [4.0, 10.0, 0.5], [6.0, 20.0, 2.0], [1.0, 70.0, -0.5], [3.0, 40.0, 0.5]])
other_rows = np.array([[7.0, 25.0, 1.5], [0.0, 90.0, -2.0]])
flat_rows = np.array([[2.0, 5.0], [3.0, 5.0], [7.0, 5.0]])
flat_others = np.array([[1.0, 5.0], [4.0, 6.5], [3.0, 4.0], [2.0, 5.0]])

# %% [markdown] hints="mean_errors"
# 1. What is the sum of the errors themselves, if one row is 5 too high and another 5 too low?
# 2. First the errors, one a row. Then a mean of their squares, and a mean of their sizes: `np.abs`.
# 3. Two means over the same $e_i = \hat y_i - y_i$, as two floats

# %% exercise="mean_errors" bans="scipy sklearn tensorflow keras torch jax"
def mean_errors(y_hat, y):
    """The mean squared and the mean absolute error.

    y_hat: (N,) what was said, y: (N,) what came. Returns (mse, mae), two floats.
    """
    ### BEGIN SOLUTION
    e = y_hat - y
    return np.mean(e**2), np.mean(np.abs(e))
    ### END SOLUTION

# %% check="mean_errors" points=2
check.values(mean_errors, some_said, some_came, names=["mse", "mae"])
check.values(mean_errors, exact_said, exact_came, names=["mse", "mae"])
check.values(mean_errors, exact_said[:1], exact_came[:1], names=["mse", "mae"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(mean_errors, rng.uniform(1.5, 6, size=N) * (-1.0) ** np.arange(N), rng.uniform(-1, 1, size=N), names=["mse", "mae"])
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · a slope with a kink · 3 points · 5 minutes
#
# By one output, $\partial\,\mathrm{MSE}/\partial \hat y_i = 2e_i/N$: the larger the error, the harder it pulls. The slope of $|e|$ knows the sign only. At $e = 0$ it has a **kink**, a corner (3.2), and any slope between those of its two sides is right.
#
# By hand: errors $(-3, 0, 2)$ have the slopes $-\frac13$, anything from $-\frac13$ to $\frac13$, and $\frac13$.

# %% [markdown] hints="absolute_loss"
# 1. Where does $1/N$ stand in the loss, and so in each slope?
# 2. The loss you have. For the slope, which function of NumPy gives $-1$, 0 or 1?
# 3. $\mathrm{sign}(e_i)$, and the factor of question 1

# %% exercise="absolute_loss" gradient_of="absolute_loss" wrt="y_hat" bans="scipy sklearn tensorflow keras torch jax autograd"
def absolute_loss(y_hat, y):
    """The mean absolute error and its gradient by what was said.

    y_hat: (N,), y: (N,). Returns (loss, dy_hat): a float and (N,).
    """
    ### BEGIN SOLUTION
    _, loss = mean_errors(y_hat, y)
    return loss, np.sign(y_hat - y) / len(y)
    ### END SOLUTION

# %% check="absolute_loss" points=3
check.gradients(absolute_loss, some_said, some_came, names=["loss", "dy_hat"])
check.gradients(absolute_loss, some_said[:1], some_came[:1], names=["loss", "dy_hat"])
check.gradients(absolute_loss, exact_said, exact_came, names=["loss", "dy_hat"], kink=True)
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.gradients(absolute_loss, rng.uniform(1.5, 6, size=N) * (-1.0) ** np.arange(N), rng.uniform(-1, 1, size=N), names=["loss", "dy_hat"])
y = rng.normal(size=6)
check.gradients(absolute_loss, y + np.array([0.0, 1.5, 0.0, -2.5, 0.5, -1.0]), y, names=["loss", "dy_hat"], kink=True)
### END HIDDEN TESTS

# %% [markdown]
# The slope never shrinks, so descent at a fixed rate jumps to and fro over the target: it cannot land.
#
# ## 9.2 Huber's bargain · 15 minutes
#
# [Huber](https://doi.org/10.1214/aoms/1177703732) joined the two in 1964: a parabola for small errors, straight lines for large ones, with a **threshold** $\delta$ between:
#
# $$h(e) = \tfrac12 e^2 \quad \text{where } |e| \le \delta$$
#
# Outside, the line goes on without a step and without a kink: at $|e| = \delta$ it has the parabola's value *and* its slope. **Derive** the line, $h(e)$ for $|e| > \delta$, and the slope $h'(e)$ everywhere. One number: for $\delta = 1$, an error of 3 costs 2.5.
#
# **Predict** the slopes of the *mean* of $h$ for the errors $(-3, 0.5, 2)$ and $\delta = 1$.

# %%
# Your prediction: the slopes by the three outputs. Replace each None. You see the answer after 'huber'.
prediction_slopes = [None, None, None]

# %% [markdown]
# ### Exercise 3 · Huber's loss and its gradient · 6 points · 10 minutes

# %% [markdown] hints="huber"
# 1. At $|e| = \delta$: which value does the parabola have, and which slope? A line with this slope through this point?
# 2. `np.where` chooses entry by entry, and asks the *size* of the error. For the slope `np.clip` does it in one go.
# 3. Outside: $h = \tfrac12\delta^2 + \delta\,(|e| - \ldots)$; its slope has the size $\delta$ and a sign

# %% exercise="huber" gradient_of="huber" wrt="y_hat" bans="scipy sklearn tensorflow keras torch jax autograd"
def huber(y_hat, y, threshold):
    """The mean of Huber's loss, and its gradient by what was said.

    y_hat: (N,), y: (N,), threshold: a float above 0. Returns (loss, dy_hat): a float and (N,).
    """
    ### BEGIN SOLUTION
    e = y_hat - y
    size = np.abs(e)
    losses = np.where(size <= threshold, e**2 / 2, threshold * (size - threshold / 2))
    return losses.mean(), np.clip(e, -threshold, threshold) / len(y)
    ### END SOLUTION

# %% check="huber" points=6
check.gradients(huber, wide_said, wide_came, 2.0, names=["loss", "dy_hat"])
check.gradients(huber, wide_said[:4], wide_came[:4], 0.5, names=["loss", "dy_hat"])
check.gradients(huber, wide_said[1:2], wide_came[1:2], 1.5, names=["loss", "dy_hat"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, threshold in ((9, 1.5), (9, 0.75), (1, 0.25)):
    errors = threshold * np.array([2.6, -3.1, 0.4, -0.5, 1.7, -1.4, 0.8, -0.2, 4.2])[:N] * rng.uniform(0.9, 1.1, size=N)
    y = rng.normal(size=N)
    check.gradients(huber, y + errors, y, threshold, names=["loss", "dy_hat"])
### END HIDDEN TESTS

# %% figure="losses" folded="it draws"
if check.needs(huber):
    check.reveal(prediction_slopes, lambda: huber(np.array([-3.0, 0.5, 2.0]), np.zeros(3), 1.0)[1], labels=["e = -3", "e = 0.5", "e = 2"])
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(4.8, 5.2), layout="constrained", sharex=True)
    e = np.linspace(-3, 3, 241)
    one = [huber(np.array([error]), np.zeros(1), 1.0) for error in e]
    upper.plot(e, e**2, "--", color="tab:orange", label="squared")
    upper.plot(e, np.abs(e), ":", color="black", label="absolute")
    upper.plot(e, [loss for loss, _ in one], "-", color="tab:blue", label="Huber, threshold 1")
    lower.plot(e, 2 * e, "--", color="tab:orange")
    lower.plot(e[e < 0], np.sign(e[e < 0]), ":", e[e > 0], np.sign(e[e > 0]), ":", color="black")
    lower.plot(e, [slope[0] for _, slope in one], "-", color="tab:blue")
    upper.set(ylabel="loss of one row", ylim=(0, 5))
    lower.set(ylabel="slope", xlabel="error", ylim=(-3, 3))
    upper.legend(fontsize=9)
    plt.show()

# %% [markdown]
# $-1, 0.5, 1$? The $1/N$ is missing. $-1, \frac16, \frac23$? You took a parabola throughout.
#
# With a threshold beyond every error, Huber's loss is **half** the MSE; with a tiny one it is about $\delta$ times the MAE. So its numbers for *different* thresholds must not be compared: a smaller $\delta$ makes every fit look better.
#
# <details><summary>The line and the slope</summary>Through (δ, δ²/2) with slope δ: δ²/2 + δ(|e| − δ) = δ(|e| − δ/2). The slope is e, cut off at −δ and δ.</details>
#
# ## 9.3 A line, pulled by its errors · 12 minutes
#
# A linear model says $\hat y = Xw + b$: the net input of 1.2, and nothing behind it. An output of a regression has **no activation**: a sigmoid could not say 1.5. (Several numbers a row take several outputs; what is never negative may take a softplus.) As in 2.3 each row's slope goes back through $X$:
#
# $$dw = X^\top d\hat y, \qquad db = \sum_{i=1}^{N} d\hat y_i$$
#
# By hand, the row of the figure: $x = (1, 2)$, $w = (3, -1)$, $b = 0.5$ say 1.5. It came 3.5, so $e = -2$. With $\delta = 1$ the loss is 1.5 and $d\hat y = -1$, so $dw = (-1, -2)$ and $db = -1$.
#
# ### Exercise 4 · loss and gradients of a linear model · 6 points · 7 minutes

# %% [markdown] hints="loss_and_gradients"
# 1. Which of your functions gives the loss and $d\hat y$ at once?
# 2. First what is said, `X @ w + b`; then one call; then two sums over the rows, one of them a product with the transpose.
# 3. $dw$ has the shape of $w$; $db$ is a sum, not a mean: where is the $1/N$ already?

# %% exercise="loss_and_gradients" gradient_of="loss_and_gradients" wrt="w b" bans="scipy sklearn tensorflow keras torch jax autograd"
def loss_and_gradients(X, y, w, b, threshold):
    """The mean Huber loss of a linear model, and its gradients.

    X: (N, D), y: (N,), w: (D,), b: float, threshold: a float above 0. Returns (loss, dw, db): a float, (D,), a float.
    """
    ### BEGIN SOLUTION
    loss, dy_hat = huber(X @ w + b, y, threshold)
    return loss, X.T @ dy_hat, dy_hat.sum()
    ### END SOLUTION

# %% check="loss_and_gradients" points=6
check.gradients(loss_and_gradients, few_X, few_y, few_w, few_b, 1.5, names=["loss", "dw", "db"])
check.gradients(loss_and_gradients, few_X[:4, :2], few_y[:4], few_w[:2], -0.5, 0.75, names=["loss", "dw", "db"])
check.gradients(loss_and_gradients, few_X[:1, :1], few_y[:1], few_w[:1], -0.5, 0.5, names=["loss", "dw", "db"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, threshold in ((7, 5, 1.0), (11, 2, 0.5), (7, 5, 1.0)):
    check.gradients(loss_and_gradients, rng.normal(size=(N, D)), rng.normal(size=N) * 2, rng.normal(size=D), rng.normal(), threshold,
                    names=["loss", "dw", "db"])
# One of everything, and no number that another could nearly cancel.
check.gradients(loss_and_gradients, rng.uniform(0.5, 1.5, size=(1, 1)), np.zeros(1), rng.uniform(0.5, 1.5, size=1),
                rng.uniform(0.5, 1.5), 0.25, names=["loss", "dw", "db"])
### END HIDDEN TESTS

# %% figure="row" folded="it draws"
if check.needs(huber, loss_and_gradients):
    X, y, w, b, threshold = drawn_row
    said = (X @ w + b).item()
    loss, dw, db = loss_and_gradients(*drawn_row)
    slope = huber(X @ w + b, y, threshold)[1].item()
    figure, axis = plt.subplots(figsize=(5.8, 3.2))
    nodes = [(0, 3, f"$x_1$ = {X[0, 0]:g}"), (0, 1.5, f"$x_2$ = {X[0, 1]:g}"), (0, 0, "1"), (2.6, 1.5, f"$\\hat y$ = {said:g}"),
             (4.4, 1.5, f"e = {said - y[0]:g}"), (6.2, 1.5, f"h = {loss:g}")]
    edges = [(0, 3, f"$w_1$ = {w[0]:g}", dw[0]), (1, 3, f"$w_2$ = {w[1]:g}", dw[1]), (2, 3, f"b = {b:g}", db),
             (3, 4, f"- {y[0]:g}", slope), (4, 5, "", slope)]
    for begin, end, label, back in edges:
        (x1, y1, _), (x2, y2, _) = nodes[begin], nodes[end]
        x1, x2 = x1 + 0.5, x2 - 0.55
        axis.annotate("", (x2, y2 + 0.06), (x1, y1 + 0.06), arrowprops={"arrowstyle": "->", "color": "tab:blue"})
        axis.annotate("", (x1, y1 - 0.08), (x2, y2 - 0.08), arrowprops={"arrowstyle": "->", "color": "tab:orange", "linestyle": "--"})
        x, height = x1 + 0.4 * (x2 - x1), y1 + 0.4 * (y2 - y1)
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
        axis.text(x, height + 0.13, label, color="tab:blue", ha="center", va="bottom", fontsize=9, bbox=paper)
        axis.text(x, height - 0.15, f"{back:g}", color="tab:orange", style="italic", ha="center", va="top", fontsize=9, bbox=paper)
    for x, height, label in nodes:
        axis.text(x, height, label, ha="center", va="center", fontsize=9, bbox={"boxstyle": "round,pad=0.35", "facecolor": "white"})
    axis.set(xlim=(-0.6, 6.8), ylim=(-0.5, 3.5))
    axis.axis("off")
    axis.set_title("X (1, 2), w (2,), b one number   solid: forward, dashed: slopes back", fontsize=9)
    figure.tight_layout()
    plt.show()

# %% [markdown]
# The next figure moves: two lines, from the same start, at the same rate. One of the sixteen targets was typed wrong. **Which line does it drag away?** Below are the errors of the solid one.

# %% figure="fit" folded="it draws"
if check.needs(huber, loss_and_gradients):
    _rng = np.random.default_rng(3)
    along = np.linspace(-1.5, 1.5, 16)
    heights = 2 * along + 1 + _rng.normal(size=16) * 0.25
    heights[13] = 12
    course = {}
    for threshold in (0.7, 1e9):
        w, b, course[threshold] = np.zeros(1), 0.0, []
        for _ in range(70):
            course[threshold].append((w[0], b))
            _, dw, db = loss_and_gradients(along[:, None], heights, w, b, threshold)
            w, b = w - 0.15 * dw, b - 0.15 * db

    def draw(frame):
        figure, (upper, lower) = plt.subplots(2, 1, figsize=(5.2, 4.6), sharex=True, height_ratios=(3, 2))
        upper.plot(along, heights, "ko", markersize=4)
        for threshold, style, colour, name in ((1e9, "--", "tab:orange", "squared"), (0.7, "-", "tab:blue", "Huber")):
            w, b = course[threshold][3 * frame]
            upper.plot(along, w * along + b, style, color=colour, label=f"{name}: {w:.1f} x + {b:.1f}")
        lower.axhline(0, color="black", linewidth=0.8)
        for level in (-0.7, 0.7):
            lower.axhline(level, color="0.6", linestyle=":")
        lower.vlines(along, 0, w * along + b - heights, color="tab:blue")
        upper.set(ylabel="y", ylim=(-4, 14), title=f"step {3 * frame}")
        lower.set(ylabel="error (Huber)", xlabel="x", ylim=(-9.5, 3))
        upper.legend(loc="upper left", fontsize=9)
        figure.subplots_adjust(left=0.13, bottom=0.12, top=0.92)
        return figure

    moving.figure(draw, 24, alt="Sixteen points, one of them far above the others. The line of squared errors turns steeper than the points and stays above most of them. Huber's "
                                 "line settles on them; its errors shrink between the dotted lines, but for that of the one point, which stays large.")

# %% [markdown]
# An error beyond the dotted lines pulls no harder than one on them.
#
# ## 9.4 Columns of one size · 10 minutes
#
# In the next data set `months` runs to 540 and `income` to 13.5. A rate that is small enough for one crawls for the other (9.6 prints by how much). So **standardise** each column: subtract its mean, divide by its standard deviation.
#
# Whose mean? The rows held back stand for people whom you have not met, so **mean and standard deviation come from the training rows only**, and are used for all. By hand: training values $(2, 4, 6)$ have the mean 4 and the standard deviation 1.633; a held-back 7 becomes $3/1.633 = 1.84$.
#
# ### Exercise 5 · standardise · 3 points · 6 minutes
#
# A column that is constant in training has a standard deviation of 0. Subtract its mean, and divide by 1.

# %% [markdown] hints="standardise"
# 1. Which of the two arguments has statistics of its own, and along which axis is a column?
# 2. `axis=0` twice: once for `mean`, once for `std`. Rows minus the means, then divided.
# 3. $u_j = (x_j - m_j)/s_j$, and `np.where(s == 0, ...)` for a constant column

# %% exercise="standardise" bans="scipy sklearn tensorflow keras torch jax pandas"
def standardise(train, rows):
    """Rows, column by column, in units of the training rows' standard deviations (numpy's std), from their means.

    train: (M, D), rows: (N, D). Returns (N, D). A column that is constant in train is divided by 1.
    """
    ### BEGIN SOLUTION
    mean, std = train.mean(axis=0), train.std(axis=0)
    return (rows - mean) / np.where(std == 0, 1.0, std)
    ### END SOLUTION

# %% check="standardise" points=3
check.values(standardise, train_rows, other_rows)
check.values(standardise, train_rows[:3, :2], train_rows[:3, :2])
check.values(standardise, train_rows[:4, :1], other_rows[:1, :1])
check.values(standardise, flat_rows, flat_others, part="constant column", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for M, N in ((9, 4), (9, 4), (6, 1)):
    zero, unit = rng.uniform(-5, 5, size=5), rng.uniform(0.5, 4, size=5)
    check.values(standardise, zero + unit * rng.normal(size=(M, 5)), zero + unit * (rng.normal(size=(N, 5)) + 0.7))
train, rows = rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
train[:, 1] = 2.5
check.values(standardise, train, rows, part="constant column", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# ## 9.5 Better than the mean? · 9 minutes
#
# Is an MSE of 13 good? That depends on the unit. So compare it with a baseline (2.6), the best single number for these rows, their mean. Its MSE is their variance:
#
# $$R^2 = 1 - \frac{\mathrm{MSE}}{\mathrm{Var}(y)}$$
#
# 1 is perfect, 0 as good as that mean, and below 0 worse. By hand: $y = (1, 2, 9)$ has the variance 12.67; whoever says $(2, 2, 7)$ has the MSE 1.67, and $R^2 = 1 - 1.67/12.67 = 0.87$.
#
# Lecture notes report for a network on 102 held-back houses of Boston: MSE 13.136, $R^2 = 0.8422$. **Predict** the variance of those prices. If it is not theirs, one of the two is wrong.

# %%
# Your prediction: the variance of the test prices. Replace the None, then run this cell.
prediction_variance = [None]
check.reveal(prediction_variance, lambda: 13.136137008666992 / (1 - 0.8421969063118736), labels=["variance"])

# %% [markdown]
# It fits: theirs is 83.24. About 15.6? You divided by $R^2$.
#
# ### Exercise 6 · R² · 3 points · 5 minutes

# %% [markdown] hints="r_squared"
# 1. Which MSE belongs to the model, and which to the baseline?
# 2. `mean_errors` gives one of them, `np.var` the other. Which array does the variance belong to?
# 3. One minus their ratio

# %% exercise="r_squared" bans="scipy sklearn tensorflow keras torch jax"
def r_squared(y_hat, y):
    """The coefficient of determination of these rows.

    y_hat: (N,), y: (N,), not all equal. Returns a float, at most 1.
    """
    ### BEGIN SOLUTION
    mse, _ = mean_errors(y_hat, y)
    return 1 - mse / np.var(y)
    ### END SOLUTION

# %% check="r_squared" points=3
# no batch of one because one row has no variance
check.values(r_squared, some_said, some_came)
check.values(r_squared, exact_said, exact_came)
check.values(r_squared, wide_said[:4] + 3, wide_came[:4])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, wrong in ((7, 0.3), (7, 0.4), (11, 2.0), (2, 0.2)):
    y = rng.permutation(np.linspace(-2, 2, N)) + rng.uniform(1, 3)
    check.values(r_squared, y * 1.1 + wrong * rng.uniform(0.5, 1.5, size=N), y)
### END HIDDEN TESTS

# %% [markdown]
# ## 9.6 The whole experiment · 24 minutes
#
# `creditcard` has 1,319 applications for a credit card, published by the economist Greene. Which **share** of their income did people spend by card? One set of slides asks for it from eight columns, `lab` below. Which threshold is best for that? Three kinds of rows keep the answer honest:
#
# - **training rows** give means, standard deviations, weights and bias;
# - **validation rows** choose between the fits, here by their MAE;
# - **test rows** are met once, at the end, by the chosen fit.
#
# ### Exercise 7 · choose and report · 8 points · 20 minutes
#
# From a blank page. The first half of `order` (`len(order) // 2`) are the training rows; those up to `3 * len(order) // 4` validate; the rest test. Start each fit at zeros, and take `steps` full-batch steps. Of equal MAEs the first counts. Fit nothing again at the end.

# %% given="cards"
cards, share = data.load("creditcard")
names = ["card", "reports", "age", "income", "expenditure", "owner", "selfemp", "dependents", "months", "majorcards", "active"]
lab = [1, 2, 3, 4, 7, 8, 9, 10]
shuffled = np.random.default_rng(9).permutation(1319)


def trial(N, seed):
    """Rows with noise and some outliers, an order, and thresholds to choose from, to try an experiment on."""
    rng = np.random.default_rng(seed)
    X, noise = rng.normal(size=(N, 3)), rng.normal(size=N)
    X[:, 1] += 0.5
    y = X @ [1.5, -1.0, 0.5] + 1 + noise + 8 * (rng.random(N) < 0.25) * rng.choice([-1, 1], size=N)
    return X, y, rng.permutation(N)


some_incomes, some_spending = cards[:6, 3], cards[:6, 4]
trial_X, trial_y, trial_order = trial(24, 25)
other_X, other_y, other_order = trial(19, 4)
some_thresholds, other_thresholds = (0.2, 0.6, 1.5, 5.0), (0.8, 0.3, 4.0, 1.5)

# %% [markdown] hints="experiment"
# 1. Which rows may `standardise` take as its first argument, for all three kinds? What has to be set anew for each threshold?
# 2. Three pieces of `order`; three scaled arrays; a loop over thresholds with a loop of steps in it, and a note of the best so far.
# 3. After its steps a fit says `Z_val @ w + b`; keep $(\text{MAE}, \delta, w, b)$ if the MAE is smaller than what you keep. At the end `r_squared` of the test rows

# %% exercise="experiment" bans="scipy sklearn tensorflow keras torch jax autograd"
def experiment(X, y, order, thresholds, rate, steps):
    """Fit linear models with Huber's loss, choose a threshold on validation rows, report on test rows.

    X: (N, D), y: (N,), order: (N,) row numbers, thresholds: a tuple of floats, rate: float, steps: int.
    Returns (threshold, w, b, r2): the chosen threshold, its (D,) weights of scaled columns, its bias, R² of the test rows.
    """
    ### BEGIN SOLUTION
    half, most = len(order) // 2, 3 * len(order) // 4
    train, val, test = order[:half], order[half:most], order[most:]
    Z_train, Z_val, Z_test = (standardise(X[train], X[rows]) for rows in (train, val, test))
    best = None
    for threshold in thresholds:
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(steps):
            _, dw, db = loss_and_gradients(Z_train, y[train], w, b, threshold)
            w, b = w - rate * dw, b - rate * db
        _, mae = mean_errors(Z_val @ w + b, y[val])
        if best is None or mae < best[0]:
            best = mae, threshold, w, b
    _, threshold, w, b = best
    return threshold, w, b, r_squared(Z_test @ w + b, y[test])
    ### END SOLUTION

# %% check="experiment" points=8
# no batch of one because three kinds of rows are needed
check.values(experiment, trial_X, trial_y, trial_order, some_thresholds, 0.7, 7, names=["threshold", "w", "b", "r2"])
check.values(experiment, other_X[:, :2], other_y, other_order, other_thresholds, 0.6, 8, names=["threshold", "w", "b", "r2"])
### BEGIN HIDDEN TESTS
rng = check.rng
# The same rows in other units: who chooses wrongly there, does so here.
zero, unit, turn, money = rng.uniform(-3, 3, size=3), rng.uniform(0.5, 3, size=3), rng.permutation(3), rng.uniform(0.5, 2)
check.values(experiment, (zero + unit * trial_X)[:, turn], money * trial_y, trial_order, tuple(money * np.array(some_thresholds)), 0.7, 7,
             names=["threshold", "w", "b", "r2"])
check.values(experiment, (zero + unit * other_X)[:, :2], money * other_y, other_order, tuple(money * np.array(other_thresholds)), 0.6, 8,
             names=["threshold", "w", "b", "r2"])
### END HIDDEN TESTS

# %% figure="lab" folded="it draws"
if check.needs(mean_errors, huber, loss_and_gradients, standardise, r_squared, experiment):
    table = cards[shuffled[:659]][:, lab]
    for what, Z in (("as they are", table), ("scaled", standardise(table, table))):
        Z = np.column_stack([Z, np.ones(len(Z))])
        print(f"columns {what}: half the MSE blows up at rates above {2 / np.linalg.eigvalsh(Z.T @ Z / len(Z))[-1]:.1g}")
    threshold, w, b, r2 = experiment(cards[:, lab], share, shuffled, (0.01, 0.03, 0.1, 1.0), 0.3, 200)
    print(f"the slides' eight columns: threshold {threshold:g}, R² of the test rows {r2:.2f}")
    figure, axis = plt.subplots(figsize=(5, 2.8))
    axis.barh([names[column] for column in lab], w, color="0.4")
    axis.axvline(0, color="black", linewidth=0.8)
    axis.invert_yaxis()
    axis.set(xlabel="weight of the scaled column", title="What does it listen to?")
    figure.tight_layout()
    plt.show()
    print("income  expenditure     share")
    for row in range(6):
        print(f"{cards[row, 3]:6.2f}  {cards[row, 4]:11.2f}  {share[row]:8.5f}")

# %% [markdown]
# ## 9.7 Too good · 15 minutes
#
# People's spending, from age and months at an address? Be suspicious of a result before you enjoy it. One bar gives it away. A column that is known only when the answer is known is a **leak**.
#
# ### Exercise 8 · find the bug in a lab · 3 points · 10 minutes
#
# The slides' task runs without an error, and is worthless: it reads the answer off a column. Look at the six rows above. How is `share` *made* of two of its columns? `income` is in 10,000 USD a year, `expenditure` in USD a month, `share` has no unit. (The table adds up to 12 USD a year: leave that out.) **Predict** it for the first row before you code; you will be off by less than 1 %.

# %% [markdown] hints="share_of"
# 1. Divide `share` by `expenditure / income` for two rows that spend much. Which number comes nearly twice?
# 2. How many USD a year are spent by card, and how many USD a year are earned?
# 3. $\dfrac{12 \cdot \ldots}{10^4 \cdot \ldots}$

# %% exercise="share_of" bans="numpy.linalg scipy sklearn tensorflow keras torch jax"
def share_of(income, expenditure):
    """The share of a year's income that is spent by card.

    income: (N,) in 10,000 USD a year, expenditure: (N,) in USD a month. Returns (N,).
    """
    ### BEGIN SOLUTION
    return 12 * expenditure / (10_000 * income)
    ### END SOLUTION

# %% check="share_of" points=3
check.values(share_of, some_incomes, some_spending)
check.values(share_of, some_incomes[:3], some_spending[3:])
check.values(share_of, some_incomes[:1], some_spending[:1])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(share_of, rng.uniform(1, 9, size=N), rng.uniform(20, 900, size=N))
### END HIDDEN TESTS

# %% figure="leak" folded="it draws"
if check.needs(mean_errors, huber, loss_and_gradients, standardise, r_squared, experiment, share_of):
    made = share_of(cards[:, 3], cards[:, 4])
    print(f"your formula: R² {r_squared(made, share):.5f} on all rows; off by {np.max(np.abs(made - share) * 1e4 * cards[:, 3]):.1f} USD a year at most")
    honest = [column for column in lab if column != 4]
    print("without expenditure:  threshold   MAE    R² (test rows)")
    train, val, test = np.split(shuffled, [659, 989])
    figure, axes = plt.subplots(2, 1, figsize=(4.6, 5.4), sharex=True, sharey=True)
    for axis, columns, title in zip(axes, (lab, honest), ("with expenditure", "without"), strict=True):
        Z = standardise(cards[train][:, columns], cards[test][:, columns])
        for one in (0.01, 0.1):
            _, w, b, r2 = experiment(cards[:, columns], share, shuffled, (one,), 0.3, 200)
            said = Z @ w + b
            if columns is honest:
                print(f"{one:30g}   {mean_errors(said, share[test])[1]:.3f}   {r2:.3f}")
        axis.plot(share[test], said, "k.", markersize=3)
        axis.plot([0, 0.6], [0, 0.6], "--", color="tab:orange")
        axis.set(ylabel="said", title=f"{title}, threshold {one:g}: R² {r2:.2f}")
    axes[1].set_xlabel("share that came, test rows")
    figure.tight_layout()
    plt.show()

# %% [markdown]
# Without the leak almost nothing is left. That is the result. Mind the two lines: with the small threshold the MAE is better and $R^2$ worse. Huber heads for the median, and $R^2$ asks for the mean: **score what you fit**.
#
# A second leak is in the table: without a card nothing is spent, so `card` would tell. And a formula is found by looking at rows, not at scores.
#
# ## 9.8 The same in Keras · 19 minutes
#
# `Normalization` learns mean and variance by `adapt`, and keeps them as weights that are not trained. **Trap:** without `adapt` it changes nothing, and as a rule raises nothing. (Only `fit` of a model without `Input` stops, with an `InaccessibleTensorError` that does not name the cause.)
#
# ### Exercise 9 · scaled by a layer · 3 points · 4 minutes

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    from tensorflow import keras

keras.backend.set_floatx("float64")

# %% [markdown] hints="keras_standardise"
# 1. Which rows may the layer learn from?
# 2. Make the layer, `adapt` it to one array, and call it with the other.
# 3. A layer gives a tensor; `.numpy()` makes it an array

# %% exercise="keras_standardise" same_as="standardise" uses="Normalization"
def keras_standardise(train, rows):
    """The same as standardise, by a Normalization layer. No column of train is constant. Returns a NumPy array (N, D)."""
    ### BEGIN SOLUTION
    layer = keras.layers.Normalization()
    layer.adapt(train)
    return layer(rows).numpy()
    ### END SOLUTION

# %% check="keras_standardise" points=3
check.values(keras_standardise, train_rows, other_rows)
check.values(keras_standardise, train_rows[:4, :1], other_rows[:1, :1])
### BEGIN HIDDEN TESTS
rng = check.rng
for M, N, D in ((5, 2, 3), (6, 1, 4)):
    zero, unit = rng.uniform(-5, 5, size=D), rng.uniform(0.5, 4, size=D)
    check.values(keras_standardise, zero + unit * rng.normal(size=(M, D)), zero + unit * (rng.normal(size=(N, D)) + 0.7))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 10 · a network of 64, 32 and 1 · 4 points · 11 minutes
#
# Transfer: the notes' network for Boston's 13 columns, for any number of columns.
#
# ```
# 13 -> Normalization -> 64, relu -> 32, relu -> 1 -> what is said
# ```
#
# **Predict** two counts: the numbers that training moves, and those that it does not. (The layer keeps mean, variance and a count.)

# %% given="network" folded="it judges"
def some_parameters(D, seed):
    """Weights and biases of layers of 64, 32 and 1, small. Returns (W1, b1, W2, b2, W3, b3)."""
    rng = np.random.default_rng(seed)
    sizes = ((D, 64), (64,), (64, 32), (32,), (32, 1), (1,))
    return tuple(rng.normal(size=size) / np.sqrt(size[0]) for size in sizes)


def counts(D):
    """How many numbers of the network for D columns are trained, and how many are not."""
    return np.array([(D + 1) * 64 + 65 * 32 + 33, 2 * D + 1])


def network(train, X, parameters):
    """What the network says of rows X, if it was adapted to train: (N, 1), and its two counts."""
    W1, b1, W2, b2, W3, b3 = parameters
    A = np.maximum((X - train.mean(axis=0)) / train.std(axis=0) @ W1 + b1, 0)
    return np.maximum(A @ W2 + b2, 0) @ W3 + b3, counts(train.shape[1])


table_13 = np.random.default_rng(13).normal(size=(6, 13)) * 3 + 1
weights_13, weights_1 = some_parameters(13, 0), some_parameters(1, 2)

# %%
# Your prediction for 13 columns: trained, not trained. Replace each None, then run this cell.
prediction_counts = [None, None]
check.reveal(prediction_counts, lambda: counts(13), labels=["trained", "not trained"])

# %% adapter="regressor" of="build_regressor" same_as="network"
def regressor(train, X, parameters):
    """What the student's model says of rows X with these trained parameters, and its two counts."""
    model = build_regressor(train.copy())
    if not isinstance(model, keras.Model):
        return "nothing_returned" if model is None else "no_model"
    model(train)  # one without an Input has its weights from here on
    trained = model.trainable_weights
    if [tuple(weight.shape) for weight in trained] != [part.shape for part in parameters]:
        return "other_layers"
    for weight, part in zip(trained, parameters, strict=True):
        weight.assign(part)
    fixed = sum(int(np.prod(weight.shape)) for weight in model.non_trainable_weights)
    return np.array(model(X)), np.array([sum(part.size for part in parameters), fixed])

# %% [markdown] hints="build_regressor"
# 1. Which layer has to see the training rows before it is used? How many columns have they?
# 2. `keras.Sequential` of the adapted layer and three `Dense` layers.
# 3. `relu` on two of the three `Dense` layers: which one stays without?

# %% exercise="build_regressor" uses="Normalization"
def build_regressor(train):
    """A Keras model: a Normalization layer adapted to train, layers of 64 and 32 with relu, and one linear output.

    train: (M, D) training rows. Returns the model, not compiled: (N, D) rows to (N, 1).
    """
    ### BEGIN SOLUTION
    layer = keras.layers.Normalization()
    layer.adapt(train)
    return keras.Sequential([layer, keras.layers.Dense(64, activation="relu"), keras.layers.Dense(32, activation="relu"),
                             keras.layers.Dense(1)])
    ### END SOLUTION

# %% check="build_regressor" points=4
# one size because layers of 64, 32 and 1 are asked
check.values(regressor, table_13, table_13[:4] + 1, weights_13, part="model", names=["said", "counts"])
check.values(regressor, train_rows[:4, :1], other_rows[:1, :1], weights_1, part="model", names=["said", "counts"])
### BEGIN HIDDEN TESTS
rng = check.rng
for M, N, D in ((6, 4, 13), (5, 1, 5)):
    train = rng.uniform(-5, 5, size=D) + rng.uniform(0.5, 4, size=D) * rng.normal(size=(M, D))
    check.values(regressor, train, rng.normal(size=(N, D)) * 3, some_parameters(D, int(rng.integers(1000))), part="model", names=["said", "counts"])
### END HIDDEN TESTS

# %% figure="history" folded="it trains, for some seconds"
if check.needs(huber, standardise, r_squared, build_regressor):
    theirs = float(keras.losses.Huber(delta=2.0)(wide_came, wide_said))
    print(f"Huber's loss, threshold 2: yours {huber(wide_said, wide_came, 2.0)[0]:.12f}, Keras {theirs:.12f}")
    train, test = shuffled[:989], shuffled[989:]
    figure, axes = plt.subplots(2, 1, figsize=(4.8, 5), sharex=True, sharey=True)
    for axis, columns, title in zip(axes, (lab, [column for column in lab if column != 4]), ("with expenditure", "without"), strict=True):
        keras.utils.set_random_seed(0)
        model = build_regressor(cards[train][:, columns])
        model.compile(keras.optimizers.Adam(0.01), "mse")
        history = model.fit(cards[train][:, columns], share[train], batch_size=32, epochs=15, validation_split=0.2, verbose=0).history
        r2 = r_squared(np.array(model(cards[test][:, columns]))[:, 0], share[test])
        axis.semilogy(history["loss"], "-", color="tab:blue", label="training rows")
        axis.semilogy(history["val_loss"], "--", color="tab:orange", label="validation rows")
        axis.axhline(share[test].var(), color="black", linestyle=":", label="variance of the test rows")
        axis.set(ylabel="MSE", title=f"{title}: R² {r2:.2f}")
        axis.grid(alpha=0.4)
        own = r_squared(np.array(model(cards[train[:791]][:, columns]))[:, 0], share[train[:791]])
        print(f"{title}: R² of the rows it learned from {own:.2f}, of the test rows {r2:.2f}")
    axes[0].legend(fontsize=8)
    axes[1].set_xlabel("epoch")
    figure.tight_layout()
    plt.show()

# %% [markdown]
# 3,036 trained? Those of `Normalization` are not. 26 untrained? You left its count out.
#
# With the leak, some 2,700 weights find a division. Without it the training loss still falls, and the dashed line does not: the network begins to learn its rows by heart. It explains a fifth of their spread, and nothing of that of others. (`Adam` is that of 8.6.)
#
# Two habits of `fit` to know. `validation_split=0.2` takes the **last** fifth of the rows as they stand, so shuffle before. And a training loss is the mean over an epoch in which the weights move, a validation loss is taken at its end: so the dashed line may lie lower at first.
#
# And Boston? One of its 13 columns, `B`, is $1000\,(s - 0.63)^2$ of the share $s$ of Black residents: its authors took segregation for something that makes prices. From a `B` below 137 the share cannot be told: two shares give it. Scikit-learn has [removed the data](https://scikit-learn.org/1.1/modules/generated/sklearn.datasets.load_boston.html) for that. So we ship no copy; the cell asks Keras.

# %% figure="boston" folded="it looks"
if check.needs(standardise):
    warning = " ".join((keras.datasets.boston_housing.load_data.__doc__ or "").split())
    warning = warning[warning.find("WARNING"):] if "WARNING" in warning else "nothing"
    print("Keras says of it:", warning.partition(". ")[0].replace("*", "") + ".")
    if (Path.home() / ".keras" / "datasets" / "boston_housing.npz").exists():
        (houses, _), (others, prices) = keras.datasets.boston_housing.load_data()
        print(f"Boston: {houses.shape} and {others.shape}, variance of the test prices {prices.var():.2f}")
        print("row 0, scaled:", *(f"{entry:.2f}" for entry in standardise(houses, houses[:1])[0]))
        off = np.sqrt(houses[:, 11] / 1000)
        print(f"in {np.mean((off <= 0.37) & (off > 0)):.0%} of the rows B stands for two shares alike, 0.63 less and 0.63 more than that")
    else:
        print("Boston is not on this machine, and nothing here needs it. With a network keras.datasets.boston_housing.load_data() fetches it.")

# %% [markdown]
# ## 9.9 In words · 7 minutes
#
# A classmate predicts the rents of flats. She standardises the whole table, splits it, fits by MAE and reports $R^2 = 0.97$ on her test rows. One column is `deposit`; by law it is three rents.
#
# **Which two mistakes did she make? Which of them explains 0.97, and how would you show it? Why may $R^2$ be unfair to a fit by MAE?**

# %% [markdown] written="rents" points=2
# ### BEGIN SOLUTION
# One point for both mistakes: deposit is a leak (a third of it is the rent), and mean and standard deviation were taken from test rows, too. One point for the reasons: the leak explains 0.97
# (deposit / rent is the same in all rows; leave the column out and score again), standardising with the test rows changes little with many rows; and R² is made of squares, whose best fit is the mean, while the MAE heads for the median.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. Squares head for the mean, sizes for the median; Huber's loss is a parabola inside its threshold, and pulls with one force outside.
# 2. A regression's output has no activation; each row's slope goes back through $X$.
# 3. Means and standard deviations come from training rows only.
# 4. Validation rows choose, test rows are met once; $R^2$ compares with the mean.
# 5. A result that is too good is a question. Look for the column that knows.
#
# ### Do you recall?
#
# <details><summary>What does an accuracy need beside it (2.6), and what takes its place here?</summary>The baseline of the most frequent class. Here it is the mean, and R² has it built in.</details>
#
# <details><summary>What do you take for a slope on a kink, a corner (3.2)?</summary>Any number between the slopes of the two sides. NumPy's sign takes 0.</details>
#
# <details><summary>Which fits may be compared by their Huber losses?</summary>Those of one threshold. Between thresholds, compare the MAE or the MSE.</details>
#
# ### A challenge for an evening
#
# Tilt the MAE: an error costs $q|e|$ if too little was said, $(1 - q)|e|$ if too much. Which $c$ is best then, for $q = 0.9$? Derive it as in 9.1, fit it, and draw lines for 0.1, 0.5 and 0.9: such forecasts say how sure they are.
#
# **New words:** *error*: what was said minus what came. *Outlier*: a row far from where the others would put it. *Threshold*: where Huber's parabola ends. *Standardise*: mean 0, standard deviation 1, by the training rows. *Validation rows*: they choose. *Leak*: a column that knows the answer.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
