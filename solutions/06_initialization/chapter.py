# %% [markdown]
# # 6 · Initialization
#
# Before the first step of training, every weight needs a value. Zero seems fair and small random numbers seem
# safe. Both can stop a deep network for good. This chapter follows a signal forward through ten layers and an error
# back through them, and finds the size of weights that keeps both alive. At the end your own functions train a
# network of eleven layers on handwritten digits. With the wrong start the same code learns nothing.
#
# **You build:** the activations of a deep network, the initialisers of Glorot and He, the backward pass through a
# deep network, its training; then the same gradient in `tf.keras`.
#
# **Time:** 120 to 180 minutes. **You need:** matrix products, the chain rule, mean and variance, chapter 5.
#
# Work from top to bottom. After each exercise run the check below it. A check that fails says what it saw.
# Stuck? `check.hint("activations")` gives three hints, one at a time.

# %% setup="imports"
from itertools import pairwise
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np

from grader import check, data

# %% [markdown]
# ## 6.1 Down ten layers
#
# A layer takes $X$ of shape $(N, D)$ and has weights $W$ of shape $(D, H)$. It computes $Z = XW$ and then $A = f(Z)$,
# of shape $(N, H)$. The number of inputs of a unit is the layer's **fan-in**, here $D$. The number of units that each
# input feeds is its **fan-out**, here $H$. Biases may start at zero; this chapter leaves them out.
#
# Here is one layer as a function. It is finished; later functions call it.

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


# A small network to try things on: 4 rows, then 7, 5, 11 and 3 units. No two sizes are equal.
few = np.random.default_rng(62)
small_X = np.round(few.normal(size=(4, 7)), 2)
small_weights = tuple(np.round(few.normal(size=(m, n)) / np.sqrt(m), 2) for m, n in [(7, 5), (5, 11), (11, 3)])
small_single = (np.round(few.normal(size=(7, 3)), 2),)  # a network of one layer
lean_weights = (small_weights[0][:6, :3], small_weights[1][:3, :4], small_weights[2][:4, :2])  # of 6, 3, 4 and 2
small_y = np.array([0, 2, 1, 2])

# %% [markdown]
# In a deep network the output of each layer is the input of the next: $A_0 = X$ and $A_l = f(A_{l-1} W_l)$.
# One line of the loop is missing.

# %% [markdown] hints="activations"
# 1. What does the second layer take: $X$, or what the first layer gave?
# 2. `layer` does one step. Keep its result, and hand it on.
# 3. $A_0 = X$ and $A_l = \mathrm{layer}(A_{l-1}, W_l)$

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
# Two numbers say how a layer is doing. The **standard deviation** of its activations says whether there is still
# a signal. The **saturated share** says how many units are stuck: $\tanh$ is nearly flat where $|a| > 0.95$, and
# where a function is flat, no gradient comes through.

# %% [markdown] hints="layer_statistics"
# 1. Which of your functions gives the activations of all layers?
# 2. `np.std` of a whole matrix is one number. The mean of a comparison is a share; negative values saturate, too.
# 3. $s_l = \mathrm{std}(A_l)$ over all entries, and $q_l$ is the mean of $[\,|A_l| > 0.95\,]$

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
# **Predict.** The network below has ten layers of 300 tanh units. Its inputs have standard deviation 1, its weights
# are normal with mean 0 and standard deviation 0.01. What is the standard deviation after the first layer, and what
# after the tenth? A power of ten will do for the second.

# %%
# Your prediction: after layer 1, after layer 10. Replace each None.
prediction_depth = [None, None]

# %% given="deep"
deep_X = np.random.default_rng(6).normal(size=(500, 300))


def gaussian_weights(sizes, std, seed):
    """A tuple of normal weights, all with one standard deviation. sizes: (n_0, ..., n_L)."""
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(0, std, size=(m, n)) for m, n in pairwise(sizes))

# %%
if check.needs(activations, layer_statistics):
    check.reveal(prediction_depth,
                 lambda: np.asarray(layer_statistics(deep_X, gaussian_weights((300,) * 11, 0.01, 0), "tanh")[0])[[0, 9]],
                 labels=["layer 1", "layer 10"])

# %% [markdown]
# ## 6.2 The variance of a sum
#
# The tenth layer hears almost nothing of the input. To see why, take one unit before its activation:
#
# $$z = \sum_{i=1}^{n} x_i w_i$$
#
# The weights are drawn independently of each other and of the inputs, with mean 0. All inputs are taken to have the
# same mean square $\mathrm{E}[x^2]$. Three steps give the variance of $z$.
#
# 1. Two terms are uncorrelated: the mean of $x_i w_i x_j w_j$ has the factor
#    $\mathrm{E}[w_i w_j] = \mathrm{E}[w_i]\,\mathrm{E}[w_j] = 0$. So the variances add:
#    $\mathrm{Var}(z) = \sum_i \mathrm{Var}(x_i w_i)$.
# 2. Each term has mean 0, because $\mathrm{E}[w] = 0$. So its variance is the mean of its square, and the mean of
#    a product of independent things is the product of their means:
#    $\mathrm{Var}(x w) = \mathrm{E}[x^2 w^2] = \mathrm{E}[x^2] \mathrm{E}[w^2]$.
# 3. $\mathrm{E}[w^2] = \mathrm{Var}(w)$, again because the mean is 0. With $n = n_{in}$ terms:
#
# $$\mathrm{Var}(z) = n_{in} \mathrm{Var}(w) \mathrm{E}[x^2]$$
#
# Near zero $\tanh z \approx z$, so this is also the variance of the activation. Its mean is 0, so its variance is the
# mean square that the next layer takes. **Each layer multiplies the standard deviation by** $\sqrt{n_{in}}\,\sigma_w$. Above that factor was $\sqrt{300} \cdot 0.01 = 0.173$ (tanh takes a little off), and its
# tenth power is $2.4 \cdot 10^{-8}$. A signal that is to survive any depth needs the factor 1:
#
# $$\text{forward:} \quad n_{in} \mathrm{Var}(w) = 1$$

