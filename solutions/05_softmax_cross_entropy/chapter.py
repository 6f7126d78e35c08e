# %% [markdown]
# # 5 · Softmax and cross-entropy
#
# A network has read *The cat sat on the* and scores three next words: mat 2.0, sofa 1.0, moon 0.1. How sure is it of each?
# If *moon* comes, how wrong was it, and which way should each score move?
#
# **Why now.** Every chat assistant ends like this: scores for a whole vocabulary (50,257 entries in GPT-2), a softmax, and a word drawn by it.
# The **temperature** that you may set divides the scores; [Holtzman and others](https://arxiv.org/abs/1904.09751) show what it does
# to a text. What such a network minimises is the cross-entropy of this chapter. Papers report its exponential, the **perplexity**:
# 20.5 for [GPT-3](https://arxiv.org/abs/2005.14165) on the Penn Treebank. Other roads to the same formulas:
# [CS231n's notes](https://cs231n.github.io/linear-classify/#softmax) and
# [d2l](https://d2l.ai/chapter_linear-classification/softmax-regression.html).
#
# **You build:** softmax, log-sum-exp, cross-entropy, their gradient, softmax regression; then the same in `tf.keras`.
#
# **Time:** 95 to 120 minutes for quick readers, 140 to 165 with time to think: two sittings, a break after 5.4. **You need:** NumPy
# broadcasting, the chain rule, logarithms, gradient descent and a compiled Keras model (chapter 2), `GradientTape` (3.8, a ★).
#
# Run the check below each exercise. No function may change its arguments. Stuck? `check.hint("softmax")` gives three hints, one
# at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data

# %% [markdown]
# ## 5.1 From scores to probabilities · 19 minutes
#
# The scores of a last layer, one a class, are also called **logits**. They may be any numbers. Probabilities are positive and sum to one.
# The exponential makes each score positive; dividing by the sum does the rest. (Of squares, $-2$ would count as much as 2. $e^z$
# keeps the order, and a difference becomes a ratio: $p_a / p_b = e^{z_a - z_b}$.)
#
# $$p_c = \frac{e^{z_c}}{\sum_k e^{z_k}}$$
#
# This is the [**softmax**](https://proceedings.neurips.cc/paper/1989/hash/0336dcbab05b9d5ad24f4333c7658a0e-Abstract.html). For a batch, $Z$ has shape $(N, C)$: one row an example, one column a class. Each row is treated alone.
# (For two classes with scores $(z, 0)$ it is $1/(1 + e^{-z})$, the sigmoid.)
#
# ### Worked example
#
# $e^{2} = 7.389$, $e^{1} = 2.718$, $e^{0.1} = 1.105$. Their sum is $11.212$. The first probability is $7.389 / 11.212$.
# **Predict** all three: work them out before you go on.
#
# ### Exercise 1 · softmax · 3 points · 9 minutes
#
# `np.exp(1000)` is infinite, and infinity over infinity is `nan`. Multiply above and below by $e^{-m}$:
#
# $$p_c = \frac{e^{z_c - m}}{\sum_k e^{z_k - m}}$$
#
# Any $m$ gives the same probabilities: only *differences* of scores count. With $m = \max_k z_k$ **of that row** the largest exponent
# is 0, so nothing overflows, and one term of the sum is 1, so nothing divides by zero.

# %%
# Your prediction: the three probabilities, two decimals are enough. Replace each None. You see the answer after 'softmax'.
prediction = [None, None, None]

# %% given="scores"
# Four examples, three classes. The first row is the worked example.
scores = np.array([[2.0, 1.0, 0.1], [0.3, -1.2, 0.8], [-0.5, 0.0, 1.5], [1.0, 3.0, -2.0]])
labels = np.array([0, 2, 2, 0])
# Large scores: a good test of arithmetic.
far_apart = np.array([[-1000.0, 500.0], [1000.0, 1001.0], [-1000.0, -1002.0], [-600.0, 200.0]])
far_labels = np.array([0, 0, 1, 0])

# %% [markdown] hints="softmax"
# 1. Which axis holds the classes, and what must each row sum to?
# 2. `keepdims=True` keeps a maximum or a sum as a column, so that it lines up with its row.
# 3. $p_{ic} = e^{z_{ic} - m_i} / \ldots$ with $m_i = \max_k z_{ik}$

