# %% [markdown]
# # 7 · Back-propagation
#
# A network of four layers reads nine in ten digits that it has never seen. Its backward pass is wrong in three of its four layers. Nothing was raised, and the loss fell. How would you find out?
#
# **Why now.** One recursion, walked down the layers, trains everything from your network to [GPT-3](https://arxiv.org/abs/2005.14165). That one has 96 layers, and its gradient was clipped, as yours will be.
# To read another day: [Dive into Deep Learning](https://d2l.ai/chapter_multilayer-perceptrons/backprop.html),
# [Yes you should understand backprop](https://karpathy.medium.com/yes-you-should-understand-backprop-e2f06eab496b), [CS231n on gradient checks](https://cs231n.github.io/neural-networks-3/).
#
# **You build:** both passes of a network of any depth, a check that finds the wrong layer, training by mini-batches, clipping; then the same in `tf.keras`.
#
# **Time:** 100 to 120 minutes for the exercises, 140 to 165 with all reading: two sittings, a break after 7.4. **You need:** mini-batches (2.4), bends and their slopes (3.1, 3.2), fan-out (3.5), one hidden layer (4.4), the tape (4.8), the gradient of softmax and cross-entropy (5.4), one layer (5.5), and backwards (6.5), He's start (6.3).
#
# Run the check below each exercise. No function may change its arguments. Stuck? `check.hint("forward")` gives three hints, one at a time.

# %% setup="imports"
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 7.1 One step, L times · 10 minutes
#
# Chapter 4 wrote each layer out. Now there are $L$ of them, with $W_l$ of shape $(n_{l-1}, n_l)$ and $b_l$ of shape $(n_l,)$. Rows are examples, and $A_0 = X$:
#
# $$Z_l = A_{l-1} W_l + b_l, \qquad A_l = f(Z_l)$$
#
# The last layer has no bend: $Z_L$ are the scores of the classes. The way back will need every **sum** $Z_l$, so the forward pass returns them all.
#
# All parameters stand in one flat tuple, $(W_1, b_1, \dots, W_L, b_L)$, in the order in which Keras hands them out. `layers(parameters)` pairs them, and `bend(Z, kind)` gives value and slope.
#
# ### Worked example
#
# The network `drawn` below has three layers of two units, with ReLU. From $x = (1, 2)$ come $Z_1 = (1 + 2 + 0,\; -1 + 2 - 2) = (3, -1)$ and $A_1 = (3, 0)$: the second unit is silent. The other layers, row by row: $W_2 = ((1, 2), (4, 1))$, $b_2 = (-1, -5)$, $W_3 = ((1, -1), (0, 2))$, $b_3 = (-1, 1)$. **Predict** the two scores.

# %% given="network"
def layers(parameters):
    """The pairs (W_l, b_l) of a flat tuple (W_1, b_1, ..., W_L, b_L), as a list."""
    return list(zip(parameters[::2], parameters[1::2], strict=True))


def bend(Z, kind):
    """An activation, entry by entry. kind: "relu", "tanh" or "sigmoid". Returns (value, slope), both of Z's shape."""
    if kind == "relu":
        return np.maximum(Z, 0), np.where(Z >= 0, 1.0, 0.0)
    if kind == "tanh":
        A = np.tanh(Z)
        return A, 1 - A**2
    A = (1 + np.tanh(Z / 2)) / 2
    return A, A * (1 - A)


