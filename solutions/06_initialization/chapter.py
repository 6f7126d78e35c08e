# %% [markdown]
# # 6 · Initialization
#
# Two networks of eleven layers, the same digits, the same steps. One reads 93 of 100. The other guesses, and its loss stands at 2.303 for ever.
# Only the *size* of their first random numbers differs.
#
# **Why now.** Rules of this chapter's kind, for how spread and rate follow the width, let [Tensor Programs V](https://arxiv.org/abs/2203.03466) tune a small language model
# and take the settings over to one of 6.7 billion weights. And a notebook beside a well-known textbook stood still for some 50 batches, until a reader drew
# its weights [with 0.1 instead of 0.01](https://github.com/ageron/handson-ml/pull/176). Beside this: [CS231n's notes](https://cs231n.github.io/neural-networks-2/),
# [Dive into Deep Learning](https://d2l.ai/chapter_multilayer-perceptrons/numerical-stability-and-init.html).
#
# **You build:** the activations of a deep network, two initialisers, one layer backwards, the start and the training of eleven layers; then the same start in `tf.keras`.
#
# **Time:** 100 to 120 minutes. **You need:** mean and variance, mini-batches (2.4), tanh and ReLU (3.1, 3.2), back-propagation (4.4), cross-entropy (5.3).
#
# Run the check below each exercise. No function may change its arguments. Stuck? `check.hint("activations")` gives three hints, one at a time.

# %% setup="imports"
from itertools import pairwise
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 6.1 Down ten layers · 16 minutes
#
# A layer takes $X$ of shape $(N, D)$ and has weights $W$ of shape $(D, H)$. It computes $Z = XW$ and then $A = f(Z)$, both $(N, H)$. The number of inputs of a unit is
# the layer's **fan-in**, here $D$; the number of units that each input feeds is its **fan-out**, here $H$. Biases may start at zero, as unequal weights already part the units; this chapter leaves them out.
# (Some give ReLU units 0.01, so that all are on at first. It does not reliably help.)
#
# ### Worked example
#
# $x = (1, 2)$ meets $W_1$ with the rows $(1, -1)$ and $(\frac12, \frac14)$: $z = (1 + 1, -1 + \frac12) = (2, -\frac12)$. ReLU makes $a = (2, 0)$ of it. A second layer with one unit and
# the weights $\frac12$ and $3$ gives $2 \cdot \frac12 + 0 \cdot 3 = 1$.
#
# ### Exercise 1 · the activations of all layers · 3 points · 4 minutes
#
# Each output is the next layer's input: $A_0 = X$ and $A_l = f(A_{l-1} W_l)$. The function `layer` is given. One line of the loop is missing.

# %% given="layer"
def layer(X, W, kind):
    """One layer without bias.

    X: (N, D), W: (D, H), kind: "linear", "tanh" or "relu". Returns (N, H).
    """
    Z = X @ W
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "relu":
        return np.maximum(Z, 0)
    return Z


def gaussian_weights(sizes, std, seed):
    """A tuple of normal weights, all with one standard deviation. sizes: (n_0, ..., n_L)."""
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(0, std, size=(m, n)) for m, n in pairwise(sizes))


# A small network to try things on: 4 rows, then 7, 5, 11 and 3 units. No two sizes are equal.
few = np.random.default_rng(62)
small_X = np.round(few.normal(size=(4, 7)), 2)
small_weights = tuple(np.round(few.normal(size=(m, n)) / np.sqrt(m), 2) for m, n in [(7, 5), (5, 11), (11, 3)])
lean_weights = (small_weights[0][:6, :3], small_weights[1][:3, :4], small_weights[2][:4, :2])  # of 6, 3, 4 and 2
small_y = np.array([0, 2, 1, 2])
deep_X = np.random.default_rng(6).normal(size=(500, 300))  # the inputs of a deep network

# %% [markdown] hints="activations"
# 1. What does the second layer take: $X$, or what the first layer gave?
# 2. `layer` does one step. Where must its result be when the next turn of the loop begins?
# 3. $A_l = \mathrm{layer}(\ldots, W_l)$

# %% exercise="activations" bans="tensorflow keras torch jax"
def activations(X, weights, kind):
    """What comes out of every layer of a deep network.

    X: (N, n_0); weights: a tuple (W_1, ..., W_L), W_l of shape (n_{l-1}, n_l); kind: of every layer, as in `layer`.
    Returns a tuple (A_1, ..., A_L), A_l of shape (N, n_l).
    """
    A, outputs = X, []
    for W in weights:
        ### BEGIN SOLUTION
        A = layer(A, W, kind)
        ### END SOLUTION
        outputs.append(A)
    return tuple(outputs)