# %% [markdown]
# **The way back.** The error at an input is $dx_i = \sum_j dz_j w_{ij}$: the same kind of sum, but over the
# $n_{out}$ units that the input feeds. If the errors do not depend on these weights, the same three steps give
#
# $$\text{backward:} \quad n_{out} \mathrm{Var}(w) = 1$$
#
# Both hold at once only where $n_{in} = n_{out}$. In 2010 Glorot and Bengio asked why plain gradient descent did so
# poorly in deep networks. They found the start at fault, and took the mean of both fans as a compromise:
#
# $$\frac{n_{in} + n_{out}}{2} \mathrm{Var}(w) = 1$$
#
# LeCun and others had given the forward rule in 1998. He and others took account of ReLU in 2015.
#
# | start | variance of a weight | meant for |
# |---|---|---|
# | LeCun | $1 / n_{in}$ | tanh, forward only |
# | Glorot, also called Xavier | $2 / (n_{in} + n_{out})$ | tanh, forward and backward |
# | He | $2 / n_{in}$ | ReLU |

# %% [markdown]
# **Why the 2 for ReLU?** The law of $z$ is symmetric about 0, so half of $\mathrm{E}[z^2] = \mathrm{Var}(z)$ comes from
# negative $z$. ReLU sets these to 0 and keeps the others, so the next layer gets $\mathrm{E}[a^2] = \frac12 \mathrm{Var}(z)$. The factor from one layer to
# the next is therefore half as large, and must still be 1:
#
# $$\tfrac12\, n_{in} \mathrm{Var}(w) = 1$$

# %% [markdown]
# ## 6.3 Four initialisers
#
# A variance can be had from a normal or from a uniform law. A uniform law on $[-r, r]$ has the variance
#
# $$\frac{1}{2r} \int_{-r}^{r} w^2 \, dw = \frac{r^2}{3}$$
#
# so $r = \sqrt{3 \mathrm{Var}(w)}$.
#
# ### Worked example: LeCun's start
#
# The variance is $1 / n_{in}$, so the limit is $r = \sqrt{3 / n_{in}}$. The generator is made of the seed inside the
# function: the same seed gives the same weights.

# %% given="lecun"
def lecun_uniform(shape, seed):
    """shape: (fan_in, fan_out), seed: int. Returns weights of that shape, uniform, variance 1 / fan_in."""
    fan_in = shape[0]
    limit = np.sqrt(3 / fan_in)
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)


lecun = lecun_uniform((120, 30), seed=0)
print(f"variance {lecun.var():.5f}, 1 / fan_in {1 / 120:.5f}")

# %% [markdown]
# Now yours. A check judges your numbers by their law, not one by one: mean, spread, limits, whether the
# seed is used. Any generator will do. First Glorot's rule with a uniform law.

# %% [markdown] hints="glorot_uniform"
# 1. Which variance does Glorot ask for, and which limit gives a uniform law that variance?
# 2. Only the limit differs from `lecun_uniform`.
# 3. $r = \sqrt{6 / (n_{in} + n_{out})}$

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
# Glorot's variance again, from a normal law. `rng.normal` takes a standard deviation, not a variance.

# %% [markdown] hints="glorot_normal"
# 1. What is the standard deviation if the variance is $2 / (n_{in} + n_{out})$?
# 2. `rng.normal(mean, standard deviation, size)`
# 3. $\sigma = \sqrt{2 / (n_{in} + n_{out})}$