# %% exercise="softmax" bans="scipy sklearn tensorflow keras torch jax"
def softmax(z):
    """Row-wise softmax.

    z: (N, C) scores. Returns (N, C) probabilities; each row sums to 1. Finite for any finite scores.
    """
    ### BEGIN SOLUTION
    shifted = z - np.max(z, axis=1, keepdims=True)
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
    check.reveal(prediction, lambda: softmax(scores[:1]), labels=["mat", "sofa", "moon"])

# %% [markdown]
# You said 0.65, 0.32, 0.03? Those are the scores over their sum: the exponential is missing.
#
# Now a **temperature** $T$: divide the scores by it before the softmax. On the left, at a small $T$,
# the largest score takes all; on the right, all words become alike. Below: twelve draws at three temperatures.

# %% figure="temperature" folded="it draws"
if check.needs(softmax):
    temperatures = np.geomspace(0.1, 20, 100)
    curves = softmax(scores[0] / temperatures[:, None])
    words = np.array(["mat", "sofa", "moon"])
    figure, axes = plt.subplots(figsize=(6, 3.2))
    for curve, style, word, score in zip(curves.T, ["-", "--", ":"], words, scores[0], strict=True):
        axes.semilogx(temperatures, curve, style, color="black", label=f"{word}, score {score:g}")
    axes.axvline(1, color="0.7", linewidth=0.8)
    axes.set(xlabel="temperature T", ylabel="probability", title="Softmax of scores / T")
    axes.legend()
    plt.show()
    for temperature in (0.2, 1.0, 5.0):
        p = softmax(scores[:1] / temperature)[0]
        drawn = np.searchsorted(np.cumsum(p), np.random.default_rng(1).random(12))  # a draw: where a random height falls
        print(f"T = {temperature:g}:", *words[np.minimum(drawn, 2)])

# %% [markdown]
# ## 5.2 Log-sum-exp · 10 minutes
#
# Losses need $\log p_c$, the natural logarithm, as everywhere here. The logarithm of a softmax loses digits: a probability that was
# rounded to zero has no logarithm. Write it out instead:
#
# $$\log p_c = z_c - \log \sum_k e^{z_k}$$
#
# The second term is called **log-sum-exp**. The same shift keeps it finite:
#
# $$\mathrm{lse}(z) = m + \log \sum_k e^{z_k - m}$$
#
# By hand: $\mathrm{lse}(2, 1, 0.1) = \log 11.212 = 2.417$. It lies between the largest score $m$ and $m + \log C$: a *soft
# maximum*. So *mat* has $\log p = 2 - 2.417 = -0.417$.
#
# ### Exercise 2 · log-sum-exp · 3 points · 7 minutes
#
# Return one number a row, finite for all finite scores.

# %% [markdown] hints="log_sum_exp"
# 1. After the shift, what has to be added back?
# 2. Keep the maximum as a column for the subtraction, and as a flat vector for the sum at the end.
# 3. $\mathrm{lse}(z)_i = m_i + \log \ldots$

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
# ## 5.3 The price of a surprise · 31 minutes
#
# 1. A model gave the probability $p_{i,y_i}$ to the class $y_i$ that came.
# 2. All rows together, each given those before it, had $\prod_i p_{i,y_i}$: the **likelihood** of the model.
# 3. The logarithm makes the product a sum, and $-\log p_{i,y_i}$ is the **surprise** of row $i$: 0 for certainty, large for the unexpected.
# 4. So the most likely weights have the least mean surprise. That mean is our loss, the **cross-entropy**:
#
# $$L = -\frac1N \sum_{i=1}^{N} \log p_{i,y_i}$$
#
# Put $\log p$ from above into it:
#
# $$L = \frac1N \sum_{i=1}^{N} \bigl(\mathrm{lse}(z_i) - z_{i,y_i}\bigr)$$
#
# By hand: *mat* costs 0.417; *moon*, which had $p = 0.099$, costs $2.417 - 0.1 = 2.317$. Both in one batch: $(0.417 + 2.317)/2 = 1.367$.
#
# ### Exercise 3 · cross-entropy · 5 points · 8 minutes
#
# `z[np.arange(len(z)), y]` picks one score a row. Compute from scores: then no probability is rounded to zero, and nothing needs a clip.
#
# **Predict** first. A network that has learned nothing gives all ten digits the same score. What is its loss?

# %%
# Your prediction: one number. Replace the None. You see the answer after 'cross_entropy'.
prediction_untrained = [None]