# %% check="activations" points=3
check.values(activations, small_X, small_weights, "tanh", part="linear and tanh", names=["A1", "A2", "A3"])
check.values(activations, small_X, small_weights[:1], "linear", part="linear and tanh", names=["A1"])
check.values(activations, small_X[:3, :5], small_weights[1:], "tanh", part="linear and tanh", names=["A1", "A2"])
check.values(activations, small_X, small_weights, "relu", part="relu", names=["A1", "A2", "A3"])
check.values(activations, -small_X[:1, :6], lean_weights, "relu", part="relu", names=["A1", "A2", "A3"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (7, 5), (1, 1)):
    check.values(activations, rng.normal(size=(N, D)), (rng.normal(size=(D, 11)), rng.normal(size=(11, 3))), "tanh",
                 part="linear and tanh", names=["A1", "A2"])
for N, D in ((5, 3), (5, 3), (1, 1)):
    check.values(activations, rng.normal(size=(N, D)), (rng.normal(size=(D, 7)), rng.normal(size=(7, 11)),
                 rng.normal(size=(11, 4))), "relu", part="relu", names=["A1", "A2", "A3"])
check.values(activations, rng.normal(size=(11, 7)), (rng.normal(size=(7, 5)),), "linear",
             part="linear and tanh", names=["A1"])
check.values(activations, rng.normal(size=(7, 2)), tuple(rng.normal(size=(n, n + 1)) for n in range(2, 6)), "linear",
             part="linear and tanh", names=["A1", "A2", "A3", "A4"])
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · how is a layer doing? · 3 points · 7 minutes
#
# The **standard deviation** of its activations, their spread, says whether there is still a signal. The **saturated share** says how many are stuck: where $|a| > 0.95$, tanh is nearly
# flat, and through a flat function no gradient comes. By hand: of $(-0.97, 0.2, 0.96, 0.5)$ half are saturated.

# %% [markdown] hints="layer_statistics"
# 1. Which of your functions gives the activations of all layers?
# 2. `np.std` of a whole matrix is one number. The mean of a comparison is a share. Do negative values saturate?
# 3. $s_l = \mathrm{std}(A_l)$ over all entries, and $q_l$ is the mean of $[\,|A_l| > \ldots]$

# %% exercise="layer_statistics" bans="tensorflow keras torch jax"
def layer_statistics(X, weights, kind):
    """Standard deviation and saturated share of every layer.

    X, weights, kind: as in `activations`. Returns (stds, saturated), two arrays of shape (L,): the standard deviation
    of all entries of A_l (divided by their number, as np.std does), and the share of entries of A_l with |a| > 0.95.
    """
    ### BEGIN SOLUTION
    outputs = activations(X, weights, kind)
    stds = np.array([np.std(A) for A in outputs])
    saturated = np.array([np.mean(np.abs(A) > 0.95) for A in outputs])
    return stds, saturated
    ### END SOLUTION

# %% check="layer_statistics" points=3
check.values(layer_statistics, small_X, tuple(4 * W for W in small_weights), "tanh", names=["stds", "saturated"])
check.values(layer_statistics, 2 * small_X, small_weights, "relu", names=["stds", "saturated"])
check.values(layer_statistics, 2 * small_X[:1, :6], lean_weights, "tanh", names=["stds", "saturated"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (7, 5), (1, 2)):
    check.values(layer_statistics, rng.normal(size=(N, D)) * 2, (rng.normal(size=(D, 11)), rng.normal(size=(11, 3))),
                 "tanh", names=["stds", "saturated"])
check.values(layer_statistics, rng.normal(size=(11, 3)) * 2, (rng.normal(size=(3, 7)), rng.normal(size=(7, 5)),
             rng.normal(size=(5, 4))), "relu", names=["stds", "saturated"])
check.values(layer_statistics, rng.normal(size=(11, 7)) * 2, (rng.normal(size=(7, 5)),), "tanh",
             names=["stds", "saturated"])
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** Ten layers of 300 tanh units. The inputs have standard deviation 1, the weights are normal with mean 0 and standard deviation 0.01. What is the standard deviation after
# layer 1, and what after layer 10? A power of ten will do for the second.

# %%
# Your prediction: after layer 1, after layer 10. Replace each None, then run this cell.
prediction_depth = [None, None]
if check.needs(activations, layer_statistics):
    check.reveal(prediction_depth,
                 lambda: np.asarray(layer_statistics(deep_X, gaussian_weights((300,) * 11, 0.01, 0), "tanh")[0])[[0, 9]],
                 labels=["layer 1", "layer 10"])

# %% [markdown]
# You said 0.01 for the first? 300 terms add up. 3? They have signs, and mostly cancel. The same number twice? What one layer does, ten do ten times over.
#
# ## 6.2 The variance of a sum · 13 minutes
#
# Why layer 10 hears nothing: take one unit before its activation.
#
# $$z = \sum_{i=1}^{n} x_i w_i$$
#
# The weights are drawn independently of each other and of the inputs, with mean 0. All inputs have the same mean square $\mathrm{E}[x^2]$.
#
# 1. For $i \ne j$ the mean of $x_i w_i x_j w_j$ has the factor $\mathrm{E}[w_i]\,\mathrm{E}[w_j] = 0$. So variances add.
# 2. Each term has mean 0, because $\mathrm{E}[w] = 0$. So its variance is its mean square, and means of independent things multiply: $\mathrm{E}[x^2 w^2] = \mathrm{E}[x^2]\,\mathrm{E}[w^2]$.
# 3. $\mathrm{E}[w^2] = \mathrm{Var}(w)$, as the mean is 0. With $n = n_{in}$ terms:
#
# $$\mathrm{Var}(z) = n_{in}\, \mathrm{Var}(w)\, \mathrm{E}[x^2]$$
#
# By hand: $x = (1, 2)$, and a coin makes each weight $\frac12$ or $-\frac12$. So $z$ is one of $1.5, 0.5, -0.5, -1.5$. The squares $2.25 + 0.25 + 0.25 + 2.25 = 5$ have the mean $1.25$, and the rule says
# $2 \cdot 0.25 \cdot 2.5 = 1.25$. (Notes that write $\mathrm{Var}(x)$ here need inputs of mean 0, which ReLU's outputs lack.)
#
# Near zero $\tanh z \approx z$, so with $\sigma_w = \sqrt{\mathrm{Var}(w)}$ **each layer multiplies the spread by** $\sqrt{n_{in}}\,\sigma_w$. Above that was $\sqrt{300} \cdot 0.01 = 0.173$, and its tenth power is $2.4 \cdot 10^{-8}$.
# As long as $\tanh z \approx z$, the spread stays level only if
#
# $$n_{in}\, \mathrm{Var}(w) = 1$$
#
# **The way back.** The error at an input is $dx_i = \sum_j dz_j w_{ij}$. **Derive** on paper what keeps the spread of errors: go through the three steps again, with errors that are independent of $W$. Over which units does the sum run,
# and how many are there? The figure shows both sums.

# %% figure="fan"
if check.needs(activations):
    x, dz = np.array([[1.0, 2.0, -1.0, 2.0]]), np.array([[1.0, -2.0, 1.0]])
    W = np.array([[1, -1, 1], [1, 1, -1], [-1, 1, 1], [-1, -1, 1]]) / 2
    z, dx = activations(x, (W,), "linear")[0], dz @ W.T
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    left, right = [(0.0, 3.0 - i) for i in range(4)], [(4.0, 2.75 - 1.25 * j) for j in range(3)]
    on_line = {"ha": "center", "va": "center", "fontsize": 9, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
    for i, (x1, y1) in enumerate(left):
        for j, (x2, y2) in enumerate(right):
            axes.plot([x1, x2], [y1, y2], color="0.85", linewidth=1, zorder=0)
            if j == 0:
                axes.annotate("", (x2 - 0.38, y2 + 0.08), (x1 + 0.35, y1 + 0.08), arrowprops={"arrowstyle": "->", "color": "tab:blue"})
                axes.text(1.2, y1 + 0.08 + 0.26 * (y2 - y1), f"{W[i, j]:g}", color="tab:blue", **on_line)
            if i == 3:
                axes.annotate("", (x1 + 0.35, y1 - 0.08), (x2 - 0.38, y2 - 0.08),
                              arrowprops={"arrowstyle": "->", "color": "tab:orange", "linestyle": "--"})
                axes.text(2.9, y1 - 0.08 + 0.78 * (y2 - y1), f"{W[i, j]:g}", color="tab:orange", style="italic", **on_line)
    for i, (x1, y1) in enumerate(left):
        axes.text(x1, y1, f"$x_{i + 1}$ = {x[0, i]:g}", ha="center", va="center", bbox={"boxstyle": "round", "facecolor": "white"})
    for j, (x2, y2) in enumerate(right):
        axes.text(x2, y2, f"$z_{j + 1}$ = {z[0, j]:g}\n$dz_{j + 1}$ = {dz[0, j]:g}", ha="center", va="center",
                  bbox={"boxstyle": "round", "facecolor": "white"})
    axes.text(5.0, 2.75, f"forward, solid:\n4 terms, fan-in\n$z_1$ = {z[0, 0]:g}", color="tab:blue", va="center")
    axes.text(-2.1, -0.05, f"backward, dashed:\n3 terms, fan-out\n$dx_4$ = {dx[0, 3]:g}", color="tab:orange", style="italic", va="center")
    axes.set(xlim=(-2.2, 6.7), ylim=(-0.6, 3.4))
    axes.axis("off")
    axes.set_title("X (1, 4)      W (4, 3)      Z (1, 3)", fontsize=10)
    plt.show()

# %% [markdown]
# Yours has $n_{out}$, the fan-out, where the first has $n_{in}$. Both hold at once only if the two are equal. [Glorot and Bengio](https://proceedings.mlr.press/v9/glorot10a.html) took a compromise in 2010, the mean of both fans:
#
# $$\frac{n_{in} + n_{out}}{2}\, \mathrm{Var}(w) = 1$$
#
# **ReLU** sets about half of all $z$ to 0. By hand: $(-2, -1, 1, 2)$ has the mean square $10/4 = 2.5$, and $(0, 0, 1, 2)$ has $5/4 = 1.25$. If the law of $z$ is symmetric,
# it is always the half, $\mathrm{E}[a^2] = \frac12 \mathrm{Var}(z)$. [He and others](https://arxiv.org/abs/1502.01852) made up for it in 2015:
#
# $$\tfrac12\, n_{in}\, \mathrm{Var}(w) = 1$$
#
# | start | variance of a weight | meant for |
# |---|---|---|
# | LeCun | $1 / n_{in}$ | tanh, forward only |
# | Glorot, also called Xavier | $2 / (n_{in} + n_{out})$ | tanh, both ways |
# | He | $2 / n_{in}$ | ReLU |
#
# **Where it breaks.** Weights are independent only before the first step, and errors never quite are. tanh shrinks what is not near 0. In narrow layers the spread wanders by chance. Layers that
# rescale or add signals, as transformers have, change the factor. [Batch normalisation](https://arxiv.org/abs/1502.03167) rescales each unit by its mean and spread at every step, and so forgives much of a bad start.
#
# ## 6.3 Two rules, two laws · 14 minutes
#
# ### Exercise 3 · Glorot's rule, uniform law · 2 points · 6 minutes
#
# A uniform law on $[-r, r]$ has the variance
#
# $$\frac{1}{2r} \int_{-r}^{r} w^2 \, dw = \frac{r^2}{3}$$
#
# By hand: for LeCun's $1/n_{in}$ with $n_{in} = 12$, $r^2 = 3/12$ and $r = 0.5$. The cell below has that start; yours differs in the rule. The check judges the law of your
# numbers: any generator made of the seed will do.

# %% given="lecun"
def lecun_uniform(shape, seed):
    """shape: (fan_in, fan_out), seed: int. Returns weights of that shape, uniform, variance 1 / fan_in."""
    fan_in = shape[0]
    limit = np.sqrt(3 / fan_in)
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)


lecun = lecun_uniform((120, 30), seed=0)
print(f"variance {lecun.var():.5f}, 1 / fan_in {1 / 120:.5f}")

# %% [markdown] hints="glorot_uniform"
# 1. Which variance does Glorot ask for, and which limit gives a uniform law that variance?
# 2. Solve $r^2/3 = \mathrm{Var}(w)$ for $r$ before you write code.
# 3. $r = \sqrt{\ldots / (n_{in} + n_{out})}$

# %% exercise="glorot_uniform" bans="tensorflow keras torch jax"
def glorot_uniform(shape, seed):
    """Glorot's start, uniform law. shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    ### BEGIN SOLUTION
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=shape)
    ### END SOLUTION

# %% check="glorot_uniform" points=2
check.sampled(glorot_uniform, (10, 44), std=0.19245, low=-0.333334, high=0.333334)
### BEGIN HIDDEN TESTS
m, n = int(check.rng.integers(240, 300)), int(check.rng.integers(60, 90))
for fan_in, fan_out in ((m, n), (n, m + 1)):
    limit = 1.000001 * np.sqrt(6 / (fan_in + fan_out))  # room for float32
    check.sampled(glorot_uniform, (fan_in, fan_out), std=np.sqrt(2 / (fan_in + fan_out)), low=-limit, high=limit)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4 · He's rule, normal law · 3 points · 5 minutes
#
# A generator's `normal` takes a standard deviation, not a variance.

# %% [markdown] hints="he_normal"
# 1. Which of the two fans is in He's rule, and which axis of the shape is that?
# 2. The rule gives a variance. What does the generator want?
# 3. $\sigma_w = \sqrt{\ldots}$, and `normal(mean, standard deviation, size)`

# %% exercise="he_normal" bans="tensorflow keras torch jax"
def he_normal(shape, seed):
    """He's start, normal law (not cut off). shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    ### BEGIN SOLUTION
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / shape[0]), size=shape)
    ### END SOLUTION