# %% exercise="glorot_normal" bans="tensorflow keras torch jax"
def glorot_normal(shape, seed):
    """Glorot's start, normal law (not cut off). shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    ### BEGIN SOLUTION
    fan_in, fan_out = shape
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (fan_in + fan_out)), size=shape)
    ### END SOLUTION

# %% check="glorot_normal" points=2
check.sampled(glorot_normal, (10, 44), std=0.19245, weight=2)
check.sampled(glorot_normal, (300, 70), std=0.0735215, weight=2)
check.sampled(glorot_normal, (300, 70), std=0.0735215, law="normal", part="bell", if_passed="distribution")
### BEGIN HIDDEN TESTS
m, n = int(check.rng.integers(240, 300)), int(check.rng.integers(60, 90))
check.sampled(glorot_normal, (m, n), std=np.sqrt(2 / (m + n)), weight=2)
check.sampled(glorot_normal, (m, n), std=np.sqrt(2 / (m + n)), law="normal", part="bell", if_passed="distribution")
### END HIDDEN TESTS

# %% [markdown]
# Now He's rule for ReLU, first with a uniform law.

# %% [markdown] hints="he_uniform"
# 1. Which of the two fans does He's variance use?
# 2. The limit is the square root of three times the variance.
# 3. $r = \sqrt{6 / n_{in}}$

# %% exercise="he_uniform" bans="tensorflow keras torch jax"
def he_uniform(shape, seed):
    """He's start, uniform law. shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    ### BEGIN SOLUTION
    limit = np.sqrt(6 / shape[0])
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)
    ### END SOLUTION

# %% check="he_uniform" points=2
check.sampled(he_uniform, (7, 50), std=0.534522, low=-0.925821, high=0.925821)
### BEGIN HIDDEN TESTS
m, n = int(check.rng.integers(240, 300)), int(check.rng.integers(60, 90))
for fan_in, fan_out in ((m, n), (n, m)):
    limit = 1.000001 * np.sqrt(6 / fan_in)  # room for float32
    check.sampled(he_uniform, (fan_in, fan_out), std=np.sqrt(2 / fan_in), low=-limit, high=limit)
### END HIDDEN TESTS

# %% [markdown]
# Last, He's rule with a normal law. It is the start for ReLU that you will meet most often.

# %% [markdown] hints="he_normal"
# 1. What does ReLU do to the mean square, and what makes up for it?
# 2. A variance is given; a standard deviation goes into the generator.
# 3. $\sigma = \sqrt{2 / n_{in}}$