# %% [markdown] hints="cross_entropy"
# 1. Which one score of each row belongs to the right class?
# 2. You have `log_sum_exp` already. What is left of each row's loss?
# 3. $L = \mathrm{mean}_i\,(\mathrm{lse}(z_i) - \ldots)$

# %% exercise="cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def cross_entropy(z, y):
    """Mean cross-entropy of scores and integer labels.

    z: (N, C) scores, y: (N,) integers in 0..C-1. Returns a float. Finite for any finite scores.
    """
    ### BEGIN SOLUTION
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]))
    ### END SOLUTION

# %% check="cross_entropy" points=5
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

# %%
if check.needs(cross_entropy):
    check.reveal(prediction_untrained, lambda: cross_entropy(np.zeros((1, 10)), np.array([3])), labels=["loss"])

# %% [markdown]
# You said 0.1, or 0.9? A probability; the loss is its logarithm. 1? That is the logarithm to base 10. You said 10? That is $e^L$, the
# **perplexity**: as unsure as a fair draw among so many. Print the first loss of every training: with small starting weights it is near
# $\log C$, or something is wrong before you begin.
#
# The loss never reaches 0, and the price of a label to which the model gives almost nothing has no bound.
#
# ### Exercise 4 · find the bug in a soft loss · 3 points · 8 minutes
#
# A target can also be a whole distribution: row $i$ of `t` holds one probability a class. A **one-hot** row, a single 1 among zeros, says
# the same as a label. By such rows
# [distillation](https://arxiv.org/abs/1503.02531) transfers a large network's knowledge to a small one.
#
# $$L = -\frac1N \sum_{i=1}^{N} \sum_c t_{ic} \log p_{ic}$$
#
# A colleague wrote the function below with **two** slips. PyTorch's `KLDivLoss` makes one of them
# unless told otherwise, and [its documentation](https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html) warns of it.
# Run it, look at the sign and the size, and mend it.

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
# 3. $\log p_{ic} = z_{ic} - \mathrm{lse}(z_i)$, then $-\frac1N \sum_i \ldots$

# %% exercise="soft_cross_entropy" bans="scipy sklearn tensorflow keras torch jax"
def soft_cross_entropy(z, t):
    """Mean cross-entropy of scores and target distributions.

    z: (N, C) scores, t: (N, C) target probabilities, rows sum to 1. Returns a float.
    """
    ### BEGIN SOLUTION
    log_p = z - log_sum_exp(z)[:, None]
    return float(-np.mean(np.sum(t * log_p, axis=1)))
    ### END SOLUTION

# %% check="soft_cross_entropy" points=3
check.values(soft_cross_entropy, scores, targets)
check.values(soft_cross_entropy, scores[1:2, 1:], targets[1:2, 1:])
### BEGIN HIDDEN TESTS
for N in (7, 7, 1):
    check.values(soft_cross_entropy, check.rng.normal(size=(N, 5)), check.rng.dirichlet(np.ones(5), size=N))
### END HIDDEN TESTS

# %% [markdown]
# Soft targets have a floor. The best that a model can say is $p = t$, and then the loss is the [**entropy**](https://people.math.harvard.edu/~ctm/home/text/others/shannon/entropy/entropy.pdf) of the target,
# $-\sum_c t_c \log t_c$. For $[0.5, 0.25, 0.25]$ it is $0.5 \cdot 0.693 + 2 \cdot 0.25 \cdot 1.386 = 1.040$. What a model pays above it,
# $\sum_c t_c \log (t_c / p_c)$, is the **Kullback–Leibler divergence**, which `KLDivLoss` computes: 0 for $p = t$, else positive.
# (See [MacKay](https://www.inference.org.uk/mackay/itila/).)
#
# <details><summary>Why is it never negative?</summary>The logarithm lies below its tangent: $\log x \le x - 1$. Take the classes with $t_c > 0$ ($0 \log 0$ counts as 0) and $x = p_c / t_c$: the divergence is at least $\sum_c t_c (1 - p_c / t_c) = 1 - \sum_c p_c \ge 0$.</details>
#
# ### Exercise 5 · the loss of a language model · 2 points · 5 minutes
#
# A model of text scores *every* position: shape $(N, S, C)$ for $N$ sequences of $S$ positions. Its loss is the mean over all $N \cdot S$.
# Reshape, then use what you have. (Real batches also mask the padding of short texts.)

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
# ## 5.4 The gradient · 24 minutes
#
# Take one row, $\ell = \mathrm{lse}(z) - z_y$. **Derive** on paper the slope of $\mathrm{lse}(z) = \log \sum_k e^{z_k}$ by one score $z_c$: the
# logarithm outside, the sum inside. Then subtract the slope of $z_y$, and mind that
# the loss is a mean over $N$ rows.
#
# <details><summary>The derivation, to compare</summary>$\displaystyle \frac{\partial\,\mathrm{lse}}{\partial z_c} = \frac{1}{\sum_k e^{z_k}} \cdot e^{z_c} = p_c$, so $\displaystyle \frac{\partial \ell}{\partial z_c} = p_c - [c = y]$, where the bracket is 1 if true, else 0. For a soft target, $\ell = \sum_c t_c (\mathrm{lse}(z) - z_c) = \mathrm{lse}(z) - \sum_c t_c z_c$, as $\sum_c t_c = 1$: slope $p_c - t_c$. A batch, with $P = \mathrm{softmax}(Z)$ and a 1 in column $y_i$ of row $i$ of $Y$: $dZ = (P - Y)/N$.</details>
#
# ### Exercise 6 · the gradient by the scores · 5 points · 10 minutes
#
# **Predict** the row of $dZ$, the slopes by $Z$, for the worked example: scores $(2, 1, 0.1)$, *mat* was right, $N = 1$. Test it: what must the
# row sum to, if adding a constant to all scores changes nothing?