# %% check="he_normal" points=3
check.sampled(he_normal, (7, 50), std=0.534522, weight=2)
check.sampled(he_normal, (300, 70), std=0.0816497, weight=2)
check.sampled(he_normal, (300, 70), std=0.0816497, law="normal", part="bell", if_passed="distribution")
### BEGIN HIDDEN TESTS
m, n = int(check.rng.integers(240, 300)), int(check.rng.integers(60, 90))
check.sampled(he_normal, (m, n), std=np.sqrt(2 / m), weight=2)
check.sampled(he_normal, (m, n), std=np.sqrt(2 / m), law="normal", part="bell", if_passed="distribution")
### END HIDDEN TESTS

# %% figure="depth"
if check.needs(activations, layer_statistics, glorot_uniform, he_normal):
    glorot_10 = tuple(np.asarray(glorot_uniform((300, 300), seed)) for seed in range(10))
    he_10 = tuple(np.asarray(he_normal((300, 300), seed)) for seed in range(10))
    runs = [("ReLU, He", he_10, "relu", "-"), ("tanh, Glorot", glorot_10, "tanh", "--"),
            ("ReLU, Glorot", glorot_10, "relu", "-."),
            ("tanh, 0.01", gaussian_weights((300,) * 11, 0.01, 0), "tanh", ":")]
    figure, axes = plt.subplots(figsize=(6.5, 3))
    for label, weights, kind, style in runs:
        axes.semilogy(range(1, 11), layer_statistics(deep_X, weights, kind)[0], style, color="black", label=label)
    axes.set(xlabel="layer", ylabel="standard deviation", title="Activations, layer by layer", xticks=range(1, 11))
    axes.legend()
    plt.show()

# %% [markdown]
# tanh with 0.01 keeps $0.173$ of its spread in each layer, ReLU with Glorot's start $\sqrt{1/2}$: it lacks the 2. ReLU with He's stays level. tanh with Glorot's sinks slowly.
#
# ## 6.4 Too large · 11 minutes
#
# ### Exercise 5 · find the bug in a printed table · 3 points · 9 minutes
#
# This table stands in lecture slides, with $m$ inputs and $m'$ outputs:
#
# | activation | limit $r$ | standard deviation |
# |---|---|---|
# | sigmoid | $\sqrt{6/(m+m')}$ | $\sqrt{2/(m+m')}$ |
# | tanh | $4\sqrt{6/(m+m')}$ | $4\sqrt{2/(m+m')}$ |
# | ReLU | $\sqrt2 \sqrt{6/(m+m')}$ | $\sqrt2 \sqrt{2/(m+m')}$ |
#
# **Predict**, then run it: ten tanh layers as printed, with the 4. Which share of the last layer is saturated? And without the 4?
#
# Its likely source, [an early tutorial](https://github.com/lisa-lab/DeepLearningTutorials/blob/master/code/mlp.py), has a 4 as well, for another row. The derivation took $f(z) \approx z$, a slope of 1 at zero. With a smaller slope less of every error
# comes through, and larger weights make up for it. What is $f'(0)$ of the sigmoid (3.1), and of tanh?
#
# The last row is a second slip. From 784 to 100 units it is 1.33 times He's start, from 100 to 784 it is 0.476 of it. Mend both, and nothing else.