def softmax_loss(scores, y):
    """Mean cross-entropy and its gradient by the scores. scores: (N, C), y: (N,). Returns (loss, delta_L)."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    delta = np.exp(log_p)
    delta[rows, y] -= 1
    return float(-log_p[rows, y].mean()), delta / len(y)


def some_network(sizes, rng):
    """Weights and biases to try things on. sizes: (n_0, ..., n_L). Returns the flat tuple."""
    pairs = [(rng.normal(size=(m, n)) / np.sqrt(m), rng.normal(size=n) / 2) for m, n in pairwise(sizes)]
    return tuple(tensor for pair in pairs for tensor in pair)


drawn_x, drawn_y = np.array([[1.0, 2.0]]), np.array([0])
drawn = (np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([0.0, -2.0]), np.array([[1.0, 2.0], [4.0, 1.0]]),
         np.array([-1.0, -5.0]), np.array([[1.0, -1.0], [0.0, 2.0]]), np.array([-1.0, 1.0]))
# Three layers, six rows and four; two layers, one row. What is written with sizes in it fails here.
_rng = np.random.default_rng(7)
few_X, few_y, few = _rng.normal(size=(6, 3)), _rng.integers(0, 5, size=6), some_network((3, 4, 2, 5), _rng)
more_X, more_y, more = _rng.normal(size=(4, 4)), _rng.integers(0, 2, size=4), some_network((4, 2, 3, 2), _rng)
lone_X, lone_y, lone = _rng.normal(size=(1, 2)), np.array([2]), some_network((2, 3, 4), _rng)


def scores_by_hand():
    """The scores of the network that is drawn."""
    W1, b1, W2, b2, W3, b3 = drawn
    return np.maximum(np.maximum(drawn_x @ W1 + b1, 0) @ W2 + b2, 0) @ W3 + b3

# %%
# Your prediction: the two scores. Replace each None, then run this cell.
prediction_scores = [None, None]
check.reveal(prediction_scores, scores_by_hand, labels=["score 1", "score 2"])

# %% [markdown]
# You said $-3$ and $3$? That is a network without bends. $-1$ and $1$? You handed $-1$ on, where ReLU hands on 0.
#
# ### Exercise 1 · forward through L layers · 3 points · 5 minutes

# %% [markdown] hints="forward"
# 1. What does the second layer take, and where does it come from?
# 2. A loop over `layers(parameters)` with one array that changes: what the last layer gave. `bend` returns two things.
# 3. $Z_l = A_{l-1}W_l + b_l$ is kept; $A_l = f(Z_l)$ is carried on

# %% exercise="forward" bans="tensorflow keras torch jax"
def forward(X, parameters, kind):
    """The sums of all layers.

    X: (N, n_0), parameters: (W_1, b_1, ..., W_L, b_L), kind: the bend of all layers but the last.
    Returns a tuple (Z_1, ..., Z_L), Z_l of shape (N, n_l).
    """
    ### BEGIN SOLUTION
    sums, A = [], X
    for W, b in layers(parameters):
        sums.append(A @ W + b)
        A, _ = bend(sums[-1], kind)
    return tuple(sums)
    ### END SOLUTION

# %% check="forward" points=3
check.values(forward, few_X, few, "tanh", names=["Z1", "Z2", "Z3"])
check.values(forward, more_X, more, "relu", names=["Z1", "Z2", "Z3"])
check.values(forward, lone_X, lone, "sigmoid", names=["Z1", "Z2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, kind in ((7, "relu"), (7, "relu"), (9, "sigmoid")):
    check.values(forward, rng.normal(size=(N, 5)), some_network((5, 11, 3, 4), rng), kind, names=["Z1", "Z2", "Z3"])
check.values(forward, rng.normal(size=(6, 3)), some_network((3, 4, 2, 5, 3), rng), "tanh", names=["Z1", "Z2", "Z3", "Z4"])
# One of everything, and no number that another could nearly cancel.
X, W1, b1, W2, b2 = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.values(forward, X, (W1, b1, W2, b2), "tanh", names=["Z1", "Z2"])
### END HIDDEN TESTS

# %% [markdown]
# ## 7.2 Deltas · 17 minutes
#
# Let the **delta** of a layer be the gradient of the loss by its *sums*, of the same shape as $Z_l$ (the $dZ$ of 6.5). It is a message to each unit, row by row: how fast the loss grows if this unit's sum does.
#
# $$\delta_l = \frac{\partial\, \text{loss}}{\partial Z_l}$$
#
# The uppermost one you know from 5.4. `softmax_loss` gives it beside the loss; in the example, with $y = 0$ and two equal scores, it is $(-\frac12, \frac12)$:
#
# $$\delta_L = \frac1N (P - Y)$$
#
# Now go down one layer. $\delta_{l+1}$ is known; what is $\delta_l$? Two things lie between $Z_l$ and $Z_{l+1}$:
#
# - a product with $W_{l+1}$. Each unit feeds *every* unit above it, so the shares that come back add up (3.5);
# - a bend, entry by entry, with the slope $f'(Z_l)$.
#
# **Derive** $\delta_l$ from $\delta_{l+1}$, $W_{l+1}$ and $f'(Z_l)$: the shapes leave one way. That line is the **delta recursion**. It is all there is to back-propagation.
#
# **Predict** $\delta_2$ and $\delta_1$ of the example. You see the answer after the exercise.
#
# ### Exercise 2 · the delta recursion · 5 points · 10 minutes

# %%
# Your prediction for the network `drawn`: both entries of delta 2, then both of delta 1.
prediction_deltas = [None, None, None, None]

# %% [markdown] hints="deltas"
# 1. Which delta do you know first, and in which order do the others follow?
# 2. Count down with an index: layer $l$ needs its own sums and the weights of the layer *above*. Each new delta goes to the front of the list.
# 3. $\delta_l = (\ldots) \odot f'(Z_l)$; the bracket has the shape $(N, n_l)$ and is made of $\delta_{l+1}$ and $W_{l+1}$

# %% exercise="deltas" bans="scipy tensorflow keras torch jax autograd"
def deltas(X, y, parameters, kind):
    """The gradient of the mean cross-entropy by the sums of each layer.

    X: (N, n_0), y: (N,) integers, parameters and kind: as in forward.
    Returns a tuple (delta_1, ..., delta_L), delta_l of shape (N, n_l).
    """
    sums = forward(X, parameters, kind)
    ### BEGIN SOLUTION
    weights = parameters[::2]
    found = [softmax_loss(sums[-1], y)[1]]
    for place in range(len(sums) - 2, -1, -1):
        _, slope = bend(sums[place], kind)
        found.insert(0, found[0] @ weights[place + 1].T * slope)
    return tuple(found)
    ### END SOLUTION

# %% check="deltas" points=5
check.values(deltas, few_X, few_y, few, "tanh", names=["delta1", "delta2", "delta3"])
check.values(deltas, more_X, more_y, more, "relu", names=["delta1", "delta2", "delta3"])
check.values(deltas, lone_X, lone_y, lone, "sigmoid", names=["delta1", "delta2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, kind in ((7, "relu"), (7, "relu"), (9, "sigmoid")):
    check.values(deltas, rng.normal(size=(N, 5)), rng.integers(0, 4, size=N), some_network((5, 11, 3, 4), rng), kind,
                 names=["delta1", "delta2", "delta3"])
check.values(deltas, rng.normal(size=(6, 3)), rng.integers(0, 3, size=6), some_network((3, 4, 2, 5, 3), rng), "tanh",
             names=["delta1", "delta2", "delta3", "delta4"])
X, W1, b1, W2, b2 = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 3), 3))
check.values(deltas, X, np.array([1]), (W1, b1, W2, b2), "tanh", names=["delta1", "delta2"])
### END HIDDEN TESTS

# %%
if check.needs(forward, deltas):
    check.reveal(prediction_deltas, lambda: np.concatenate([np.ravel(delta) for delta in deltas(drawn_x, drawn_y, drawn, "relu")[1::-1]]) + 0.0,
                 labels=["delta 2, unit 1", "delta 2, unit 2", "delta 1, unit 1", "delta 1, unit 2"])

# %% [markdown]
# $-3$ at the end? That unit is silent, and a slope of 0 lets nothing back. $-0.5$ and $1.5$ for $\delta_2$? You multiplied by $W_3$, not by its transpose: a square matrix does not complain. $1$ and $-1$ there? You took $Y - P$.
#
# <details><summary>The recursion in full</summary>$Z_{l+1,ik} = \sum_j f(Z_{l,ij})\, W_{l+1,jk} + b_{l+1,k}$, so $\delta_{l,ij} = f'(Z_{l,ij}) \sum_k \delta_{l+1,ik}\, W_{l+1,jk}$, and $\delta_l = (\delta_{l+1} W_{l+1}^\top) \odot f'(Z_l)$.</details>

# %% figure="graph" folded="it draws"
if check.needs(forward, deltas):
    sums, back = forward(drawn_x, drawn, "relu"), deltas(drawn_x, drawn_y, drawn, "relu")
    figure, axis = plt.subplots(figsize=(5.8, 3.4))
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    for level, (W, b) in enumerate(layers(drawn)):
        for unit in range(2):
            for source in range(2):
                low, high = (level + 0.2, 2 - 2 * source), (level + 0.8, 2 - 2 * unit)
                axis.annotate("", high, low, arrowprops={"arrowstyle": "->", "color": "tab:blue"})
                at = 0.3 if source == unit else 0.2
                axis.text(low[0] + 0.6 * at, low[1] + (high[1] - low[1]) * at, f"{W[source, unit]:g}", color="tab:blue", fontsize=9,
                          ha="center", va="center", bbox=paper)
            Z, delta = sums[level][0, unit], back[level][0, unit] + 0.0
            axis.text(level + 1, 2 - 2 * unit, f"$b$ = {b[unit]:g}\n$Z$ = {Z:g}", color="tab:blue", ha="center", va="center", fontsize=9,
                      bbox={"boxstyle": "round,pad=0.4", "facecolor": "white"})
            axis.text(level + 1, 1.38 - 2 * unit, rf"$\delta$ = {delta:g}", color="tab:orange", style="italic", ha="center", va="center", fontsize=10)
            if level:
                axis.annotate("", (level + 0.2, 1.72 - 2 * unit), (level + 0.8, 1.72 - 2 * unit),
                              arrowprops={"arrowstyle": "->", "linestyle": "--", "color": "tab:orange"})
    for unit in range(2):
        axis.text(0, 2 - 2 * unit, f"$x_{unit + 1}$ = {drawn_x[0, unit]:g}", color="tab:blue", ha="center", va="center", fontsize=9,
                  bbox={"boxstyle": "round,pad=0.4", "facecolor": "white"})
    axis.set(xlim=(-0.3, 3.3), ylim=(-1, 2.5))
    axis.axis("off")
    axis.set_title("every Z and delta (1, 2), every W (2, 2)   solid: forward, dashed: back", fontsize=9)
    figure.tight_layout()
    plt.show()

# %% [markdown]
# ## 7.3 From deltas to gradients · 11 minutes
#
# $Z_l = A_{l-1}W_l + b_l$ is the layer of 5.5, so a gradient is what *went into* the layer times what *came back* to it. In the figure $A_2 = Z_2 = (2, 1)$ and $\delta_3 = (-\frac12, \frac12)$, so $dW_3$ has the rows $(-1, 1)$ and $(-\frac12, \frac12)$:
#
# $$dW_l = A_{l-1}^\top\, \delta_l, \qquad db_l = \sum_{i=1}^{N} \delta_{l,i}$$
#
# The factor $1/N$ stands in $\delta_L$ once, and the recursion carries it down.
#
# Going up, a layer costs one matrix product; going down, two. So a gradient costs about three forward passes, however many parameters there are. The network of 7.6 has 4650: by differences (4.4) its gradient would take 9300 losses.
#
# ### Exercise 3 · loss and gradients of L layers · 7 points · 9 minutes

# %% [markdown] hints="loss_and_gradients"
# 1. What went into layer 1, and what into layer $l$? Do you have sums or activations?
# 2. Pair each layer's input with its delta in one loop: `zip`. `softmax_loss` gives the loss.
# 3. The inputs are $X, f(Z_1), \dots, f(Z_{L-1})$: one less is bent than there are layers

# %% exercise="loss_and_gradients" gradient_of="loss_and_gradients" wrt="parameters" bans="scipy tensorflow keras torch jax autograd"
def loss_and_gradients(X, y, parameters, kind):
    """Mean cross-entropy of the network, and its gradients.

    X: (N, n_0), y: (N,) integers, parameters and kind: as in forward.
    Returns a flat tuple (loss, dW_1, db_1, ..., dW_L, db_L), each gradient of the shape of its parameter.
    """
    ### BEGIN SOLUTION
    sums = forward(X, parameters, kind)
    loss, _ = softmax_loss(sums[-1], y)
    inputs = [X] + [bend(Z, kind)[0] for Z in sums[:-1]]
    gradients = []
    for A, delta in zip(inputs, deltas(X, y, parameters, kind), strict=True):
        gradients += [A.T @ delta, delta.sum(axis=0)]
    return (loss, *gradients)
    ### END SOLUTION

# %% check="loss_and_gradients" points=7
check.gradients(loss_and_gradients, few_X, few_y, few, "tanh", names=["loss", "dW1", "db1", "dW2", "db2", "dW3", "db3"])
check.gradients(loss_and_gradients, more_X, more_y, more, "relu", names=["loss", "dW1", "db1", "dW2", "db2", "dW3", "db3"])
check.gradients(loss_and_gradients, lone_X, lone_y, lone, "sigmoid", names=["loss", "dW1", "db1", "dW2", "db2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, kind in ((7, "relu"), (7, "relu")):
    check.gradients(loss_and_gradients, rng.normal(size=(N, 5)), rng.integers(0, 4, size=N), some_network((5, 3, 2, 4), rng), kind,
                    names=["loss", "dW1", "db1", "dW2", "db2", "dW3", "db3"])
check.gradients(loss_and_gradients, rng.normal(size=(6, 3)), rng.integers(0, 3, size=6), some_network((3, 2, 4, 2, 3), rng), "tanh",
                names=["loss", "dW1", "db1", "dW2", "db2", "dW3", "db3", "dW4", "db4"])
check.gradients(loss_and_gradients, rng.normal(size=(7, 4)), rng.integers(0, 3, size=7), some_network((4, 3), rng), "relu",
                names=["loss", "dW1", "db1"])
X, W1, b1, W2, b2 = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 3), 3))
check.gradients(loss_and_gradients, X, np.array([1]), (W1, b1, W2, b2), "tanh", names=["loss", "dW1", "db1", "dW2", "db2"])
### END HIDDEN TESTS

# %% [markdown]
# ## 7.4 A check of your own · 15 minutes
#
# `numerical_gradient` of 4.4 asks the loss itself, two losses an entry. Hold claimed gradients $g$ against its numbers $n$. The ratios of 4.4, entry by entry, suffer from tiny entries; here a whole **tensor** gets one number:
#
# $$\text{error} = \frac{\max |g - n|}{\max |n|}$$
#
# By hand: claimed $(3, -2)$, numbers $(3, 2)$: $|-2 - 2| / 3 = 1.33$. One error for all tensors together would hide a small tensor that is quite wrong. Right gradients in float64 give $10^{-7}$ or less, bugs $10^{-3}$ and more. A tensor whose signs are all wrong gives 2, but other bugs may, too. Sometimes the *numbers* are off: where a sum lies on a kink (3.2), so try other rows; and in float32, by a few hundredths. Use few rows and units: two losses an entry are slow.
#
# ### Exercise 4 · errors, tensor by tensor · 4 points · 8 minutes
#
# `f` takes *all* parameters, and `numerical_gradient` wants a function of *one* array.

# %% given="differences"
def numerical_gradient(f, W, step=1e-4):
    """The gradient of f at W by central differences (4.4). f: a function of one array like W, which returns a number.
    The step is longer than in 4.4: gradients of many layers may be small, and rounding counts more."""
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[place] += step
        down[place] -= step
        dW[place] = (f(up) - f(down)) / (2 * step)
    return dW


# The rest is for the check: go on to the exercise.
def pulls(parameters):
    """How much each entry counts in hill: both signs, and half as much in each tensor as in the one before."""
    return [((1 + np.arange(W.size) % 3) * (-1.0) ** np.arange(W.size) / 2 ** (place + 2)).reshape(W.shape)
            for place, W in enumerate(parameters)]


def hill(parameters):
    """A number made of all parameters together."""
    return float(np.exp(sum(np.sum(pull * W**2) for pull, W in zip(pulls(parameters), parameters, strict=True))))


def planted(parameters, factors):
    """The gradient of hill, but the first entry of each tensor is multiplied by its factor."""
    claimed = [2 * pull * W * hill(parameters) for pull, W in zip(pulls(parameters), parameters, strict=True)]
    for dW, factor in zip(claimed, factors, strict=True):
        dW.flat[0] *= factor
    return tuple(claimed)

# %% adapter="errors_on_a_hill" of="gradient_errors"
class _NotAllError(Exception):
    """f was asked about something else than all tensors."""


def errors_on_a_hill(parameters, gradients):
    """What your gradient_errors says of gradients that are claimed for hill; or a slip's name, by where it asks."""
    moves = []

    def watched(place):
        if not isinstance(place, (tuple, list)) or [np.shape(W) for W in place] != [W.shape for W in parameters]:
            raise _NotAllError
        moves.append(np.concatenate([np.ravel(new - W) for new, W in zip(place, parameters, strict=True)]))
        return hill(place)

    try:
        errors = gradient_errors(watched, tuple(W.copy() for W in parameters), tuple(dW.copy() for dW in gradients))
    except _NotAllError:
        return "one_tensor_handed_on"
    if any(np.sum(np.abs(move) > 5e-7) > 1 for move in moves):  # what was put back may be off by rounding
        return "left_where_it_was_moved"
    return errors if not moves or np.any(moves) else "asked_where_nothing_moved"