# %%
# Your prediction: the three numbers of dZ. Replace each None. You see the answer after 'cross_entropy_gradient'.
prediction_row = [None, None, None]

# %% [markdown] hints="cross_entropy_gradient"
# 1. What should each row of the gradient sum to?
# 2. Start from the probabilities, an array of your own. In each row one entry changes.
# 3. $(P - \ldots)/N$: the $1/N$ belongs to both

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
for N, C in ((7, 5), (11, 3), (7, 5)):  # one row is of the last class, but none in the batch of one
    check.gradients(cross_entropy_gradient, rng.normal(size=(N, C)),
                    rng.permutation(np.append(rng.integers(0, C, size=N - 1), C - 1)), names=["dZ"])
check.gradients(cross_entropy_gradient, rng.normal(size=(1, 3)), rng.integers(0, 1, size=1), names=["dZ"])
# So large that differences would take minutes.
check.values(cross_entropy_gradient, rng.normal(size=(300, 200)), rng.permutation(np.append(rng.integers(0, 200, size=299), 199)),
             part="gradients", names=["dZ"])
### END HIDDEN TESTS

# %%
if check.needs(cross_entropy_gradient):
    check.reveal(prediction_row, lambda: cross_entropy_gradient(scores[:1], labels[:1]), labels=["mat", "sofa", "moon"])

# %% [markdown]
# What was said, minus what was right:
#
# $$dZ = \frac{\partial L}{\partial Z} = \frac1N (P - Y), \qquad P = \mathrm{softmax}(Z)$$
#
# You said 0.659, 0.242, 0.099? The label is not subtracted, and the row sums to 1. All signs turned? That is $Y - P$. About a fifth of the first?
# You multiplied by $p(1 - p)$ as well; the softmax has been differentiated already.
#
# The figure moves: *moon* (hatched) was right. Each step takes the scores against their gradient, $z \leftarrow z - \mathtt{rate} \cdot dz$, by your functions; outlines
# are those of step 0. What happens to the pushes as the network gets surer? Which wrong word is pushed harder, and why? Then choose *mat* (0).
# ([CS231n's demo](https://cs231n.github.io/linear-classify/#webdemo) moves a whole layer: choose
# Softmax.)

# %% figure="push" folded="it draws"
if check.needs(softmax, cross_entropy, cross_entropy_gradient):
    from grader import moving

    def film(start, right, rate):
        """Eight steps of descent from these scores, towards one right word."""
        z, came, steps = np.array([start], dtype=float), np.array([right]), []
        for _ in range(8):
            steps.append((z[0], -cross_entropy_gradient(z, came)[0], softmax(z)[0], cross_entropy(z, came)))
            z = z + rate * steps[-1][1]
        z_all = np.array([step[0] for step in steps])
        words, hatches = ["mat", "sofa", "moon"], ["//" if word == right else "" for word in range(3)]

        def pushed(number):
            figure, panels = plt.subplots(1, 3, figsize=(7, 2.7), layout="constrained")
            titles = f"step {number}: scores z", "push, -dz", f"p, and loss {steps[number][3]:.2f}"
            bounds = (min(z_all.min(), 0) - 0.3, max(z_all.max(), 0) + 0.3), (-1, 1), (0, 1)
            for axes, heights, first, title, bound, color in zip(
                    panels, steps[number], steps[0], titles, bounds, ("0.85", "tab:orange", "0.85"), strict=False):
                axes.bar(words, heights, color=color, edgecolor="black", hatch=hatches)
                axes.bar(words, first, color="none", edgecolor="black", linestyle=":")
                axes.axhline(0, color="black", linewidth=0.8)
                axes.set(ylim=bound)
                axes.set_title(title, fontsize=10)
            return figure

        moving.figure(pushed, 8, frame_ms=375, alt="Three bars each of scores, pushes and probabilities, over 8 steps; the hatched word is right. "
                                                   "Dotted outlines: step 0.")