# %% given="suspect"
def suspect(m, m_next):
    """The table as printed. Returns (3, 2): rows sigmoid, tanh, ReLU; columns limit, standard deviation."""
    glorot = np.array([np.sqrt(6 / (m + m_next)), np.sqrt(2 / (m + m_next))])
    return np.stack([glorot, 4 * glorot, np.sqrt(2) * glorot])


print("300 inputs, 300 outputs:")
print(np.round(suspect(300, 300), 4))

# %%
# Your prediction: the saturated share with the 4, and without it (0 to 1). Replace each None, then run this cell.
prediction_saturated = [None, None]
if check.needs(activations, layer_statistics):
    with_4 = gaussian_weights((300,) * 11, suspect(300, 300)[1, 1], 0)
    check.reveal(prediction_saturated, lambda: [
        layer_statistics(deep_X, with_4, "tanh")[1][9],
        layer_statistics(deep_X, tuple(W / 4 for W in with_4), "tanh")[1][9]], labels=["with the 4", "without"])

# %% [markdown] hints="recommended"
# 1. Which activation has slope 1 at zero, and which has a quarter?
# 2. Which fan does He's variance know?
# 3. Sigmoid: $4 \cdot \ldots$; ReLU: $\sqrt{6/\ldots}$ and $\sqrt{2/\ldots}$

# %% exercise="recommended" bans="tensorflow keras torch jax"
def recommended(m, m_next):
    """The table, mended.

    m, m_next: inputs and outputs of the layer. Returns an array of shape (3, 2): rows sigmoid, tanh, ReLU; columns
    the limit of the uniform law on [-limit, limit], and the standard deviation of the normal law.
    """
    ### BEGIN SOLUTION
    glorot = np.array([np.sqrt(6 / (m + m_next)), np.sqrt(2 / (m + m_next))])
    he = np.array([np.sqrt(6 / m), np.sqrt(2 / m)])
    return np.stack([4 * glorot, glorot, he])
    ### END SOLUTION

# %% check="recommended" points=3
check.values(recommended, 784, 100)
check.values(recommended, 100, 784)
### BEGIN HIDDEN TESTS
check.values(recommended, int(check.rng.integers(20, 90)), int(check.rng.integers(100, 900)))
check.values(recommended, int(check.rng.integers(100, 900)), int(check.rng.integers(20, 90)))
### END HIDDEN TESTS

# %% [markdown]
# You said less than a half for the first? With the 4 the spread of $z$ is 3.5 to 4, and from 1.83 on tanh is above 0.95.
#
# The 4 mends the sigmoid's slope, not its mean of $\frac12$. Because of that, Glorot and Bengio found it unsuited to deep networks with random starts.
#
# ## 6.5 The way back · 18 minutes
#
# From the upstream gradient $dA$ of shape $(N, H)$, first through the activation, entry by entry, then through the product, as in 4.4:
#
# $$dZ = dA \odot f'(Z)$$
#
# $$dX = dZ\, W^\top, \qquad dW = X^\top dZ$$
#
# The slopes follow from $A$ alone: 1 for linear, $1 - a^2$ for tanh, and 1 where $a > 0$, else 0, for ReLU. The size of the weights enters twice: in $W^\top$, and in the slope.
#
# By hand, one tanh unit with $x = 1$, $w = 0.693$ and $dA = 2$: $a = \tanh 0.693 = 0.6$, the slope is $1 - 0.36 = 0.64$, $dz = 2 \cdot 0.64 = 1.28$, $dx = 1.28 \cdot 0.693 = 0.887$ and $dw = 1.28$. With $w = 5$ the slope is 0.0002.
#
# **Predict.** A linear layer takes 400 inputs to 100 units. It starts by LeCun's rule, $\sigma_w = 0.05$. An error of spread 1 comes in at the 100 units. What is its spread at the 400 inputs? And with Glorot's $\sigma_w = 0.063$?
#
# ### Exercise 6 · one layer backwards · 8 points · 11 minutes

# %%
# Your prediction: the spread of the error at the inputs with LeCun's start, and with Glorot's. You see the answer after 'layer_backward'.
prediction_back = [None, None]

# %% given="upstream"
small_dA = np.round(few.normal(size=(4, 5)), 2)

# %% [markdown] hints="layer_backward"
# 1. Which shapes must $dX$ and $dW$ have?
# 2. Begin with $dZ$, of the shape of $dA$. `layer` gives $A$; which slope belongs to which `kind`?
# 3. $dZ = dA \odot (1 - \ldots)$ for tanh and $dA \odot [\ldots > 0]$ for ReLU; the two products come last

# %% exercise="layer_backward" gradient_of="layer" wrt="X W" upstream="dA" bans="scipy tensorflow keras torch jax autograd"
def layer_backward(dA, X, W, kind):
    """One layer backwards.

    dA: (N, H) dL/dA; X: (N, D), W: (D, H), kind: as they went into `layer`.
    Returns (dX, dW), of the shapes of X and W. Both are sums over what dA holds: nothing is divided by N here.
    """
    ### BEGIN SOLUTION
    A = layer(X, W, kind)
    if kind == "tanh":
        dZ = dA * (1 - A**2)
    elif kind == "relu":
        dZ = dA * (A > 0)
    else:
        dZ = dA
    return dZ @ W.T, X.T @ dZ
    ### END SOLUTION

# %% check="layer_backward" points=8
check.gradients(layer_backward, small_dA, small_X, small_weights[0], "linear", part="linear and tanh",
                names=["dX", "dW"])
check.gradients(layer_backward, small_dA, small_X, small_weights[0], "tanh", part="linear and tanh",
                names=["dX", "dW"])
check.gradients(layer_backward, 2 * small_dA, small_X / 2, -small_weights[0], "tanh", part="linear and tanh",
                names=["dX", "dW"])
check.gradients(layer_backward, small_dA[:1, :3], small_X[:1, :1], small_weights[0][:1, :3], "tanh",
                part="linear and tanh", names=["dX", "dW"])
check.gradients(layer_backward, small_dA, small_X, small_weights[0], "relu", part="relu", names=["dX", "dW"])
check.gradients(layer_backward, 2 * small_dA, small_X / 2, -small_weights[0], "relu", part="relu", names=["dX", "dW"])
check.gradients(layer_backward, small_dA[:1, :3], small_X[:1, :2], small_weights[0][:2, :3], "relu", part="relu",
                names=["dX", "dW"])