# %% [markdown] hints="gradient_errors"
# 1. Which parameter moves in turn, and what do all the others do meanwhile?
# 2. For tensor number `place`, define a function of one array that calls `f` with a tuple: those before, the array, those after.
# 3. Of three tensors, for the second: $W \mapsto f(W_0, W, W_2)$; two slices of `parameters` make that for any place. Then the largest difference over the largest number

# %% exercise="gradient_errors" bans="scipy sklearn tensorflow keras torch jax autograd"
def gradient_errors(f, parameters, gradients):
    """How far off claimed gradients are, tensor by tensor.

    f: a function of a tuple of arrays, which returns a number. parameters: such a tuple. gradients: the claimed ones.
    Returns an array with one entry a tensor: max |claimed - numerical| / max |numerical|.
    """
    ### BEGIN SOLUTION
    errors = []
    for place, claimed in enumerate(gradients):
        numbers = numerical_gradient(lambda W, place=place: f((*parameters[:place], W, *parameters[place + 1:])), parameters[place])
        errors.append(np.max(np.abs(claimed - numbers)) / np.max(np.abs(numbers)))
    return np.array(errors)
    ### END SOLUTION

# %% check="gradient_errors" points=4
check.values(errors_on_a_hill, few, planted(few, (3.0, -4.0, 1.0, 0.5, 1.0, 9.0)))
check.values(errors_on_a_hill, more, planted(more, (0.0, 1.0, 5.0, -1.0, 1.0, 7.0)))
check.values(errors_on_a_hill, lone, planted(lone, (-6.0, 0.9, 1.0, 2.0)))
### BEGIN HIDDEN TESTS
# no batch of one because parameters have no batch
rng = check.rng
for sizes in ((2, 3, 2), (2, 3, 2), (2, 1, 3, 2)):
    some = tuple(rng.uniform(0.5, 1.5, size=W.shape) * rng.choice([-1, 1], size=W.shape) for W in some_network(sizes, rng))
    check.values(errors_on_a_hill, some, planted(some, rng.uniform(-2, 0.5, size=len(some))))