# %%
# @title Yours: scores, the right word (0, 1 or 2), the size of a step; run it again { run: "auto" }
mat = 2.0  # @param {type:"slider", min:-3, max:3, step:0.1}
sofa = 1.0  # @param {type:"slider", min:-3, max:3, step:0.1}
moon = 0.1  # @param {type:"slider", min:-3, max:3, step:0.1}
right = 2  # @param [0, 1, 2] {type:"raw"}
rate = 1.0  # @param {type:"slider", min:0.1, max:4, step:0.1}
if check.needs(softmax, cross_entropy, cross_entropy_gradient):
    film([mat, sofa, moon], right, rate)

# %% [markdown]
# Each wrong word is pushed by the probability it was given, so *mat* pays most. The pushes shrink because $1 - p$ does: this loss stops
# pushing only where it is right.
#
# ## 5.5 One layer · 14 minutes
#
# **Softmax regression** is one linear layer and a softmax: $Z = XW + b$, with $X$ of shape $(N, D)$, $W$ of shape $(D, C)$ and $b$ of shape $(C,)$.
# Score $Z_{ic} = \sum_j X_{ij} W_{jc} + b_c$ has the slope $X_{ij}$ by $W_{jc}$ and 1 by $b_c$. Every row uses the same weights, so the
# shares of all rows add up:
#
# $$dW = X^\top dZ, \qquad db = \sum_{i=1}^{N} dZ_i$$
#
# ### Exercise 7 · loss and gradients of a layer · 6 points · 10 minutes
#
# Return the loss as well.

# %% given="layer"
layer_X = np.round(np.cos(np.arange(20.0)).reshape(5, 4) * 1.5, 2)
layer_y = np.array([0, 2, 1, 2, 0])
layer_W = np.round(np.sin(np.arange(12.0) + 1).reshape(4, 3), 2)
layer_b = np.array([0.1, -0.2, 0.3])


def linear_scores(X, W, b):
    """What one linear layer gives. X: (N, D), W: (D, C), b: (C,). Returns (N, C)."""
    return X @ W + b

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

# %% figure="graph" folded="it draws"
if check.needs(softmax, cross_entropy_gradient, loss_and_gradients):
    X, y = np.array([[2.0, 1.0]]), np.array([0])
    W, b = np.array([[0.5, 0.5, -0.2], [1.0, 0.0, 0.5]]), np.zeros(3)
    Z = X @ W + b
    loss, dW, db = loss_and_gradients(X, y, W, b)

    def rows(numbers):
        table = [[f"{number:.3f}".rstrip("0").rstrip(".") for number in row] for row in np.atleast_2d(numbers)]
        width = max(len(number) for row in table for number in row)
        return "\n".join("  ".join(number.rjust(width) for number in row) for row in table)

    forward = {"X (1, 2)": (0.8, 2.2, X), "W (2, 3)": (3.0, 3.75, W), "b (3,)": (3.0, 0.6, b), "Z (1, 3)": (5.2, 2.2, Z),
               "P (1, 3)": (7.9, 2.2, softmax(Z)), "L": (10.2, 2.2, loss)}
    backward = {"dW": (5.4, 3.75, dW), "db": (5.4, 0.6, db), "dZ": (5.2, 1.55, cross_entropy_gradient(Z, y))}
    figure, axes = plt.subplots(figsize=(8.8, 3.2))
    figure.subplots_adjust(left=0, right=1, bottom=0, top=0.92)
    axes.set(xlim=(0, 10.8), ylim=(0.1, 4.3))
    axes.axis("off")
    look = {"ha": "center", "va": "center", "fontsize": 9, "family": "monospace"}
    for name, (x, height, numbers) in forward.items():
        axes.text(x, height, f"{name}\n{rows(numbers)}", bbox={"facecolor": "white", "edgecolor": "black"}, **look)
    for name, (x, height, numbers) in backward.items():
        axes.text(x, height, f"{name}\n{rows(numbers)}", color="tab:orange", style="italic", **look)
    for start, end in (((1.5, 2.2), (4.4, 2.2)), ((3.0, 3.2), (4.4, 2.5)), ((3.0, 0.95), (4.4, 1.9)), ((6.0, 2.2), (6.6, 2.2)),
                       ((9.2, 2.2), (9.8, 2.2))):
        axes.annotate("", end, start, arrowprops={"arrowstyle": "->"})
    for start, end in (((10.2, 1.85), (6.6, 1.5)), ((5.2, 2.55), (5.3, 3.25)), ((1.5, 2.4), (4.7, 3.25)), ((5.3, 1.2), (5.4, 0.95))):
        axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": "tab:orange", "linestyle": "--"})
    axes.set_title("forward: black, solid      backward: orange, dashed", fontsize=9)
    plt.show()