# %% exercise="he_normal" bans="tensorflow keras torch jax"
def he_normal(shape, seed):
    """He's start, normal law (not cut off). shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    ### BEGIN SOLUTION
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / shape[0]), size=shape)
    ### END SOLUTION

# %% check="he_normal" points=2
check.sampled(he_normal, (7, 50), std=0.534522, weight=2)
check.sampled(he_normal, (300, 70), std=0.0816497, weight=2)
check.sampled(he_normal, (300, 70), std=0.0816497, law="normal", part="bell", if_passed="distribution")
### BEGIN HIDDEN TESTS
m, n = int(check.rng.integers(240, 300)), int(check.rng.integers(60, 90))
check.sampled(he_normal, (m, n), std=np.sqrt(2 / m), weight=2)
check.sampled(he_normal, (m, n), std=np.sqrt(2 / m), law="normal", part="bell", if_passed="distribution")
### END HIDDEN TESTS

# %% [markdown]
# The figure puts your functions together: the standard deviation through ten layers of 300 units, on a logarithmic
# axis. tanh with 0.01 falls in a straight line to $10^{-8}$. ReLU with Glorot's start also falls in a straight
# line, by $\sqrt{1/2}$ a layer: it lacks the factor 2. ReLU with He's start stays level, and tanh with Glorot's
# start sinks slowly, because tanh shrinks a little what is not near zero.

# %% figure="depth"
if check.needs(activations, layer_statistics, glorot_normal, he_normal):
    glorot_10 = tuple(glorot_normal((300, 300), seed) for seed in range(10))
    he_10 = tuple(he_normal((300, 300), seed) for seed in range(10))
    runs = [("ReLU, He", he_10, "relu", "-"), ("tanh, Glorot", glorot_10, "tanh", "--"),
            ("ReLU, Glorot", glorot_10, "relu", "-."),
            ("tanh, 0.01", gaussian_weights((300,) * 11, 0.01, 0), "tanh", ":")]
    figure, axes = plt.subplots(figsize=(6.5, 3.4))
    for label, weights, kind, style in runs:
        axes.semilogy(range(1, 11), layer_statistics(deep_X, weights, kind)[0], style, color="black", label=label)
    axes.set(xlabel="layer", ylabel="standard deviation", title="Activations, layer by layer", xticks=range(1, 11))
    axes.legend()
    plt.show()

# %% [markdown]
# ### Find the bug
#
# Too large is no better than too small. The table below stands in lecture slides. The function holds it as printed:
# $m$ inputs, $m'$ outputs (`m_next`), a limit for the uniform law and a standard deviation for the normal one.
#
# | activation | limit $r$ | $\sigma$ |
# |---|---|---|
# | sigmoid | $\sqrt{6/(m+m')}$ | $\sqrt{2/(m+m')}$ |
# | tanh | $4\sqrt{6/(m+m')}$ | $4\sqrt{2/(m+m')}$ |
# | ReLU | $\sqrt2 \sqrt{6/(m+m')}$ | $\sqrt2 \sqrt{2/(m+m')}$ |
#
# **Predict:** ten tanh layers as in the table, with the 4. What share of the units in the last layer is saturated?
# And without the 4?

# %% given="suspect"
def suspect(m, m_next):
    """The table as printed. Returns (3, 2): rows sigmoid, tanh, ReLU; columns limit, standard deviation."""
    glorot = np.array([np.sqrt(6 / (m + m_next)), np.sqrt(2 / (m + m_next))])
    return np.stack([glorot, 4 * glorot, np.sqrt(2) * glorot])


print("300 inputs, 300 outputs:")
print(np.round(suspect(300, 300), 4))

# %%
# Your prediction: the saturated share with the 4, and without it (0 to 1). Replace each None.
prediction_saturated = [None, None]

# %%
if check.needs(activations, layer_statistics):
    with_4 = gaussian_weights((300,) * 11, suspect(300, 300)[1, 1], 0)
    check.reveal(prediction_saturated, lambda: [
        layer_statistics(deep_X, with_4, "tanh")[1][9],
        layer_statistics(deep_X, tuple(W / 4 for W in with_4), "tanh")[1][9]], labels=["with the 4", "without"])

# %% [markdown]
# The figure shows where these units are: in the first and the last of ten tanh layers. With the 4, the activations
# pile up at $-1$ and $1$ in both layers. Without it they are spread out in the first layer, and lie around 0 in the
# tenth, where the slope is near 1.

# %% figure="saturation"
if check.needs(activations):
    figure, panels = plt.subplots(1, 2, figsize=(7, 3.3), sharey=True, layout="constrained")
    for panel, number in zip(panels, (1, 10), strict=True):
        for factor, style in ((4, "-"), (1, "--")):
            weights = gaussian_weights((300,) * 11, factor * np.sqrt(2 / 600), 0)
            panel.hist(np.ravel(activations(deep_X, weights, "tanh")[number - 1]), bins=41, range=(-1, 1), density=True,
                       histtype="step", linestyle=style, color="black", label=f"factor {factor}")
        panel.set(title=f"layer {number}", xlabel="activation")
    panels[0].set_ylabel("density")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    plt.show()

# %% [markdown]
# So the 4 does harm there. Does it belong anywhere? The derivation took $f(z) \approx z$, a slope of 1 at zero. An
# activation with a smaller slope there passes on less of every error, and larger weights make up for it. Work out
# $f'(0)$ for the sigmoid $1/(1+e^{-z})$ and for tanh: one factor stands in the wrong row.
#
# The last row is a second slip. From 784 to 100 units it is 1.33 times as large as He's start for ReLU; from 100 to
# 784 it is 0.476 of it. Only for $m = m'$ are they the same. Mend both slips and change nothing else.

# %% [markdown] hints="recommended"
# 1. Which activation has slope 1 at zero, and which has a quarter?
# 2. He's variance knows one fan only.
# 3. tanh: $\sqrt{6/(m+m')}$ and $\sqrt{2/(m+m')}$; sigmoid: 4 times these; ReLU: $\sqrt{6/m}$ and $\sqrt{2/m}$

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
# ## 6.4 The way back
#
# One layer backwards. The upstream gradient $dA$ is $\partial L / \partial A$, of shape $(N, H)$. First through the
# activation, entry by entry, then through the product:
#
# $$dZ = dA \odot f'(Z)$$
#
# $$dX = dZ\, W^\top, \qquad dW = X^\top dZ$$
#
# | | $f(z)$ | $f'(z)$ |
# |---|---|---|
# | linear | $z$ | $1$ |
# | tanh | $a = \tanh z$ | $1 - a^2$ |
# | ReLU | $\max(z, 0)$ | $1$ for $z > 0$, else $0$ |
#
# The size of the weights enters twice: in $W^\top$, and in the slope, which a saturated unit does not have.

# %% given="upstream"
small_dA = np.round(few.normal(size=(4, 5)), 2)

# %% [markdown] hints="layer_backward"
# 1. Which shapes must $dX$ and $dW$ have?
# 2. Begin with $dZ$, of the shape of $dA$. All slopes can be computed from $A$, which `layer` gives.
# 3. $dZ = dA \odot (1 - A^2)$ for tanh and $dA \odot [A > 0]$ for ReLU; then $dX = dZ\,W^\top$ and $dW = X^\top dZ$

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

# %% check="layer_backward" points=7
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

# %% [markdown]
# Now the whole network. The hidden layers have one `kind`; the **last layer is linear** and gives scores, which go
# into the softmax and cross-entropy of chapter 5. The loss and its gradient by the scores are here again:

# %% given="loss"
def softmax_loss(scores, y):
    """Mean cross-entropy and its gradient by the scores. scores: (N, C), y: (N,). Returns (loss, dscores)."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    dscores = np.exp(log_p)
    dscores[rows, y] -= 1
    return float(-log_p[rows, y].mean()), dscores / len(y)

# %% [markdown]
# Going back, each layer takes the gradient that the layer above it hands down: the $dX$ of layer $l$ is the $dA$ of
# layer $l-1$. Every layer also needs the input that it had on the way forward. With one matrix there is no hidden
# layer, and this is the softmax regression of chapter 5.

# %% [markdown] hints="loss_and_gradients"
# 1. What went into layer $l$ on the way forward, and what comes down to it from above?
# 2. The scores; `softmax_loss`; `layer_backward` of the last layer; then of the others, from the last but one down.
# 3. $(dA_{l-1}, dW_l) = \mathrm{layer\_backward}(dA_l, A_{l-1}, W_l)$, the last layer with kind "linear"