one = tuple(rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), 1))
check.values(errors_on_a_hill, one, planted(one, (1.0, 1.5)))
### END HIDDEN TESTS

# %% [markdown]
# Now the network of the opening. Its backward pass is `suspect`, below. It is folded: run the next two cells first, and let your check say **where** to look. Which of the eight gradients do you expect to be wrong?

# %% given="suspect" folded="the check finds the place first"
pixels, digit = data.load("digits")
_shuffled = np.random.default_rng(7).permutation(len(pixels))
X_train, y_train = pixels[_shuffled[:1257]] / 16, digit[_shuffled[:1257]]
X_test, y_test = pixels[_shuffled[1257:]] / 16, digit[_shuffled[1257:]]


def start(sizes, seed, spread=2.0):
    """He's start where spread is 2: weights of variance spread / fan-in, zero biases. Returns the flat tuple."""
    rng = np.random.default_rng(seed)
    pairs = [(rng.normal(0, np.sqrt(spread / m), size=(m, n)), np.zeros(n)) for m, n in pairwise(sizes)]
    return tuple(tensor for pair in pairs for tensor in pair)


def accuracy(parameters, X, y):
    """The share of rows of X whose largest score is the right class. parameters: three layers or more, with ReLU."""
    try:
        parameters = [np.asarray(part, dtype=float) for part in parameters]
    except ValueError:
        return "Some of what you return are tuples of tensors. Return one flat tuple, (W_1, b_1, ..., W_L, b_L)."
    came = [part.shape for part in parameters]
    widths = [X.shape[1], *(shape[-1] if shape else 0 for shape in came[1::2])]
    wanted = [shape for m, n in pairwise(widths) for shape in ((m, n), (n,))]
    if came != wanted or len(came) < 6 or widths[-1] != int(y.max()) + 1:
        raise ValueError(f"(W_1, b_1, ..., W_L, b_L) of three layers or more is expected, from {X.shape[1]} inputs to "
                         f"{int(y.max()) + 1} scores; {came} came")
    A = X
    for W, b in layers(parameters[:-2]):
        A = np.maximum(A @ W + b, 0)
    return float(np.mean(np.argmax(A @ parameters[-2] + parameters[-1], axis=1) == y))


def suspect(X, y, parameters):
    """Loss and gradients of a network with ReLU. Something is wrong in here."""
    outputs = [X]
    for W, b in layers(parameters[:-2]):
        outputs.append(np.maximum(outputs[-1] @ W + b, 0))
    loss, delta = softmax_loss(outputs[-1] @ parameters[-2] + parameters[-1], y)
    gradients = []
    for (W, _), A in zip(layers(parameters)[::-1], outputs[::-1], strict=True):
        gradients = [A.T @ delta, delta.sum(axis=0), *gradients]
        delta = delta @ W.T * (A >= 0)
    return loss, *gradients


def trained_by_suspect():
    """Parameters after 15 passes over the training rows, in batches of 32, with those gradients."""
    parameters, rng = start((64, 32, 32, 32, 10), 0), np.random.default_rng(0)
    for _ in range(15):
        for rows in np.array_split(rng.permutation(len(X_train)), 40):
            _, *gradients = suspect(X_train[rows], y_train[rows], parameters)
            parameters = tuple(W - 0.05 * dW for W, dW in zip(parameters, gradients, strict=True))
    return parameters

# %% figure="planted" folded="it draws"
if check.needs(forward, deltas, loss_and_gradients, gradient_errors):
    held = some_network((3, 6, 6, 6, 3), np.random.default_rng(1))
    X, y = few_X, few_y % 3
    print(f"trained by suspect: {accuracy(trained_by_suspect(), X_test, y_test):.1%} of held-back digits")
    names = [f"d{name}{layer}" for layer in range(1, 5) for name in "Wb"]
    claims = {"yours": loss_and_gradients(X, y, held, "relu")[1:], "suspect": suspect(X, y, held)[1:]}
    errors = {who: gradient_errors(lambda P: loss_and_gradients(X, y, P, "relu")[0], held, claim) for who, claim in claims.items()}
    figure, axis = plt.subplots(figsize=(6, 2.8))
    for (who, error), marker, style, colour in zip(errors.items(), "os", ("-", "--"), ("tab:blue", "tab:orange"), strict=True):
        axis.semilogy(names, np.maximum(error, 1e-12), marker + style, color=colour, label=who)
    first = start((64, 32, 32, 32, 10), 0)
    right, wrong = loss_and_gradients(X_train, y_train, first, "relu")[1::2], suspect(X_train, y_train, first)[1::2]
    turned = [np.degrees(np.arccos(np.sum(a * b) / np.linalg.norm(a) / np.linalg.norm(b))) for a, b in zip(right, wrong, strict=True)]
    print("its first step is off by", ", ".join(f"{angle:.0f}" for angle in turned[:3]), "degrees in layers 1, 2, 3")
    print("error   yours  suspect")
    for name, mine, its in list(zip(names, *errors.values(), strict=True))[::-1]:
        print(f"{name:6}  {mine:.0e}  {its:.0e}")
    axis.set(ylabel="error", title="Claimed gradients against differences")
    axis.legend()
    figure.tight_layout()
    plt.show()

# %% [markdown]
# Read it downwards, from layer 4, as the deltas go. Layer 4 is right; all below is wrong. So $\delta_4$ is right, and the error comes in **on the step from $\delta_4$ to $\delta_3$**. The layers below inherit it.
#
# <details><summary>The line that does it</summary>`(A >= 0)` asks the activation, which is never negative after a ReLU: the mask is always 1. It has to ask the sum, or `A > 0`.</details>
#
# Why did it learn all the same? Its last layer is right, and the steps of the others are turned by the angles above: below 90 degrees they still lead downhill. **A falling loss proves little.**
#
# ## 7.5 The printed algorithm · 11 minutes
#
# One set of slides prints back-propagation for sigmoids in *all* layers. Its loss is $E = \frac{1}{2N}\sum (p - y)^2$, its error $e = y - p$, and $k$ runs over the units above:
#
# $$\delta_j^L = -e_j\, f'(z_j^L)$$
#
# $$\delta_j^l = -f'(z_j^l) \sum_k \delta_k^{l+1} W_{jk}^{l+1}$$
#
# $$W_{ij}^l \leftarrow W_{ij}^l + \eta\, \delta_j^l\, h_i^{l-1}$$
#
# `printed_step` is the same for all rows at once. In 4.4 you mended its signs for two layers. More layers show a pattern. **Predict** for four layers: does the step for $W_1, W_2, W_3, W_4$ go uphill (1) or downhill (0)?