# %% [markdown]
# The worked example as a graph: $X = (2, 1)$ and this $W$ were chosen so that $Z$ is its scores. The way back jumps over $P$: softmax and
# logarithm are differentiated together, and what is left is $P - Y$. Taken apart, $1/p$ would meet a $p$ that was rounded to zero.
#
# ## 5.6 Reading digits · 17 minutes
#
# 1797 digits of 8 by 8 pixels, scanned from forms. We keep 1257 rows for training and hold 540 back.
#
# ### Exercise 8 · train on digits · 3 points · 11 minutes
#
# From a blank page: small random weights, by `np.random.default_rng(seed)`, zero biases, `y.max() + 1` classes. Then, some 300 times, with
# the whole training set at once,
#
# $$W \leftarrow W - \eta\, dW, \qquad b \leftarrow b - \eta\, db$$
#
# A learning rate $\eta$ of 1 works here. While you try, print the loss every 50 steps: does it start near $\log 10 = 2.303$, and does it
# fall? The check shuffles pixels and renames labels, so that no weights known beforehand help.

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

# %% [markdown] hints="train"
# 1. What must be true of the loss after each step? Where do the new `W` and `b` have to be for the next one?
# 2. One call of `loss_and_gradients` a step. The labels tell how many classes there are: the largest is one less.
# 3. $W \leftarrow W - \eta\,dW$, and $b$ alike, some 300 times; return both after the loop

# %% exercise="train" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train softmax regression by gradient descent.

    X: (N, D) inputs in 0..1, y: (N,) integers, seed: int. Returns (W, b), shapes (D, C) and (C,).
    """
    ### BEGIN SOLUTION
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
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

# %% figure="weights" folded="it draws"
if check.needs(softmax, loss_and_gradients, train):
    import contextlib
    import io

    figure, axes = plt.subplots(figsize=(6, 2.6))
    for rate, style in ((0.1, "--"), (1.0, "-")):
        W, b, losses = np.zeros((64, 10)), np.zeros(10), []
        for _ in range(60):
            loss, dW, db = loss_and_gradients(X_train, y_train, W, b)
            W, b = W - rate * dW, b - rate * db
            losses.append(loss)
        axes.plot(losses, style, color="black", label=f"learning rate {rate:g}")
    axes.axhline(np.log(10), color="tab:orange", linestyle="-.", linewidth=0.9, label="log 10")
    axes.set(xlabel="step", ylabel="loss", ylim=(0, 3.5), title="Training loss, by your gradients")
    axes.legend(loc="upper right")
    plt.show()
    with contextlib.redirect_stdout(io.StringIO()):  # what it prints has been seen
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
# Each column of $W$ has one weight a pixel, folded back into a picture. Dark pixels speak for the digit, white ones against it; mid-grey
# is a weight near 0. The last two panels show the held-back digit that your network finds hardest. It may be sure and wrong. Scores twice as large would give the same answers and surer probabilities: a high $p$ is no proof.
# [Guo and others](https://arxiv.org/abs/1706.04599) found modern networks too sure, and mend that by one temperature.
#
# ## 5.7 The same in Keras · 34 minutes
#
# [`SparseCategoricalCrossentropy`](https://keras.io/api/losses/probabilistic_losses/), in `keras.losses`, takes integer labels. Its argument
# `from_logits` says what else it is given: scores (`True`) or probabilities (`False`, the default). There are two ways to be wrong, and
# **neither raises an error**:
#
# - Scores, and `from_logits` left out: Keras clips them into $(0, 1)$, divides each row by its sum and takes that for probabilities. The
#   gradient of every clipped score is zero.
# - Probabilities, and `from_logits=True`: a second softmax. The order of the classes stays, and the loss has a floor. (Keras undoes a softmax activation of its own, and warns; outside of a
#   `tf.function`, `tf.nn.softmax` it cannot see.)
#
# Where is that floor? At best the probabilities are 1 for the right class and 0 for the others. **Predict** what they cost, taken for
# scores, if $C = 10$.
#
# ### Exercise 9 · loss and gradients, by the tape · 5 points · 12 minutes
#
# Your hand-written backward pass and `tf.GradientTape` must agree. The tape is that of 3.8: `with tf.GradientTape() as tape:` around scores and
# loss, then `tape.gradient(loss, [...])`. It watches a `tf.Variable`; $W$ and $b$ come as NumPy arrays, which it does not. The locked
# cells below, which import TensorFlow in float64 and judge exercise 10, need no reading.

# %%
# Your prediction: the floor. Replace the None. You see the answer after 'keras_loss_and_gradients'.
prediction_floor = [None]

# %% probe="keras" folded="it imports TensorFlow and fits your model"
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
    return model if isinstance(model, str) else np.array(model(X))

# %% adapter="classifier_loss_and_gradients" of="build_classifier" same_as="loss_and_gradients"
def classifier_loss_and_gradients(X, y, W, b):
    """The loss that the student's model was compiled with, and its gradients. Returns (loss, dW, db)."""
    model = with_weights(build_classifier(*W.shape), W, b)
    if isinstance(model, str):
        return model
    with tf.GradientTape() as tape:
        loss = model.compute_loss(y=y, y_pred=model(X))
    return float(loss), *(gradient.numpy() for gradient in tape.gradient(loss, model.trainable_weights))