# %% exercise="loss_and_gradients" gradient_of="loss_and_gradients" wrt="weights" bans="scipy tensorflow keras torch jax autograd"
def loss_and_gradients(X, y, weights, kind):
    """Loss and gradients of a deep classifier.

    X: (N, n_0); y: (N,) integers; weights: a tuple (W_1, ..., W_L), L at least 1; kind: of the hidden layers, "tanh" or
    "relu". The last layer is linear. Returns a flat tuple (loss, dW_1, ..., dW_L); the loss is the mean cross-entropy.
    """
    inputs = (X, *activations(X, weights[:-1], kind))  # inputs[i] goes into weights[i]
    ### BEGIN SOLUTION
    loss, upstream = softmax_loss(inputs[-1] @ weights[-1], y)
    upstream, dW = layer_backward(upstream, inputs[-1], weights[-1], "linear")
    gradients = [dW]
    for A, W in zip(inputs[-2::-1], weights[-2::-1], strict=True):
        upstream, dW = layer_backward(upstream, A, W, kind)
        gradients.append(dW)
    return (loss, *reversed(gradients))
    ### END SOLUTION

# %% check="loss_and_gradients" points=9
check.gradients(loss_and_gradients, small_X, small_y, small_weights, "tanh", part="tanh",
                names=["loss", "dW1", "dW2", "dW3"])
check.gradients(loss_and_gradients, small_X, small_y, small_weights, "relu", part="relu",
                names=["loss", "dW1", "dW2", "dW3"])
check.gradients(loss_and_gradients, small_X, small_y, small_single, "tanh", part="tanh", names=["loss", "dW1"])
check.gradients(loss_and_gradients, small_X[:3, :5], small_y[:3] % 2, small_weights[1:], "relu", part="relu",
                names=["loss", "dW1", "dW2"])  # none of the last class
check.gradients(loss_and_gradients, small_X[:1, :6], small_y[:1], lean_weights, "tanh", part="tanh",
                names=["loss", "dW1", "dW2", "dW3"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (7, 5), (1, 1)):
    check.gradients(loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 3, size=N),
                    (rng.normal(size=(D, 11)) / 2, rng.normal(size=(11, 8)) / 3, rng.normal(size=(8, 3))), "tanh",
                    part="tanh", names=["loss", "dW1", "dW2", "dW3"])
check.gradients(loss_and_gradients, rng.normal(size=(11, 3)), rng.integers(0, 5, size=11),
                (rng.normal(size=(3, 7)), rng.normal(size=(7, 5))), "tanh", part="tanh", names=["loss", "dW1", "dW2"])
check.gradients(loss_and_gradients, rng.normal(size=(7, 4)), rng.integers(0, 2, size=7),
                tuple(rng.normal(size=pair) / 2 for pair in ((4, 6), (6, 5), (5, 8), (8, 7), (7, 3))), "tanh",
                part="tanh", names=["loss", "dW1", "dW2", "dW3", "dW4", "dW5"])
for N, D in ((7, 5), (7, 5), (1, 1)):
    check.gradients(loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 2, size=N),
                    (rng.normal(size=(D, 11)), rng.normal(size=(11, 8)), rng.normal(size=(8, 3))), "relu",
                    part="relu", names=["loss", "dW1", "dW2", "dW3"])
check.gradients(loss_and_gradients, rng.normal(size=(7, 5)), rng.integers(0, 3, size=7), (rng.normal(size=(5, 3)),),
                "tanh", part="tanh", names=["loss", "dW1"])
### END HIDDEN TESTS

# %% [markdown]
# ### Two starts that never work
#
# **All weights equal.** All units of a hidden layer then have the same weights, so they compute the same number.
# The next layer weighs them alike, so they get the same error and the same gradient. After the step they are equal
# again. A layer of 50 units is worth one. Only unequal starts break this **symmetry**.
#
# **All weights zero** is worse. With tanh or ReLU every hidden activation is 0, so $dW = A^\top dZ$ is zero in the
# last layer. Nothing comes down through $W^\top = 0$, so it is zero in the others, too.
#
# **Predict.** The small network has layers of 5, 11 and 3 units. All weights start at 0.1, but those of the first unit
# of the first layer at 0.2. It trains for 100 steps with tanh. How many different columns has $W_1$ then, and how many
# has $W_2$?

# %%
# Your prediction: different columns of W1, different columns of W2. Replace each None.
prediction_equal = [None, None]

# %%
if check.needs(activations, layer_backward, loss_and_gradients):
    equal = tuple(np.full(W.shape, 0.1) for W in small_weights)
    equal[0][:, 0] = 0.2
    for _ in range(100):
        _, *gradients = loss_and_gradients(small_X, small_y, equal, "tanh")
        equal = tuple(W - 0.1 * dW for W, dW in zip(equal, gradients, strict=True))
    check.reveal(prediction_equal, lambda: [np.unique(np.round(W, 9), axis=1).shape[1] for W in equal[:2]],
                 labels=["columns of W1", "columns of W2"])