# %% given="printed"
def printed_step(X, Y, parameters, rate):
    """The slides' step. X: (N, n_0), Y: (N, n_L) targets. Returns the new parameters."""
    outputs = [X]
    for W, b in layers(parameters):
        outputs.append(bend(outputs[-1] @ W + b, "sigmoid")[0])
    e = (Y - outputs[-1]) / len(X)
    delta = -e * outputs[-1] * (1 - outputs[-1])
    stepped = []
    for (W, b), h in zip(layers(parameters)[::-1], outputs[-2::-1], strict=True):
        stepped = [W + rate * h.T @ delta, b + rate * delta.sum(axis=0), *stepped]
        delta = -h * (1 - h) * (delta @ W.T)
    return tuple(stepped)


def squared_error(X, Y, parameters):
    """The loss E of the slides."""
    for W, b in layers(parameters):
        X, _ = bend(X @ W + b, "sigmoid")
    return float(np.sum((X - Y) ** 2) / (2 * len(X)))


few_Y = np.eye(5)[few_y]
four_Y, four = np.eye(3)[few_y % 3], some_network((3, 6, 5, 6, 3), np.random.default_rng(2))


def uphill(step):
    """1 for each layer whose weights a step moves uphill, else 0. step(X, Y, parameters, rate) gives new parameters."""
    climbs = []
    for place in range(0, len(four), 2):
        slope = numerical_gradient(lambda W, place=place: squared_error(few_X, four_Y, (*four[:place], W, *four[place + 1:])), four[place])
        climbs.append(float(np.sum(slope * (step(few_X, four_Y, four, 1.0)[place] - four[place])) > 0))
    return climbs

# %%
# Your prediction for W1, W2, W3, W4: 1 uphill, 0 downhill. Replace each None, then run this cell.
prediction_uphill = [None, None, None, None]
check.reveal(prediction_uphill, lambda: uphill(printed_step), labels=["W1", "W2", "W3", "W4"])
stepped = four
for _ in range(200):
    stepped = printed_step(few_X, four_Y, stepped, 0.5)
print(f"E: {squared_error(few_X, four_Y, four):.3f} at the start, {squared_error(few_X, four_Y, stepped):.3f} after 200 printed steps")

# %% [markdown]
# 1 everywhere? The minus in the recursion turns the sign once a layer. 0 for $W_4$? Follow it: $-e f'$ *is* the derivative, and a plus climbs it. So $E$ grew.
#
# ### Exercise 5 · find the bug for L layers · 3 points · 7 minutes

# %% [markdown] hints="ebp_step"
# 1. Is $-e\,f'(z)$ the derivative of $E$ by the sum, or minus that? Which sign does the step need, then?
# 2. Copy `printed_step`. One sign is in the recursion, one in the step, and a bias steps like its weights.
# 3. With every delta a derivative: $\delta_l = f'(Z_l) \odot (\ldots)$ has no minus, and $W_l \leftarrow W_l \ldots$ goes downhill

# %% exercise="ebp_step" bans="scipy tensorflow keras torch jax autograd"
def ebp_step(X, Y, parameters, rate):
    """One step of gradient descent on E = 1/(2N) * sum of (output - Y)**2, with sigmoids in all layers.

    X: (N, n_0), Y: (N, n_L) targets, parameters: (W_1, b_1, ..., W_L, b_L), rate: the learning rate.
    Returns the new parameters, a tuple. All gradients are taken at the old ones.
    """
    ### BEGIN SOLUTION
    outputs = [X]
    for W, b in layers(parameters):
        outputs.append(bend(outputs[-1] @ W + b, "sigmoid")[0])
    delta = (outputs[-1] - Y) / len(X) * outputs[-1] * (1 - outputs[-1])
    stepped = []
    for (W, b), h in zip(layers(parameters)[::-1], outputs[-2::-1], strict=True):
        stepped = [W - rate * h.T @ delta, b - rate * delta.sum(axis=0), *stepped]
        delta = h * (1 - h) * (delta @ W.T)
    return tuple(stepped)
    ### END SOLUTION

# %% check="ebp_step" points=3
check.values(ebp_step, few_X, few_Y, few, 2.0, names=["W1", "b1", "W2", "b2", "W3", "b3"])
check.values(ebp_step, more_X, np.eye(2)[more_y], more, 4.0, names=["W1", "b1", "W2", "b2", "W3", "b3"])
check.values(ebp_step, lone_X, np.array([[1.0, 0.0, 1.0, 0.0]]), lone, 3.0, names=["W1", "b1", "W2", "b2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, rate in ((7, 3.0), (7, 3.0)):
    check.values(ebp_step, rng.normal(size=(N, 5)), rng.integers(0, 2, size=(N, 2)).astype(float), some_network((5, 4, 3, 2), rng), rate,
                 names=["W1", "b1", "W2", "b2", "W3", "b3"])
check.values(ebp_step, rng.normal(size=(6, 3)), rng.uniform(size=(6, 3)), some_network((3, 4, 2, 5, 3), rng), 4.0,
             names=["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"])
X, W1, b1, W2, b2 = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 1), 1))
check.values(ebp_step, X, np.zeros((1, 1)), (W1, b1, W2, b2), 2.0, names=["W1", "b1", "W2", "b2"])
### END HIDDEN TESTS

# %% [markdown]
# ## 7.6 Digits, in mini-batches · 19 minutes
#
# 1257 digits are for training, 540 are held back. A mini-batch (2.4) estimates the gradient from a few rows, so one **epoch**, one pass over all rows, makes many steps: with 32 rows each it makes 40, for the price of a single step with all rows.
#
# ### Exercise 6 · one epoch · 4 points · 8 minutes
#
# Rows are taken in the order that `order` gives, `size` at a time. The last batch may be smaller, and counts: 8 rows in batches of 3 make 3 steps. Its gradient is the mean over *its own* rows. Images and labels must stay together.

# %% [markdown] hints="epoch"
# 1. How do you cut `order` into pieces, and what do you do with a piece?
# 2. `range(0, len(order), size)` gives where each piece begins; a slice that runs past the end is just shorter.
# 3. For each piece `rows`: loss and gradients of `X[rows], y[rows]`, note the loss, then all parameters $\theta \leftarrow \theta - \eta\,(\ldots)$

# %% exercise="epoch" bans="scipy tensorflow keras torch jax autograd"
def epoch(X, y, parameters, kind, rate, order, size):
    """One pass of mini-batch gradient descent.

    X, y, parameters, kind: as in loss_and_gradients. rate: the learning rate. order: (N,) the rows as they are visited.
    size: rows a batch; the last batch may be smaller.
    Returns a flat tuple (W_1, b_1, ..., W_L, b_L, losses): the new parameters, and an array with each batch's loss
    before its step.
    """
    ### BEGIN SOLUTION
    losses = []
    for begin in range(0, len(order), size):
        rows = order[begin : begin + size]
        loss, *gradients = loss_and_gradients(X[rows], y[rows], parameters, kind)
        losses.append(loss)
        parameters = tuple(W - rate * dW for W, dW in zip(parameters, gradients, strict=True))
    return (*parameters, np.array(losses))
    ### END SOLUTION