# %% [markdown] hints="keras_loss_and_gradients"
# 1. Which tensors must be variables, so that the tape watches them?
# 2. Inside `with tf.GradientTape() as tape:` compute the scores and the loss, which must be told what it gets. Ask the tape for gradients
#    outside.
# 3. `tape.gradient` takes the loss and a list of variables, and gives tensors; each has `.numpy()`

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

# %% figure="traps" folded="it draws"
if check.needs(softmax, cross_entropy, cross_entropy_gradient, keras_loss_and_gradients):
    # Certain and right, but softmaxed twice.
    check.reveal(prediction_floor, lambda: cross_entropy(np.eye(10), np.arange(10)), labels=["floor"])
    # One score rises; it is that of the right class, and the nine others are 1. What does Keras charge?
    rising = np.linspace(-2, 12, 141)
    z, first = np.ones((141, 10)), np.zeros(141, dtype=int)
    z[:, 0] = rising
    told = {flag: keras.losses.SparseCategoricalCrossentropy(from_logits=flag, reduction=None) for flag in (True, False)}
    figure, (axes, curves) = plt.subplots(2, 1, figsize=(6, 5.4), layout="constrained")
    axes.plot(rising, told[True](first, z), "k-", label="scores, told so")
    axes.plot(rising, told[True](first, tf.nn.softmax(z)), "k--", label="a second softmax")
    axes.plot(rising, told[False](first, z), "k:", label="scores taken for p")
    axes.set(xlabel="score of the right class", ylabel="loss", ylim=(-0.1, 6), title="One right loss, two that raise no error")
    # A quarter of the digits, 300 steps at rate 2: one softmax, and two.
    X, y = X_train[::4], y_train[::4]
    for twice, style, label in ((False, "k-", "scores, told so"), (True, "k--", "a second softmax")):
        W, losses = np.zeros((64, 10)), []
        for _ in range(300):
            z = X @ W
            p = softmax(z)
            dz = cross_entropy_gradient(p if twice else z, y)
            losses.append(cross_entropy(p if twice else z, y))
            W -= 2 * X.T @ (p * (dz - np.sum(p * dz, axis=1, keepdims=True)) if twice else dz)
        read = np.mean(np.argmax(X_test @ W, axis=1) == y_test)
        curves.plot(losses, style, label=f"{label}: {read:.1%} of held-back digits right")
    curves.set(xlabel="step", ylabel="loss", ylim=(-0.1, 3.8), title="Two trainings on the digits")
    for panel in (axes, curves):
        panel.axhline(np.log(1 + 9 / np.e), color="tab:orange", linestyle="-.", linewidth=0.9, label="floor")
        panel.legend(fontsize=8, loc="upper right")
    plt.show()