# %% [markdown]
# ## 6.5 A whole start: a blank page
#
# A deep network needs a start for each of its layers, from one seed. Two layers must not share their random
# numbers: the derivation took all weights as independent. Write the whole function. Its check draws three starts,
# of a seed, of the same seed again, and of another one.

# %% probe="draws"
def drawn(sizes, kind, seed):
    """The start of a seed, of the same seed again, and of another one; lists as arrays."""
    starts = [init_network(sizes, kind, s) for s in (seed, seed, seed + 1000)]
    return tuple(tuple(np.asarray(W) if isinstance(W, list) else W for W in start)
                 if isinstance(start, (tuple, list)) else start for start in starts)

# %% given="shapes"
def shapes_of(weights):
    """The shape of each array of a tuple or list; of what is no array, its type's name."""
    if not isinstance(weights, (tuple, list)):
        return type(weights).__name__
    return [np.shape(W) if isinstance(W, (np.ndarray, list)) else type(W).__name__ for W in weights]

# %% given="bell"
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

# %% given="sound"
start_sizes = (90, 60, 40, 25)
start_stds = {"glorot": [0.11547, 0.141421, 0.175412], "he": [0.149071, 0.182574, 0.223607]}


def sound(networks, sizes, stds):
    """1 where three networks (of a seed, the same seed, another seed) have layers of these sizes and spreads,
    normal and independent; else what is wrong: a slip's name, or a sentence."""
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
    return bell(np.concatenate([(W / std).ravel() for start in (first, other) for W, std in zip(start, stds, strict=True)]))

# %% given="he_start"
def sound_he(networks, sizes, stds, glorot_stds, last_std):
    """As sound, with the spreads of two likely slips beside. last_std: He's spread for a layer after the last."""
    seen = sound(networks, sizes, stds)
    if seen != 1 and sound(networks, sizes, glorot_stds) == 1:
        return "kind_ignored"
    if seen != 1 and sound(networks, sizes, [*stds[1:], last_std]) == 1:
        return "he_by_fan_out"
    return seen

# %% [markdown] hints="init_network"
# 1. How many matrices do $L + 1$ sizes make, and what are their shapes?
# 2. One generator for all layers, made once of the seed; or a seed for each layer, drawn from such a generator.
# 3. $W_l$ has shape $(n_{l-1}, n_l)$ and the standard deviation of Glorot or He for these two fans

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

# %% check="init_network" points=3
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
# ## 6.6 The same network, dead and alive
#
# The data: 1797 digits of 8 by 8 pixels, scaled to $-1 \dots 1$. We keep 1257 rows for training and hold 540 back.
# The network has ten hidden tanh layers that narrow from 50 units to 32, and a linear layer of 10 scores.

# %% given="digits"
pixels, digit = data.load("digits")
shuffled = np.random.default_rng(6).permutation(len(pixels))
X_train, y_train = pixels[shuffled[:1257]] / 8 - 1, digit[shuffled[:1257]]
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

# %% [markdown]
# Write the training. Start with your `init_network` and Glorot's rule. In each of 20 epochs shuffle the rows and go
# through them in batches of 32. After each batch take one step for every matrix:
#
# $$W_l \leftarrow W_l - \eta\, dW_l$$
#
# Take large steps first and small ones at the end: $\eta = 0.1\,(1 - e/20)$ in epoch $e = 0, \dots, 19$. The grader trains your function on digits whose pixels and labels are
# shuffled in a way of its own, so weights written down beforehand are worth nothing.

# %% [markdown] hints="train"
# 1. What has to be fresh in each epoch, and what is kept?
# 2. `rng.permutation(len(X))` once an epoch; slices of it are the batches; `loss_and_gradients` once a batch.
# 3. $W_l \leftarrow W_l - \eta\,dW_l$ for all $l$, about 40 batches an epoch, $\eta = 0.1\,(1 - e/20)$

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

# %% check="train" points=8
# One of three seeds must reach it. Right answers miss it less than once in a million.
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.88)
### BEGIN HIDDEN TESTS
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.88)
### END HIDDEN TESTS

# %% [markdown]
# Now three starts of this network, with the same data, steps and learning rate: your `init_network` with Glorot's
# rule, and normal weights with standard deviations 0.01 and 1. The left panel shows the size of $dW_l$ before the
# first step, layer by layer, for 300 rows. Glorot's gradients have one size all the way. With 0.01 they are near
# $10^{-14}$ in every layer: what the signal loses on its way up, the error loses on its way down. With 1 the error
# grows on its way down; it **explodes**. The right panel shows the loss. Glorot's falls. With 0.01 it stays at
# $\ln 10 = 2.303$, the loss of a network that knows nothing. With 1 it comes from far above and stops there, too: in
# every hidden layer 74 to 80 % of the units are saturated before any step, and in most layers more after the first 20.