# %% check="epoch" points=4
check.values(epoch, few_X, few_y, few, "tanh", 0.5, np.array([3, 0, 5, 2, 1, 4]), 4, names=["W1", "b1", "W2", "b2", "W3", "b3", "losses"])
check.values(epoch, more_X, more_y, more, "sigmoid", 2.0, np.array([2, 0, 3, 1]), 3, names=["W1", "b1", "W2", "b2", "W3", "b3", "losses"])
check.values(epoch, few_X[:5, :2], few_y[:5] % 4, lone, "relu", 0.3, np.array([4, 1, 0, 3, 2]), 2, names=["W1", "b1", "W2", "b2", "losses"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, size in ((7, 3), (7, 3)):
    check.values(epoch, rng.normal(size=(N, 5)), rng.integers(0, 4, size=N), some_network((5, 6, 3, 4), rng), "tanh", 0.4,
                 rng.permutation(N), size, names=["W1", "b1", "W2", "b2", "W3", "b3", "losses"])
X, W1, b1, W2, b2 = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 3), 3))
check.values(epoch, X, np.array([1]), (W1, b1, W2, b2), "relu", 0.4, np.array([0]), 2, names=["W1", "b1", "W2", "b2", "losses"])
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7 · the whole training · 6 points · 9 minutes
#
# A blank page: a start, some 12 epochs, each with a fresh order. Sizes such as $(64, 40, 40, 10)$, batches of 32 and $\eta = 0.1$ do; let $\eta$ shrink to 0 over the epochs, and the last steps jump less.
#
# Use the arguments: in the check pixels and labels stand in another order. And do not call your counter `epoch`: that is your function's name.

# %% [markdown] hints="train"
# 1. Which of your functions does a whole epoch, and what does it want each time anew?
# 2. `start(sizes, seed)` gives parameters; `rng.permutation(len(X))` an order. How many classes has `y`, how many columns `X`?
# 3. In epoch $e$ of 12 take $\eta = 0.1\,(1 - e/12)$; the parameters are all but the last thing that `epoch` returns

# %% exercise="train" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv numpy.linalg.qr numpy.linalg.svd scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train a network of three layers or more, with ReLU, by mini-batch gradient descent.

    X: (N, D) inputs in 0..1, y: (N,) integers, seed: int. Returns the parameters (W_1, b_1, ..., W_L, b_L).
    """
    rng = np.random.default_rng(seed)
    ### BEGIN SOLUTION
    *parameters, = start((X.shape[1], 40, 40, int(y.max()) + 1), seed)
    for number in range(12):
        *parameters, _ = epoch(X, y, tuple(parameters), "relu", 0.1 * (1 - number / 12), rng.permutation(len(X)), 32)
    return tuple(parameters)
    ### END SOLUTION

# %% check="train" points=6
# Up to three seeds are tried. One must read 85 % of the digits that were held back.
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.85)
### BEGIN HIDDEN TESTS
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.85)
### END HIDDEN TESTS

# %% [markdown]
# ## 7.7 Vanishing and exploding · 15 minutes
#
# One step down the recursion sums $n$ shares, each with a weight of spread $\sigma_w$, and multiplies by a slope. If the weights are independent of what comes back, the size of delta changes by a factor of about
#
# $$\sqrt{n}\, \cdot \sigma_w \cdot f'$$
#
# Chapter 6 wants this to be about 1. With He's start and equal layers $\sqrt{n}\,\sigma_w = \sqrt2$, and half of ReLU's slopes are 1. A sigmoid's slope is at most $\frac14$: a factor of $\sqrt2/4 = 0.354$ a layer, at best. **Predict** the size of $\delta_1$ over that of $\delta_{11}$, with ten hidden layers of 30 sigmoids between digits and scores.

# %%
# Your prediction: one number, such as 1e-2. Replace the None; the next cell answers.
prediction_ratio = [None]

# %% figure="sizes" folded="it draws"
if check.needs(forward, deltas, loss_and_gradients):
    def sizes_of_deltas(parameters, kind):
        """The root mean square of each layer's deltas for 300 digits, without the factor 1/N."""
        return [300 * np.sqrt(np.mean(delta**2)) for delta in deltas(X_train[:300], y_train[:300], parameters, kind)]

    figure, axis = plt.subplots(figsize=(6, 3))
    eleven = (64,) + (30,) * 10 + (10,)
    for kind, spread, style, colour in (("relu", 6.0, ":", "tab:red"), ("relu", 2.0, "-", "tab:blue"), ("sigmoid", 2.0, "--", "tab:orange")):
        sizes = sizes_of_deltas(start(eleven, 0, spread), kind)
        axis.semilogy(range(1, 12), sizes, style, color=colour, label=f"{kind}, variance {spread:g} / fan-in")
    axis.set(xlabel="layer", ylabel="size of delta", title="Deltas before the first step", xticks=range(1, 12))
    axis.legend(fontsize=8)
    figure.tight_layout()
    plt.show()
    check.reveal(prediction_ratio, lambda: sizes[0] / sizes[-1], labels=["delta 1 / delta 11"])

# %% [markdown]
# A millionth? That is $(\frac14)^{10}$: the weights give $\sqrt2$ a layer back. $3 \cdot 10^{-5}$? That is the bound; the slopes are not all at their best, and only 10 shares come from the scores.
#
# **Vanishing** (dashed): the first layers hardly move. **Exploding** (dotted): one step throws them far away. Do small deltas stay small? The figure moves: four hidden layers of sigmoids, at a rate of 1.0, or of ReLU, at 0.05, as they train. When does the loss start to fall?

# %% figure="waking" folded="it draws"
if check.needs(forward, deltas, loss_and_gradients):
    courses = {}

    def follow_both():
        """Fill courses: the loss, and the sizes of the deltas, every 50 steps of training."""
        for kind, rate in (("sigmoid", 1.0), ("relu", 0.05)):
            rng, parameters, course = np.random.default_rng(0), start((64, 30, 30, 30, 30, 10), 0), []
            for step in range(951):
                if step % 50 == 0:
                    loss = softmax_loss(forward(X_train[:300], parameters, kind)[-1], y_train[:300])[0]
                    course.append((loss, sizes_of_deltas(parameters, kind)))
                rows = rng.integers(len(X_train), size=32)
                _, *gradients = loss_and_gradients(X_train[rows], y_train[rows], parameters, kind)
                parameters = tuple(W - rate * dW for W, dW in zip(parameters, gradients, strict=True))
            courses[kind] = course

    def draw(frame):
        if not courses:  # in grading nothing is drawn, and nothing trained for it
            follow_both()
        figure, axis = plt.subplots(figsize=(6, 3.2))
        for (kind, course), style, colour in zip(courses.items(), ("s--", "o-"), ("tab:orange", "tab:blue"), strict=True):
            loss, sizes = course[frame]
            axis.semilogy(range(1, 6), sizes, style, color=colour, label=f"{kind}: loss {loss:.2f}")
        axis.set(xlabel="layer", ylabel="size of delta", title=f"step {50 * frame}", xticks=range(1, 6), ylim=(1e-4, 10))
        axis.legend(loc="upper left", fontsize=9)
        figure.subplots_adjust(bottom=0.16)
        return figure

    moving.figure(draw, 20, alt="Two lines of delta sizes over five layers. That of ReLU is level from the start, and its loss falls at once. That of the "
                                 "sigmoids falls a hundredfold towards layer 1 for some 500 steps, then rises until it is level, and only then does its loss fall.")