### BEGIN HIDDEN TESTS
rng = check.rng
for kind in ("linear", "tanh", "tanh"):
    check.gradients(layer_backward, rng.normal(size=(7, 11)), rng.normal(size=(7, 5)), rng.normal(size=(5, 11)) / 2,
                    kind, part="linear and tanh", names=["dX", "dW"])
for N, D, H in ((7, 5, 11), (11, 3, 7), (7, 5, 11)):
    check.gradients(layer_backward, rng.normal(size=(N, H)), rng.normal(size=(N, D)), rng.normal(size=(D, H)), "relu",
                    part="relu", names=["dX", "dW"])
# One of everything; where the ReLU is not flat.
dA, X, W = rng.uniform(0.5, 1.5, size=(3, 1, 1))
check.gradients(layer_backward, dA, X, W, "tanh", part="linear and tanh", names=["dX", "dW"])
check.gradients(layer_backward, dA, X, W, "relu", part="relu", names=["dX", "dW"])
# So large that differences would take minutes.
check.values(layer_backward, rng.normal(size=(50, 200)), rng.normal(size=(50, 300)), rng.normal(size=(300, 200)) / 20,
             "tanh", part="linear and tanh", names=["dX", "dW"])
### END HIDDEN TESTS

# %% figure="spread"
if check.needs(activations, layer_backward):
    rng = np.random.default_rng(3)
    check.reveal(prediction_back, lambda: [
        np.std(layer_backward(rng.normal(size=(500, 100)), rng.normal(size=(500, 400)), rng.normal(0, std, (400, 100)), "linear")[0])
        for std in (0.05, np.sqrt(2 / 500))], labels=["LeCun", "Glorot"])
    factors, one = np.geomspace(0.25, 4, 17), gaussian_weights((200,) * 11, np.sqrt(1 / 200), 0)
    layers, ends, X = [], [], deep_X[:200, :200]
    for factor in factors:
        weights = tuple(factor * W for W in one)
        outputs, error = activations(X, weights, "tanh"), deep_X[200:400, :200]
        for A, W in zip((X, *outputs[:-1])[::-1], weights[::-1], strict=True):
            error, _ = layer_backward(error, A, W, "tanh")
        layers.append((np.ravel(outputs[0]), np.ravel(outputs[9])))
        ends.append((np.std(outputs[9]), np.std(error)))
    figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.3), layout="constrained")

    def at_spread(frame):
        number = [*range(17), 14, 12, 11, 10, 9, 8, 8][frame]
        seen = slice(max(number, min(frame, 16)) + 1)
        left.clear()
        for values, style, color, name in zip(layers[number], ("--", "-"), ("0.5", "black"), ("layer 1", "layer 10"), strict=True):
            left.hist(values, 40, range=(-1, 1), density=True, histtype="step", linestyle=style, color=color, label=name)
        left.set(ylim=(0, 6), xlabel="activation", ylabel="density", title=f"{factors[number]:.2f} times Glorot's spread")
        left.legend(loc="upper left", fontsize=8)
        right.clear()
        right.loglog(factors[seen], [signal for signal, _ in ends[seen]], "k-", label="signal, layer 10")
        right.loglog(factors[seen], [error for _, error in ends[seen]], "--", color="tab:orange", label="error, back at the inputs")
        right.axvline(factors[number], color="0.7", linewidth=0.8)
        right.set(xlim=(0.22, 4.5), ylim=(1e-7, 1e4), xlabel="times Glorot's spread", title="standard deviation")
        right.set_xticks([0.25, 0.5, 1, 2, 4], ["1/4", "1/2", "1", "2", "4"])
        right.set_xticks([], minor=True)
        right.legend(loc="upper left", fontsize=8)
        return figure

    moving.figure(at_spread, 24, alt="The spread of the weights grows. At a quarter of Glorot's, layer 10 is one peak at 0, and signal and error are near "
                                     "a millionth. At 4 times, all activations pile up at -1 and 1, and the error has grown some seventyfold. Near 1 both are alive.")

# %% [markdown]
# You said 1 for LeCun's? It keeps the signal, and the error only if both fans are equal: $\sqrt{100} \cdot 0.05$. With Glorot's the error loses less; a signal would grow by 1.26.
#
# The figure moves from a quarter of Glorot's spread to four times it. Too small, and signal and error both **vanish**. Too large, and layer 10 saturates while the error **explodes**.
#
# ## 6.6 A whole start · 13 minutes
#
# **All weights equal** never works. All units of a hidden layer then compute the same number, get the same error and take the same step: 50 units are worth one. Unequal starts break this **symmetry**.
# **All zero** ([live](https://playground.tensorflow.org/#activation=tanh&dataset=xor&networkShape=4&initZero=true)) is worse: every hidden activation is 0, so $dW = A^\top dZ = 0$ in the last layer, and $W^\top = 0$ lets no error down.
#
# The cell below has the loss of 5.3 and the whole walk back, as in 4.4.
#
# **Predict.** In the small network (7 inputs, 5, 11 and 3 units, tanh) all weights start at 0.1, but those of the first unit of layer 1 at 0.2. After 100 steps, how many different columns has $W_1$, and how many has $W_2$?

# %% given="loss"
def softmax_loss(scores, y):
    """Mean cross-entropy and its gradient by the scores. scores: (N, C), y: (N,). Returns (loss, dscores)."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    dscores = np.exp(log_p)
    dscores[rows, y] -= 1
    return float(-log_p[rows, y].mean()), dscores / len(y)


def loss_and_gradients(X, y, weights, kind):
    """Loss and gradients of a deep classifier. kind: of the hidden layers; the last one is linear and gives scores.

    X: (N, n_0), y: (N,) integers, weights: (W_1, ..., W_L). Returns a flat tuple (loss, dW_1, ..., dW_L).
    """
    inputs = [X]
    for W in weights[:-1]:
        inputs.append(layer(inputs[-1], W, kind))
    loss, dZ = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for A, W in zip(reversed(inputs), reversed(weights), strict=True):
        gradients.append(A.T @ dZ)
        dZ = dZ @ W.T * (1 - A**2 if kind == "tanh" else A > 0)
    return (loss, *reversed(gradients))

# %%
# Your prediction: different columns of W1, different columns of W2. Replace each None, then run this cell.
prediction_equal = [None, None]
equal = tuple(np.full(W.shape, 0.1) for W in small_weights)
equal[0][:, 0] = 0.2
for _ in range(100):
    _, *gradients = loss_and_gradients(small_X, small_y, equal, "tanh")
    equal = tuple(W - 0.1 * dW for W, dW in zip(equal, gradients, strict=True))
check.reveal(prediction_equal, lambda: [np.unique(np.round(W, 9), axis=1).shape[1] for W in equal[:2]],
             labels=["columns of W1", "columns of W2"])

# %% [markdown]
# You said 5 for $W_1$? Only one unit differs; the four others have nothing that could part them. 2 for $W_2$? Its *rows* are of two kinds. Its columns, the 11 units of layer 2, hear the same.
#
# ### Exercise 7 · a start for every layer · 4 points · 9 minutes
#
# From a blank page: a whole network's weights from one seed. No two layers may share their random numbers: the derivation took all weights as independent.

# %% given="sound" folded="it judges"
def shapes_of(weights):
    """The shape of each array of a tuple or list; of what is no array, its type's name."""
    if not isinstance(weights, (tuple, list)):
        return type(weights).__name__
    return [np.shape(W) if isinstance(W, (np.ndarray, list)) else type(W).__name__ for W in weights]