# %% figure="starts"
if check.needs(activations, layer_backward, loss_and_gradients, init_network):
    starts = [("Glorot", init_network(SIZES, "glorot", 0), "-"), ("0.01", gaussian_weights(SIZES, 0.01, 0), "--"),
              ("1", gaussian_weights(SIZES, 1.0, 0), ":")]
    figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.4))
    for label, weights, style in starts:
        _, *gradients = loss_and_gradients(X_train[:300], y_train[:300], weights, "tanh")
        left.semilogy(range(1, 12), [np.std(dW) for dW in gradients], style, color="black", label=label)
        losses, rng = [], np.random.default_rng(0)
        for step in range(241):
            if step % 20 == 0:
                losses.append(loss_and_gradients(X_train[:300], y_train[:300], weights, "tanh")[0])
            batch = rng.integers(len(X_train), size=32)
            _, *gradients = loss_and_gradients(X_train[batch], y_train[batch], weights, "tanh")
            weights = tuple(W - 0.1 * dW for W, dW in zip(weights, gradients, strict=True))
        right.plot(range(0, 241, 20), losses, style, color="black", label=label)
    left.set(xlabel="layer", ylabel="standard deviation of dW", title="Gradients at the start")
    right.set(xlabel="step", ylabel="loss on 300 training rows", title="Training", ylim=(0, 6))
    left.legend(title="start")
    figure.tight_layout()
    plt.show()

# %% [markdown]
# ## 6.7 The same in Keras
#
# Every Keras layer has a `kernel_initializer`. `Dense` takes `GlorotUniform` unless told otherwise, **also with
# ReLU**: for He's start you must write `kernel_initializer="he_normal"`. We ask Keras for float64, so that it can
# be compared with your functions to the last digits. The import takes some seconds.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    import tensorflow as tf
    from tensorflow import keras

keras.backend.set_floatx("float64")

# %% [markdown]
# Keras's random numbers are others than yours, so the two are compared by their law. The spreads agree. One thing
# differs: **Keras's normal law is cut off.** It draws again what lies beyond two standard deviations, and stretches
# the rest, because cutting made it narrower: by $1 / 0.8796$. **Predict:** how many standard deviations from zero
# is Keras's largest weight then?

# %%
# Your prediction: one number. Replace the None.
prediction_cut = [None]

# %%
check.reveal(prediction_cut, lambda: np.abs(keras.initializers.HeNormal(seed=1)((300, 200))).max() / np.sqrt(2 / 300),
             labels=["largest weight / std"])

# %% [markdown]
# The table has four pairs of spreads. The figure shows both normal laws: yours has tails beyond the two edges where
# Keras's stops.

# %% figure="laws"
if check.needs(glorot_uniform, glorot_normal, he_uniform, he_normal):
    pairs = [(glorot_uniform, keras.initializers.GlorotUniform), (glorot_normal, keras.initializers.GlorotNormal),
             (he_uniform, keras.initializers.HeUniform), (he_normal, keras.initializers.HeNormal)]
    for mine, theirs in pairs:
        a, b = np.asarray(mine((300, 200), 0)), np.asarray(theirs(seed=1)((300, 200)))
        print(f"{mine.__name__:15} std: yours {a.std():.4f}, Keras {b.std():.4f}    "
              f"largest: yours {np.abs(a).max():.3f}, Keras {np.abs(b).max():.3f}")
    figure, axes = plt.subplots(figsize=(6, 3.2))
    for values, style, label in ((a, "-", "he_normal, yours"), (b, "--", "HeNormal, Keras")):
        axes.hist(values.ravel() / np.sqrt(2 / 300), bins=60, range=(-4, 4), density=True, histtype="step",
                  linestyle=style, color="black", label=label)
    axes.set(xlabel="weight / standard deviation", ylabel="density", title="60,000 weights each", ylim=(0, 0.55))
    axes.legend()
    plt.show()

# %% [markdown]
# Now the gradient of the deep network. `tf.GradientTape` records what happens to variables and plays the chain rule
# backwards. Your backward pass and the tape must agree.

# %% [markdown] hints="keras_loss_and_gradients"
# 1. Which tensors must be variables, so that the tape watches them?
# 2. Inside `with tf.GradientTape() as tape:` hidden layers take `tf.tanh` or `tf.nn.relu`; the last takes none. The
#    tape gives None for what is no `tf.Variable`, after NumPy in between, and for what was computed outside it.
# 3. `tape.gradient(loss, variables)` with `SparseCategoricalCrossentropy(from_logits=True)(y, scores)`

# %% exercise="keras_loss_and_gradients" same_as="loss_and_gradients" uses="GradientTape"
def keras_loss_and_gradients(X, y, weights, kind):
    """The same as loss_and_gradients, by GradientTape. Returns (loss, dW_1, ..., dW_L): a float and NumPy arrays."""
    ### BEGIN SOLUTION
    activation = {"tanh": tf.tanh, "relu": tf.nn.relu}[kind]
    variables = [tf.Variable(W) for W in weights]
    with tf.GradientTape() as tape:
        A = tf.constant(X)
        for W in variables[:-1]:
            A = activation(A @ W)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, A @ variables[-1])
    return (float(loss), *(dW.numpy() for dW in tape.gradient(loss, variables)))
    ### END SOLUTION