# %% [markdown]
# The sigmoids' loss waits near $\log 10 = 2.30$, that of a network that knows nothing, while almost nothing reaches layer 1. As soon as the line is level, the loss falls. At ReLU's rate of 0.05 they would not have moved after 950 steps; at 1.0 ReLU soon dies. So what vanishes need not be lost, but it takes a larger rate, and waiting. A better start or a better bend spares you that.
#
# ### Exercise 8 · a clipped step · 4 points · 7 minutes
#
# Against explosions, [clip](https://arxiv.org/abs/1211.5063): measure the length of **all gradients together**, and where it exceeds a limit $c$, shorten all by *one* factor. The direction stays.
#
# $$\|g\| = \sqrt{\textstyle\sum_{\text{all tensors}} \sum g^2}, \qquad g \leftarrow g \cdot \min\Bigl(1, \frac{c}{\|g\|}\Bigr)$$
#
# By hand, two tensors $3$ and $(0, 4)$ with $c = 1$: the length is 5, and they become $0.6$ and $(0, 0.8)$. Clipped one by one they would be $1$ and $(0, 1)$: another direction.

# %% [markdown] hints="clipped_step"
# 1. What has to be known of all tensors before the first of them may move?
# 2. `sum` over the tensors of `np.sum(dW**2)`, then one root. A short gradient stays as it is: `min`.
# 3. $\theta \leftarrow \theta - \eta \cdot (\ldots) \cdot d\theta$ with the same bracket for every tensor

# %% exercise="clipped_step" bans="scipy tensorflow keras torch jax autograd"
def clipped_step(X, y, parameters, kind, rate, limit):
    """One step of gradient descent with the gradients clipped by their common length.

    X, y, parameters, kind: as in loss_and_gradients, rate: the learning rate, limit: a float above 0.
    Returns the new parameters, a tuple.
    """
    ### BEGIN SOLUTION
    _, *gradients = loss_and_gradients(X, y, parameters, kind)
    length = np.sqrt(sum(np.sum(dW**2) for dW in gradients))
    factor = min(1.0, limit / length)
    return tuple(W - rate * factor * dW for W, dW in zip(parameters, gradients, strict=True))
    ### END SOLUTION