def bell(z):
    """1 where the numbers z, of mean 0 and spread 1, follow a normal law that is not cut off; else a sentence.

    Of z.size normal numbers, one at least lies beyond `end` on each side, but for one time in 200 million.
    """
    end = NormalDist().inv_cdf(1 - 20 / z.size)
    reach = min(z.max(), -z.min())
    if reach < end:
        return (f"On one side no entry is further from 0 than {reach:.2f} standard deviations. "
                f"Of so many numbers a normal law puts some beyond {end:.2f}.")
    # A normal law puts 0.3173 of its numbers beyond one standard deviation; 6 standard errors are allowed.
    share, allowed = np.mean(np.abs(z) > 1), 6 * np.sqrt(0.3173 * 0.6827 / z.size)
    if abs(share - 0.3173) > allowed:
        return f"{share:.1%} of the entries lie beyond one standard deviation. A normal law has 31.7% there."
    return 1


def cut_bell(z):
    """As bell, for Keras's normal law: it is cut off at 2 of its standard deviations, then stretched by 1 / 0.8796."""
    reach = np.abs(z).max()
    if reach > 2.2738:
        return "no_initialiser_of_keras"
    if reach < 2.2:
        return "uniform_for_normal" if abs(reach - np.sqrt(3)) < 0.02 else f"No entry lies beyond {reach:.2f} standard deviations."
    return 1


start_sizes = (90, 60, 40, 25)
start_stds = {"glorot": [0.11547, 0.141421, 0.175412], "he": [0.149071, 0.182574, 0.223607]}


def sound(networks, sizes, stds, law=bell):
    """1 where three networks (of a seed, the same seed, another seed) have layers of these sizes and spreads, of this law
    and independent; else what is wrong: a slip's name, or a sentence."""
    shapes = list(pairwise(sizes))
    came = shapes_of(networks[0])
    if came == [shape[::-1] for shape in shapes]:
        return "turned_round"
    if any(shapes_of(network) != shapes for network in networks):
        return f"A tuple of arrays of the shapes {shapes} is expected; {came} came."
    first, again, other = ([np.asarray(W, dtype=float) for W in network] for network in networks)
    if not all(np.array_equal(W, V) for W, V in zip(first, again, strict=True)):
        return "never_the_same"
    if any(np.array_equal(W, V) for W, V in zip(first, other, strict=True)):
        return "seed_ignored"
    for number, (W, std) in enumerate(zip(first, stds, strict=True), start=1):
        for V in first[:number - 1]:
            n = min(W.size, V.size)
            if not abs(np.corrcoef(W.ravel()[:n], V.ravel()[:n])[0, 1]) < 6 / np.sqrt(n):
                return "same_stream_in_each_layer"
        if not abs(W.std() - std) < 6 * std / np.sqrt(2 * W.size):
            return f"The standard deviation of layer {number} is {W.std():.4g}; {std:.4g} is expected."
        if not abs(W.mean()) < 6 * std / np.sqrt(W.size):
            return f"The mean of layer {number} is {W.mean():.4g}; 0 is expected."
    return law(np.concatenate([(W / std).ravel() for start in (first, other) for W, std in zip(start, stds, strict=True)]))


def sound_he(networks, sizes, stds, glorot_stds, last_std, law=bell):
    """As sound, with the spreads of two likely slips beside. last_std: He's spread for a layer after the last."""
    seen = sound(networks, sizes, stds, law)
    if seen != 1 and sound(networks, sizes, glorot_stds, law) == 1:
        return "kind_ignored"
    if seen != 1 and sound(networks, sizes, [*stds[1:], last_std], law) == 1:
        return "he_by_fan_out"
    return seen

# %% probe="draws" folded="it judges"
def drawn(sizes, kind, seed):
    """The start of a seed, of the same seed again, and of another one; lists as arrays."""
    starts = [init_network(sizes, kind, s) for s in (seed, seed, seed + 1000)]
    return tuple(tuple(np.asarray(W) if isinstance(W, list) else W for W in start)
                 if isinstance(start, (tuple, list)) else start for start in starts)

# %% [markdown] hints="init_network"
# 1. How many matrices do $L + 1$ sizes make, and what are their shapes?
# 2. One generator for all layers, made once of the seed; or a seed for each layer, drawn from such a generator.
# 3. $W_l$ has shape $(n_{l-1}, n_l)$; its variance is that of 6.2 for *its* two fans