# %% check="keras_loss_and_gradients" points=6
check.gradients(keras_loss_and_gradients, small_X, small_y, small_weights, "tanh", part="tanh",
                names=["loss", "dW1", "dW2", "dW3"])
check.gradients(keras_loss_and_gradients, small_X[:3, :5], small_y[:3], small_weights[1:], "tanh", part="tanh",
                names=["loss", "dW1", "dW2"])
check.gradients(keras_loss_and_gradients, small_X, small_y, small_weights, "relu", part="relu",
                names=["loss", "dW1", "dW2", "dW3"])
check.gradients(keras_loss_and_gradients, -small_X[:1, :6], small_y[:1], lean_weights, "relu", part="relu",
                names=["loss", "dW1", "dW2", "dW3"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((7, 5), (7, 5), (1, 1)):
    check.gradients(keras_loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 3, size=N),
                    (rng.normal(size=(D, 11)) / 2, rng.normal(size=(11, 8)) / 3, rng.normal(size=(8, 3))), "tanh",
                    part="tanh", names=["loss", "dW1", "dW2", "dW3"])
for N, D in ((11, 3), (11, 3), (1, 1)):
    check.gradients(keras_loss_and_gradients, rng.normal(size=(N, D)), rng.integers(0, 4, size=N),
                    (rng.normal(size=(D, 7)), rng.normal(size=(7, 5))), "relu", part="relu", names=["loss", "dW1", "dW2"])
check.gradients(keras_loss_and_gradients, rng.normal(size=(7, 5)), rng.integers(0, 2, size=7),
                (rng.normal(size=(5, 3)),), "tanh", part="tanh", names=["loss", "dW1"])
### END HIDDEN TESTS

# %% [markdown]
# How equal are they? The cell builds the network of eleven layers from `Dense` layers, copies your start into it,
# and compares scores and gradients of 100 digits, relative to the largest. In float64 they agree to about fifteen
# digits. In float32 only about seven are there to begin with, and each layer rounds again.

# %% figure="agreement"
if check.needs(activations, layer_backward, loss_and_gradients, init_network):
    weights = init_network(SIZES, "glorot", 0)
    by_hand = (activations(X_test[:100], weights[:-1], "tanh")[-1] @ weights[-1],
               *loss_and_gradients(X_test[:100], y_test[:100], weights, "tanh")[1:])
    for kind in ("float64", "float32"):
        model = keras.Sequential([keras.layers.Dense(n, "tanh", use_bias=False, dtype=kind) for n in SIZES[1:-1]]
                                 + [keras.layers.Dense(10, use_bias=False, dtype=kind)])
        model.build((None, 64))
        model.set_weights(weights)
        with tf.GradientTape() as tape:
            scores = model(X_test[:100].astype(kind))
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype=kind)(y_test[:100], scores)
        by_keras = [tensor.numpy() for tensor in (scores, *tape.gradient(loss, model.trainable_variables))]
        off = [np.max(np.abs(a - b)) / np.max(np.abs(a)) for a, b in zip(by_hand, by_keras, strict=True)]
        print(f"{kind}: scores differ by {off[0]:.1e}, gradients by at most {max(off[1:]):.1e}")

# %% [markdown]
# ### Transfer: the fans of a convolution
#
# A dense layer of shape $(D, H)$ has the fans $D$ and $H$. You have not met convolutions in this book yet, but
# their fans follow from the definition. A convolution kernel of shape $(k_h, k_w, c_{in}, c_{out})$ slides over a
# picture. A unit looks at a window of $k_h \times k_w$ pixels with $c_{in}$ channels each. A pixel's channel feeds
# every unit whose window covers it. Away from the border that is one unit for each place in the window, and that for
# each of $c_{out}$ output channels.

# %% [markdown] hints="fans"
# 1. How many numbers does one unit add up? How many units does one number reach?
# 2. The last two sizes are channels; whatever stands before them is the window. A dense layer has a window of one.
# 3. $n_{in} = k_h k_w c_{in}$ and $n_{out} = k_h k_w c_{out}$

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
# Keras counts the same way: the spread of a `HeNormal` kernel is $\sqrt{2 / n_{in}}$ with your fan-in.

# %% figure="kernel"
if check.needs(fans):
    kernel = np.asarray(keras.initializers.HeNormal(seed=1)((3, 5, 7, 160)))
    print(f"std of Keras's kernel {kernel.std():.4f}, by your fans {np.sqrt(2 / fans((3, 5, 7, 160))[0]):.4f}")

# %% [markdown]
# ## 6.8 In words
#
# A classmate builds a classifier for ten classes with twenty hidden ReLU layers of 100 units. All weights are
# normal with standard deviation 0.01. The loss stands at 2.303 and does not move, and a learning rate 100 times as
# large changes nothing. **Say what happens to the signal on its way forward and to the gradient on its way back,
# why the learning rate does not help, and which start you would choose.**

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
# Equal weights stay equal; weights too small lose the signal; weights too large saturate the units. The variance
# $2 / (n_{in} + n_{out})$ keeps signal and error alive through tanh layers, $2 / n_{in}$ through ReLU layers. One
# line of `tf.keras` does the same, if you choose it.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