# %% check="clipped_step" points=4
check.values(clipped_step, few_X, few_y, few, "tanh", 2.0, 0.3, names=["W1", "b1", "W2", "b2", "W3", "b3"])
check.values(clipped_step, lone_X, lone_y, lone, "relu", 3.0, 0.2, names=["W1", "b1", "W2", "b2"])
check.values(clipped_step, more_X, more_y, more, "relu", 2.0, 100.0, names=["W1", "b1", "W2", "b2", "W3", "b3"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, limit in ((7, 0.1), (7, 0.2), (9, 50.0)):
    check.values(clipped_step, rng.normal(size=(N, 5)), rng.integers(0, 4, size=N), some_network((5, 6, 3, 4), rng), "tanh", 2.0, limit,
                 names=["W1", "b1", "W2", "b2", "W3", "b3"])
X, W1, b1, W2, b2 = (rng.uniform(0.5, 1.5, size=size) for size in ((1, 1), (1, 1), 1, (1, 3), 3))
check.values(clipped_step, X, np.array([1]), (W1, b1, W2, b2), "relu", 1.5, 0.2, names=["W1", "b1", "W2", "b2"])
### END HIDDEN TESTS

# %% figure="clipped" folded="it draws"
if check.needs(forward, deltas, loss_and_gradients, clipped_step):
    figure, axis = plt.subplots(figsize=(6, 2.6))
    for spread, limit, style, colour in ((6.0, 1e9, "--", "tab:orange"), (6.0, 1.0, "-", "tab:blue"), (2.0, 1e9, ":", "black")):
        rng, parameters, losses = np.random.default_rng(0), start((64,) + (30,) * 8 + (10,), 0, spread), []
        with np.errstate(all="ignore"):  # numbers may become too large
            for _ in range(200):
                rows = rng.integers(len(X_train), size=32)
                losses.append(softmax_loss(forward(X_train[rows], parameters, "relu")[-1], y_train[rows])[0])
                parameters = clipped_step(X_train[rows], y_train[rows], parameters, "relu", 0.05, limit)
        how = f"variance {spread:g} / fan-in, " + ("not clipped" if limit > 1 else "clipped at 1")
        axis.semilogy(losses, style, color=colour, label=how)
        print(f"{how}: loss {losses[0]:.3g}, after 3 steps {losses[3]:.2g}, last ten {np.mean(losses[-10:]):.3g}")
    axis.set(xlabel="step", ylabel="loss of the batch", title="Too wide a start, and He's", ylim=(0.3, 1e6))
    axis.legend()
    figure.tight_layout()
    plt.show()

# %% [markdown]
# Three steps without clipping, and the loss has lost all measure. Then it rests at 2.30: a whole layer is dead (3.2). Clipping is no cure for a bad start: He's, without clipping (dotted), ends lower. But it keeps one bad batch from ruining a good network.
#
# ## 7.8 The same in Keras · 16 minutes
#
# ### Exercise 9 · deltas on the tape · 4 points · 10 minutes
#
# A tape (4.8) gives gradients by whatever was computed *while it was open*, not by variables alone: by every $Z_l$, in one call.
#
# ```python
# with tf.GradientTape() as tape:
#     middle = 3 * tf.Variable(2.)
#     top = middle**2
# tape.gradient(top, [middle])  # [12.]
# ```
#
# `keras.activations.get(kind)` is the bend. **Traps:**
#
# - A `Dense` layer with an activation hands out $A_l$, and the gradient by that is not $\delta_l$: write the layers out.
# - Of a sum that NumPy computed, or from constants alone, the tape gives `None`.
# - It answers once: a second call raises an error.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    import tensorflow as tf
    from tensorflow import keras

keras.backend.set_floatx("float64")


def keras_network(parameters, kind):
    """A Keras model with these parameters: (N, n_0) inputs to (N, n_L) scores."""
    *hidden, last = [b.size for b in parameters[1::2]]
    model = keras.Sequential([keras.Input((parameters[0].shape[0],)), *(keras.layers.Dense(n, activation=kind) for n in hidden),
                              keras.layers.Dense(last)])
    model.set_weights(list(parameters))
    return model

# %% [markdown] hints="keras_deltas"
# 1. Which tensors do you want gradients by, and are they computed while the tape is open?
# 2. The loop of `forward` with `tf.Variable`s; the loss is told that it gets logits. `tape.gradient` takes a list.
# 3. $Z_l = A_{l-1}W_l + b_l$ goes into the list *before* the bend; then the list of gradients, each with `.numpy()`

# %% exercise="keras_deltas" same_as="deltas" uses="GradientTape"
def keras_deltas(X, y, parameters, kind):
    """The same as deltas, by one GradientTape. Returns (delta_1, ..., delta_L), NumPy arrays."""
    pairs = [(tf.Variable(W), tf.Variable(b)) for W, b in layers(parameters)]
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        sums, A = [], tf.constant(X)
        for W, b in pairs:
            sums.append(A @ W + b)
            A = keras.activations.get(kind)(sums[-1])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, sums[-1])
    return tuple(delta.numpy() for delta in tape.gradient(loss, sums))
    ### END SOLUTION

# %% check="keras_deltas" points=4
check.values(keras_deltas, few_X, few_y, few, "tanh", names=["delta1", "delta2", "delta3"])
check.values(keras_deltas, more_X, more_y, more, "relu", names=["delta1", "delta2", "delta3"])
check.values(keras_deltas, lone_X, lone_y, lone, "sigmoid", names=["delta1", "delta2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, kind in ((7, "relu"), (7, "relu"), (1, "sigmoid")):
    check.values(keras_deltas, rng.normal(size=(N, 5)), rng.integers(0, 3, size=N), some_network((5, 1, 4, 3), rng), kind,
                 names=["delta1", "delta2", "delta3"])
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 10 · a clipped step, by an optimizer · 2 points · 5 minutes
#
# A Keras optimizer can clip: `clipnorm`, `clipvalue` or `global_clipnorm`, set when it is made. **One** of them is yours; [the others](https://keras.io/api/optimizers/) turn the direction, and say nothing. `optimizer.apply(gradients, variables)` takes one step.

# %% [markdown] hints="keras_clipped_step"
# 1. Does the limit hold for each entry, for each tensor, or for all tensors together?
# 2. The model gives scores; a tape around the loss; `keras.optimizers.SGD` with a rate and a limit; `apply`.
# 3. `model.trainable_weights` twice, for the gradients and for the step; then `model.get_weights()`

# %% exercise="keras_clipped_step" same_as="clipped_step" uses="SGD"
def keras_clipped_step(X, y, parameters, kind, rate, limit):
    """The same as clipped_step, by keras.optimizers.SGD. Returns the new parameters, a tuple of NumPy arrays."""
    model = keras_network(parameters, kind)
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(X))
    gradients = tape.gradient(loss, model.trainable_weights)
    keras.optimizers.SGD(rate, global_clipnorm=limit).apply(gradients, model.trainable_weights)
    return tuple(model.get_weights())
    ### END SOLUTION

# %% check="keras_clipped_step" points=2
check.values(keras_clipped_step, few_X, few_y, few, "tanh", 2.0, 0.3, names=["W1", "b1", "W2", "b2", "W3", "b3"])
check.values(keras_clipped_step, more_X, more_y, more, "sigmoid", 2.0, 100.0, names=["W1", "b1", "W2", "b2", "W3", "b3"])
check.values(keras_clipped_step, lone_X, lone_y, lone, "relu", 3.0, 0.2, names=["W1", "b1", "W2", "b2"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, limit in ((7, 0.1), (7, 50.0), (1, 0.2)):
    check.values(keras_clipped_step, rng.normal(size=(N, 5)), rng.integers(0, 3, size=N), some_network((5, 1, 4, 3), rng), "tanh", 2.0,
                 limit, names=["W1", "b1", "W2", "b2", "W3", "b3"])
### END HIDDEN TESTS

# %% figure="agreement" folded="it compares"
if check.needs(forward, deltas, loss_and_gradients, clipped_step):
    model = keras_network(few, "tanh")
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(few_y, model(few_X))
    theirs = [gradient.numpy() for gradient in tape.gradient(loss, model.trainable_weights)]
    _, *mine = loss_and_gradients(few_X, few_y, few, "tanh")
    for layer in range(3):
        off = max(np.max(np.abs(theirs[place] - mine[place])) for place in (2 * layer, 2 * layer + 1))
        print(f"layer {layer + 1}: your gradients and Keras's differ by {off:.0e} at most")
    downhill = -np.concatenate([np.ravel(gradient) for gradient in mine])
    for option in ("global_clipnorm", "clipnorm", "clipvalue"):
        model = keras_network(few, "tanh")
        keras.optimizers.SGD(1.0, **{option: 0.1}).apply(theirs, model.trainable_weights)
        step = np.concatenate([np.ravel(new - old) for new, old in zip(model.get_weights(), few, strict=True)])
        cosine = step @ downhill / np.linalg.norm(step) / np.linalg.norm(downhill)
        print(f"{option}=0.1: a step of length {np.linalg.norm(step):.3f}, turned by {np.degrees(np.arccos(min(cosine, 1.0))):.0f} degrees")

# %% [markdown]
# ## 7.9 In words · 5 minutes
#
# Two classmates check their networks of four layers. Their errors, from the last layer down:
#
# | | Ana | Ben |
# |---|---|---|
# | $dW_4$, $db_4$ | $10^{-9}$, $10^{-9}$ | $10^{-9}$, $10^{-9}$ |
# | $dW_3$, $db_3$ | $10^{-9}$, $0.9$ | $10^{-9}$, $10^{-9}$ |
# | $dW_2$, $db_2$ | $10^{-8}$, $10^{-8}$ | $0.6$, $0.7$ |
# | $dW_1$, $db_1$ | $10^{-8}$, $10^{-8}$ | $0.5$, $0.8$ |
#
# **Where is the bug of each, and how do you know that it is not elsewhere?**

# %% [markdown] written="located" points=2
# ### BEGIN SOLUTION
# One point for Ana: the line that makes db_3 alone. Her delta 3 is right, since dW_3 is made of it and all layers below inherit it; so the error lies behind delta 3, in its sum over the rows.
# One point for Ben: the step from delta 3 to delta 2 (the product with W_3, or the slope at Z_2). Layer 3 is right, so delta 3 is right; both tensors of layer 2 are wrong, so delta 2 is wrong; layer 1 inherits it, and need have no bug of its own.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. A delta is the gradient by a layer's sums; one line takes it down a layer, whatever the depth.
# 2. A layer's gradient is what went in times what came back.
# 3. A check by differences, tensor by tensor and from the top down, says where a bug is; a falling loss does not.
# 4. Each layer multiplies the size of deltas: by less than 1 they vanish, by more they explode.
# 5. Clipping shortens all gradients by one factor, and keeps their direction.
#
# ### Do you recall?
#
# <details><summary>What do the entries of P - Y add up to in each row (5.4), and so those of the last delta?</summary>To 0: both P and Y add up to 1. What the right class gains, the others lose.</details>
#
# <details><summary>Why does a ReLU unit that is silent for every row never come back (3.2)?</summary>Its slope is 0 for every row, so its delta is 0, and with it the gradients of its incoming weights and its bias.</details>
#
# <details><summary>Which sums must a forward pass keep, and why?</summary>Those of all layers: the recursion needs the slope at each but the last, and their values are the inputs of the layers above.</details>
#
# ### A challenge for an evening
#
# Transfer: in a [residual network](https://arxiv.org/abs/1512.03385) a layer *adds* to what it got: $A_l = A_{l-1} + f(Z_l)$. Derive the new recursion, hold it against your check, and draw the sizes of 7.7 again for 30 layers of sigmoids. Why do they no longer vanish?
#
# **New words:** *delta*: the gradient of the loss by a layer's sums. *Delta recursion*: from one delta to the one below. *Epoch*: one pass over all rows. *Vanishing, exploding*: deltas that shrink or grow layer by layer. *Clipping*: shortening gradients to a limit.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