# %% [markdown]
# Taken for scores, a one and $C - 1$ zeros cost
#
# $$\mathrm{lse}(1, 0, \dots, 0) - 1 = \log(e + C - 1) - 1$$
#
# You predicted 0? A second softmax gets scores that differ by 1 at most, so it can never be sure: see the dashed lines. 2.461? The right
# class's score, 1, is still to be subtracted. The dotted line is flat wherever scores were clipped: no slope, nothing is learned. Right of 1 it
# lies at $\log 10$, as all ten were clipped to nearly 1. A reader of [a research code](https://github.com/ariecattan/SciCo/issues/2) saw a
# stuck loss, found the second softmax and worked out the floor.
#
# ### Exercise 10 · a compiled model · 3 points · 10 minutes
#
# Build a `keras.Sequential` of **one** `Dense` layer that gives scores; begin with
# `keras.Input((n_features,))`, so that it has weights before it is fitted. Then `compile` it with an optimizer and a loss. The check
# fits it for 12 epochs in batches of 32 and asks for 90 %. SGD, Adam and RMSprop at their default rates stop short: choose an optimizer and a
# rate that get there.

# %% [markdown] hints="build_classifier"
# 1. Which activation does a layer have that gives plain scores?
# 2. `keras.Sequential`, one `Dense`, then `compile` with an optimizer and a loss that is told what it gets.
# 3. Scores go into the loss, so `from_logits` ... And what would ten times the default rate of `Adam` do in so few epochs?

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
# ## 5.8 In words · 6 minutes
#
# A classmate trains a network of seven classes in a loop of her own. Each step ends in `p = tf.nn.softmax(z)` and
# `loss = SparseCategoricalCrossentropy(from_logits=True)(y, p)`. The loss falls at first and then never gets below
# about 1.17. **What happened, how does the number give it away, why may her accuracy look fine, and what are the two ways to mend it?**

# %% [markdown] written="stuck_loss" points=2
# ### BEGIN SOLUTION
# The loss applies a second softmax to probabilities. Probabilities lie between 0 and 1, so even a perfect row
# gives log(1 + 6/e) = 1.165. The order of the classes stays, so the accuracy may look fine. One point for the
# second softmax together with the floor; one point for both repairs: hand over z and leave the softmax out, or say
# from_logits=False.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. Scores become probabilities by a softmax, row by row, shifted by each row's own maximum.
# 2. The loss is the mean surprise, $\mathrm{lse}(z) - z_y$, computed from scores. From small weights it starts near $\log C$.
# 3. Its gradient by the scores is what was said minus what was right: $(P - Y)/N$.
# 4. One layer has $dW = X^\top dZ$ and $db = \sum_i dZ_i$.
# 5. A loss must be told what it gets. A floor in its curve tells that it was not.
#
# ### Do you recall?
#
# <details><summary>The perceptron rule (chapter 1) does nothing for a row that is right. What does softmax regression do with it?</summary>It still pushes, by 1 - p, the less the surer it is.</details>
#
# <details><summary>Two hidden units with equal weights in and out stay equal for ever (chapter 4). Why may W start from zeros here?</summary>There is no hidden layer: each column of W has labels of its own, so the columns part at the first step.</details>
#
# <details><summary>A research code's validation loss could not fall below "roughly 0.74". How many classes had it, if its softmax was applied twice?</summary>log(e + C - 1) - 1 = 0.74 gives C = 4. It was a real bug; the report gives this number.</details>
#
# ### A challenge for an evening
#
# Take a text of your choice in small letters and blanks: $D = C = 27$. Train softmax regression from each letter, one-hot, to the next one, as
# [makemore](https://github.com/karpathy/makemore) begins. Report its perplexity on text that you held back, beside 27 for who knows nothing.
# Then draw 200 letters at temperatures $\frac12$, 1 and 2.
#
# **New words:** *logits*: scores before the softmax. *Temperature*: what scores are divided by. *Log-sum-exp*: $\log \sum_k e^{z_k}$. *Surprise*:
# $-\log$ of the probability of what came. *Cross-entropy*: the mean surprise. *Perplexity*: its exponential.
# *Entropy*: the least cross-entropy that a soft target allows. *Kullback–Leibler divergence*: what is paid above it.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