# %% exercise="init_network" bans="tensorflow keras torch jax"
def init_network(sizes, kind, seed):
    """The start of a deep network, normal law (not cut off).

    sizes: (n_0, ..., n_L); kind: "glorot" or "he"; seed: int.
    Returns a tuple (W_1, ..., W_L), W_l of shape (n_{l-1}, n_l), all drawn independently.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    weights = []
    for fan_in, fan_out in pairwise(sizes):
        variance = 2 / fan_in if kind == "he" else 2 / (fan_in + fan_out)
        weights.append(rng.normal(0, np.sqrt(variance), size=(fan_in, fan_out)))
    return tuple(weights)
    ### END SOLUTION

# %% check="init_network" points=4
# Three starts are drawn: of a seed, of the same seed again, and of another one.
check.scored(drawn, start_sizes, "glorot", 3, part="glorot",
             score=lambda came: sound(came, start_sizes, start_stds["glorot"]))
check.scored(drawn, start_sizes, "he", 3, part="he",
             score=lambda came: sound_he(came, start_sizes, start_stds["he"], start_stds["glorot"], 0.282843))
### BEGIN HIDDEN TESTS
sizes = tuple(int(n) for n in check.rng.choice(np.arange(60, 160), size=4, replace=False))
seed = int(check.rng.integers(2**30))
glorot = [np.sqrt(2 / (m + n)) for m, n in pairwise(sizes)]
check.scored(drawn, sizes, "glorot", seed, score=lambda came: sound(came, sizes, glorot), part="glorot")
he = [np.sqrt(2 / m) for m in sizes[:-1]]
check.scored(drawn, sizes, "he", seed, part="he",
             score=lambda came: sound_he(came, sizes, he, glorot, np.sqrt(2 / sizes[-1])))
### END HIDDEN TESTS

# %% [markdown]
# ## 6.7 Dead and alive · 15 minutes
#
# The digits of 5.6, now scaled to $-1 \dots 1$: 640 rows for training, 540 held back. Ten hidden tanh layers narrow from 50 units to 32; a linear layer gives 10 scores.
#
# ### Exercise 8 · train eleven layers · 6 points · 11 minutes
#
# Start with your `init_network` and Glorot's rule. In each of 20 epochs shuffle the rows and go through them in batches of 32. After each batch every matrix takes a step:
#
# $$W_l \leftarrow W_l - \eta\, dW_l$$
#
# The steps shrink: $\eta = 0.1\,(1 - e/20)$ in epoch $e = 0, \dots, 19$.

# %% given="digits"
pixels, digit = data.load("digits")
shuffled = np.random.default_rng(6).permutation(len(pixels))
X_train, y_train = pixels[shuffled[:640]] / 8 - 1, digit[shuffled[:640]]
X_test, y_test = pixels[shuffled[1257:]] / 8 - 1, digit[shuffled[1257:]]
SIZES = (64, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 10)


def accuracy(weights, X, y):
    """The share of rows of X whose largest score is the right class. weights: a tuple for SIZES, hidden layers tanh."""
    shapes, came = list(pairwise(SIZES)), shapes_of(weights)
    if came != shapes:
        raise ValueError(f"a tuple of 11 arrays of the shapes {shapes} is expected; {came} came")
    A = X
    for W in weights[:-1]:
        A = layer(A, W, "tanh")
    return float(np.mean(np.argmax(A @ weights[-1], axis=1) == y))

# %% [markdown] hints="train"
# 1. What has to be fresh in each epoch, and what is kept?
# 2. `rng.permutation(len(X))` once an epoch; slices of it are the batches, for `X` and for `y`. `loss_and_gradients` once a batch.
# 3. A new tuple of all $W_l - \eta\,dW_l$ after each batch, 20 batches an epoch

# %% exercise="train" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv numpy.linalg.qr numpy.linalg.svd scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train the network of SIZES (hidden layers tanh, last layer linear) by mini-batch gradient descent.

    X: (N, 64) inputs in -1..1, y: (N,) integers in 0..9, seed: int. Returns the trained weights: a tuple of 11
    matrices.
    """
    rng = np.random.default_rng(seed)
    ### BEGIN SOLUTION
    weights = init_network(SIZES, "glorot", seed)
    for epoch in range(20):
        eta = 0.1 * (1 - epoch / 20)
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            _, *gradients = loss_and_gradients(X[batch], y[batch], weights, "tanh")
            weights = tuple(W - eta * dW for W, dW in zip(weights, gradients, strict=True))
    return weights
    ### END SOLUTION

# %% check="train" points=6
# Pixels and labels stand in another order. Up to three seeds are tried; one must read 80 % of the digits that were held back.
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.80)
### BEGIN HIDDEN TESTS
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.80)
### END HIDDEN TESTS

# %% figure="starts"
if check.needs(init_network, train):
    starts = [("Glorot", init_network(SIZES, "glorot", 0), "-"), ("0.01", gaussian_weights(SIZES, 0.01, 0), "--"),
              ("1", gaussian_weights(SIZES, 1.0, 0), ":")]
    figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3), layout="constrained")
    for label, weights, style in starts:
        _, *gradients = loss_and_gradients(X_train, y_train, weights, "tanh")
        left.semilogy(range(1, 12), [np.std(dW) for dW in gradients], style, color="black", label=label)
        losses, rng = [], np.random.default_rng(0)
        for step in range(241):
            if step % 20 == 0:
                losses.append(loss_and_gradients(X_train, y_train, weights, "tanh")[0])
            batch = rng.integers(len(X_train), size=32)
            _, *gradients = loss_and_gradients(X_train[batch], y_train[batch], weights, "tanh")
            weights = tuple(W - 0.1 * dW for W, dW in zip(weights, gradients, strict=True))
        right.plot(range(0, 241, 20), losses, style, color="black", label=label)
    left.set(xlabel="layer", ylabel="standard deviation of dW", title="Gradients at the start")
    right.set(xlabel="step", ylabel="loss", title="Training", ylim=(0, 6))
    left.legend(title="start")
    plt.show()
    print(f"yours, held-back digits: {accuracy(train(X_train, y_train, 0), X_test, y_test):.1%}")

# %% [markdown]
# Left: Glorot's gradients have one size all the way. With 0.01 they are near $10^{-14}$ in *every* layer: what the signal loses on its way up, the error loses on its way down. With 1 the error grows downwards.
# Right: Glorot's loss falls. 0.01 stays at $\ln 10 = 2.303$, as who knows nothing (5.3). 1 comes from far above and stops there, too.
#
# **A training stands still?** Before you touch the rate, print its first loss, each layer's spread and saturated share, and the size of each $dW_l$.
#
# ## 6.8 The same in Keras · 14 minutes
#
# Every Keras layer has a `kernel_initializer`. `Dense` takes `"glorot_uniform"` unless told otherwise, **also with ReLU**. And **Keras's normal law is cut off**: it draws again
# what lies beyond two standard deviations, and stretches the rest by $1/0.8796$, because cutting made it narrower.
#
# ### Exercise 9 · a start by Keras, and its trap · 3 points · 7 minutes
#
# The start of Exercise 7 again, by `Dense` layers (`use_bias=False`) with `"glorot_normal"` or `"he_normal"`. `keras.utils.set_random_seed` takes the seed. Why not make **one** initialiser
# object for all layers? It draws the *same* numbers at each call, as [its documentation](https://keras.io/api/layers/initializers/) says. Keras 3 does not warn, and every spread is right: only comparing two matrices shows it. [Keras's own transformers](https://github.com/keras-team/keras-hub/issues/352) had this bug,
# and [a chess program](https://github.com/LeelaChessZero/lczero-training/issues/218).

# %% probe="keras"
# This takes some seconds.
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    from tensorflow import keras

keras.backend.set_floatx("float64")


def drawn_by_keras(sizes, kind, seed):
    """As drawn, by keras_start."""
    starts = [keras_start(sizes, kind, s) for s in (seed, seed, seed + 1000)]
    return tuple(tuple(start) if isinstance(start, (tuple, list)) else start for start in starts)

# %% [markdown] hints="keras_start"
# 1. Which sizes are the input, and which are layers?
# 2. `keras.Sequential` of `keras.Input((n,))` and one `Dense` a layer. A *name* as initialiser makes a new object for each layer.
# 3. `model.get_weights()` is a list of the kernels; the name is `kind` and `"_normal"`

# %% exercise="keras_start" uses="Dense initializers"
def keras_start(sizes, kind, seed):
    """As init_network, drawn by Keras's initialisers. Returns a tuple of NumPy arrays (W_1, ..., W_L)."""
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((sizes[0],))] + [
        keras.layers.Dense(n, kernel_initializer=f"{kind}_normal", use_bias=False) for n in sizes[1:]])
    return tuple(model.get_weights())
    ### END SOLUTION

# %% check="keras_start" points=3
check.scored(drawn_by_keras, (90, 50, 50, 25), "glorot", 3, part="glorot",
             score=lambda came: sound(came, (90, 50, 50, 25), [0.119523, 0.141421, 0.163299], cut_bell))
check.scored(drawn_by_keras, (90, 50, 50, 25), "he", 3, part="he",
             score=lambda came: sound_he(came, (90, 50, 50, 25), [0.149071, 0.2, 0.2], [0.119523, 0.141421, 0.163299],
                                         0.282843, cut_bell))
### BEGIN HIDDEN TESTS
m, n, k = (int(size) for size in check.rng.choice(np.arange(60, 130), size=3, replace=False))
sizes, seed = (m, n, n, k), int(check.rng.integers(2**30))
glorot = [np.sqrt(2 / (a + b)) for a, b in pairwise(sizes)]
check.scored(drawn_by_keras, sizes, "glorot", seed, score=lambda came: sound(came, sizes, glorot, cut_bell), part="glorot")
he = [np.sqrt(2 / a) for a in sizes[:-1]]
check.scored(drawn_by_keras, sizes, "he", seed, part="he",
             score=lambda came: sound_he(came, sizes, he, glorot, np.sqrt(2 / k), cut_bell))
### END HIDDEN TESTS

# %% figure="traps"
if check.needs(activations, he_normal, keras_start):
    mine, theirs = np.asarray(he_normal((300, 300), 0)), keras.initializers.HeNormal(seed=1)((300, 300)).numpy()
    print(f"spread: yours {mine.std():.4f}, Keras {theirs.std():.4f}; furthest out, in standard deviations: "
          f"{np.abs(mine).max() / np.sqrt(2 / 300):.2f} and {np.abs(theirs).max() / np.sqrt(2 / 300):.2f}")
    shared = keras.initializers.HeNormal()
    print("one object, two calls, the same numbers:", np.array_equal(shared((300, 300)), shared((300, 300))))
    for name in ("he_normal", "glorot_uniform"):
        keras.utils.set_random_seed(0)
        deep = keras.Sequential([keras.layers.Dense(300, "relu", kernel_initializer=name, use_bias=False) for _ in range(10)])
        out = np.std(deep(deep_X))
        print(f"ten ReLU layers of Keras, {name}: {out:.4f}; your activations, with its weights: "
              f"{np.std(activations(deep_X, deep.get_weights(), 'relu')[-1]):.4f}")

# %% [markdown]
# The default leaves a ReLU network $2^{-5} = 1/32$ of its signal after ten layers.
#
# ### Exercise 10 · the fans of a convolution · 2 points · 5 minutes
#
# Transfer: a layer for pictures has a kernel of shape $(k_h, k_w, c_{in}, c_{out})$, which slides over a picture, pixel by pixel. A unit looks at a window of $k_h \times k_w$ pixels with $c_{in}$ channels each. A pixel's channel feeds every unit whose window covers it:
# away from the border one for each place in the window, and that for each of $c_{out}$ output channels. By hand: a kernel (2, 3, 1, 4) has fan-in $6$ and fan-out $24$.

# %% [markdown] hints="fans"
# 1. How many numbers does one unit add up? How many units does one number reach?
# 2. The last two sizes are channels; whatever stands before them is the window. What is the window of a dense layer?
# 3. $n_{in} = k_h k_w \cdot \ldots$

# %% exercise="fans"
def fans(shape):
    """Fan-in and fan-out of a weight array.

    shape: (D, H) of a dense layer, or (kh, kw, c_in, c_out) of a convolution. Returns (fan_in, fan_out), two integers.
    """
    ### BEGIN SOLUTION
    window = int(np.prod(shape[:-2]))
    return window * shape[-2], window * shape[-1]
    ### END SOLUTION

# %% check="fans" points=2
check.values(fans, (784, 100), names=["fan_in", "fan_out"])
check.values(fans, (3, 5, 7, 16), names=["fan_in", "fan_out"])
### BEGIN HIDDEN TESTS
check.values(fans, tuple(int(n) for n in check.rng.integers(20, 900, size=2)), names=["fan_in", "fan_out"])
check.values(fans, (*(int(n) for n in check.rng.permutation([2, 3, 5, 7])[:2]), 11, int(check.rng.integers(12, 64))),
             names=["fan_in", "fan_out"])
### END HIDDEN TESTS

# %% [markdown]
# ## 6.9 In words · 5 minutes
#
# A classmate builds a classifier for ten classes with twenty hidden ReLU layers of 100 units. All weights are normal with standard deviation 0.01. The loss stands at 2.303 and does not move, and a learning rate
# 100 times as large changes nothing. **Say what happens to the signal on its way forward and to the gradient on its way back, why the learning rate does not help, and which start you would choose.**

# %% [markdown] written="dead_network" points=3
# ### BEGIN SOLUTION
# One point: forward, each layer multiplies the root mean square by sqrt(100/2) * 0.01 = 0.07, so after twenty layers
# (about 1e-23) all rows give the same scores, nearly 0, and the loss is ln 10 = 2.303. One point: backward the same
# factor per layer shrinks the errors, and the tiny activations make dW tinier; a factor 100 is nothing
# against twenty powers of ten. One point: He's start, standard deviation sqrt(2/100) = 0.14: for ReLU its factor is 1.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. Each layer multiplies the spread of the signal by $\sqrt{n_{in}}\,\sigma_w$, and that of the error by $\sqrt{n_{out}}\,\sigma_w$.
# 2. Ten times a factor below 1 vanishes; ten times one above 1 explodes or saturates.
# 3. Glorot: variance $2/(n_{in} + n_{out})$, for tanh. He: $2/n_{in}$, for ReLU, which halves the mean square.
# 4. Equal weights stay equal; layers need random numbers of their own.
# 5. Keras starts as Glorot unless told otherwise, and an initialiser object repeats itself.
#
# ### Do you recall?
#
# <details><summary>Why may softmax regression start from zeros (5.6), and a deep network not?</summary>Its columns belong to classes with different labels, so they part at the first step. A zero layer above lets no error down.</details>
#
# <details><summary>XOR with two hidden units gets stuck from some seeds (4.5). Would Glorot's start help?</summary>Hardly: 76 of 100 seeds get through instead of 74. In two layers no signal vanishes; more hidden units help.</details>
#
# <details><summary>All weights of a ReLU network are three times He's. What does a network of ten layers give?</summary>Numbers about 3^10 = 59,049 times too large: ReLU has no end at which it could saturate, so the loss starts huge.</details>
#
# ### A challenge for an evening
#
# Measure instead of deriving, much as [LSUV](https://arxiv.org/abs/1511.06422) does: send one batch through the network and, layer by layer, divide $W_l$ by the standard deviation of $Z_l$ before you go on. Try it with an activation that has no
# rule here, with inputs 100 times too large, and with 20 layers of 8 units. When does it beat Glorot's start? With care even [10,000 layers](https://arxiv.org/abs/1806.05393) train.
#
# **New words:** *fan-in*: terms in a unit's sum. *Fan-out*: units that an input feeds. *Saturated*: where an activation is flat. *Vanishing*, *exploding*: shrinking or growing by a factor in every layer. *Symmetry*: units that are equal and stay so. *Truncated normal*: a
# bell without its tails.
#
# Run the cell below, save, and hand in this file.

# %%
check.progress()
