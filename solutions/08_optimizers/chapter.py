# %% [markdown]
# # 8 · Optimizers
#
# A valley is 100 times as steep across as it is along. With a rate of 0.021, gradient descent flies out of it. With 0.019 it stays, and after 30 steps more than half of the way along is still to go. Which rate is right?
#
# **Why now.** None is, so large networks are trained by more than a rate. [GPT-3](https://arxiv.org/abs/2005.14165) took [Adam](https://arxiv.org/abs/1412.6980), a rate that first rises and then falls along a cosine, and clipping: nearly all its steps are in this chapter and the last.
# To read beside it: [Why Momentum Really Works](https://distill.pub/2017/momentum/), [Dive into Deep Learning](https://d2l.ai/chapter_optimization/adam.html), [CS231n](https://cs231n.github.io/neural-networks-3/).
#
# **You build:** momentum, Nesterov's step, AdaGrad, RMSProp, Adam, rates that fall, a race of all; then the same in `tf.keras`.
#
# **Time:** 100 to 120 minutes for quick readers, 140 to 165 with time to think: two sittings, a break after 8.5. No ★ here. **You need:** mini-batches (2.4), the gradient of softmax and cross-entropy (5.4), parameters in one tuple (7.1).
#
# Run the check below each exercise. No function may change its arguments. Stuck? `check.hint("Adam")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 8.1 The printed rule · 11 minutes
#
# Lecture slides print the rule that you have used since chapter 2, with $E$ for the loss and $w^+$ for the new weight:
#
# $$w^+ = w - \eta\, \frac{\partial E}{\partial w}$$
#
# Below it stands what the two factors are for. The learning rate: *how much* is learned at once. The gradient: *in which direction*. `as_told`, below, takes that at its word: it steps as far as the rate says, where the gradient points. Run it on $E = \frac12(w_1^2 + w_2^2)$, whose gradient at $(3, 4)$ is $(3, 4)$, of length 5. The lowest point is $(0, 0)$.
#
# ### Exercise 1 · find the bug in a sentence · 2 points · 8 minutes
#
# Run the next cell. What does `as_told` do at the end, and why? Then code what the formula says, not the sentence.

# %% given="told"
def as_told(parameters, gradients, rate):
    """A step of length `rate` in the direction of the gradient. parameters, gradients: tuples of arrays."""
    length = np.sqrt(sum(np.sum(dW**2) for dW in gradients))
    return tuple(W - rate * dW / length for W, dW in zip(parameters, gradients, strict=True))


walker = (np.array([3.0, 4.0]),)
for number in range(1, 41):
    walker = as_told(walker, walker, 0.4)
    if number in (1, 2, 12, 13, 14, 39, 40):
        print(f"after step {number:2}: {walker[0].round(2)}")


def some_steps(shape, T, rng):
    """Weights and biases of a layer of this shape, and T gradients of them, to try things on.

    Returns (parameters, gradients), two tuples: W of `shape` and b; and one array a parameter, (T, *its shape).
    """
    parameters = rng.normal(size=shape), rng.normal(size=shape[1])
    return parameters, tuple(rng.normal(size=(T, *W.shape)) for W in parameters)


_rng = np.random.default_rng(8)
few, few_gradients = some_steps((3, 2), 5, _rng)
more, more_gradients = some_steps((2, 4), 3, _rng)

# %% [markdown] hints="sgd_step"
# 1. How long is the step of the formula where the ground is steep, and how long near the lowest point?
# 2. Copy `as_told`. One thing in it is not in the formula.
# 3. For each pair $W, dW$: $W - \eta \cdot (\ldots)$, and all of them in a tuple

# %% exercise="sgd_step" bans="tensorflow keras torch jax"
def sgd_step(parameters, gradients, rate):
    """One step of gradient descent.

    parameters, gradients: tuples of arrays, pairwise of one shape; rate: the learning rate. Returns the new parameters, a tuple.
    """
    ### BEGIN SOLUTION
    return tuple(W - rate * dW for W, dW in zip(parameters, gradients, strict=True))
    ### END SOLUTION

# %% check="sgd_step" points=2
check.values(sgd_step, few, tuple(dW[0] for dW in few_gradients), 0.5, names=["W", "b"])
check.values(sgd_step, more, tuple(dW[0] for dW in more_gradients), 0.2, names=["W", "b"])
### BEGIN HIDDEN TESTS
rng = check.rng
for shape in ((5, 3), (5, 3), (1, 1)):
    parameters, gradients = some_steps(shape, 1, rng)
    check.values(sgd_step, parameters, tuple(dW[0] for dW in gradients), rng.uniform(0.3, 0.6), names=["W", "b"])
### END HIDDEN TESTS

# %% [markdown]
# The gradient says how far as well: near a lowest point it is short, and so are the steps. `as_told` jumps over that point for ever.
#
# ## 8.2 One rate for all directions · 16 minutes
#
# Near a lowest point most losses look like a bowl. In suitable axes, with **curvatures** $a_j > 0$,
#
# $$L = \frac12 \sum_j a_j w_j^2, \qquad \frac{\partial L}{\partial w_j} = a_j w_j$$
#
# Put that into the rule: each coordinate is multiplied by a factor of its own, in every step.
#
# $$w_j^+ = (1 - \eta a_j)\, w_j$$
#
# ### Worked example
#
# Curvatures $a = (1, 3)$, start $(4, 4)$, rate $\frac12$: the factors are $1 - \frac12 = \frac12$ and $1 - \frac32 = -\frac12$. So $w$ is $(2, -2)$, then $(1, 1)$, then $(\frac12, -\frac12)$: along it creeps, across it jumps from side to side.
#
# **Predict** for the valley of the opening, $a = (1, 100)$, the rate 0.021 and the start $(1, 1)$: where is $w$ after two steps?

# %%
# Your prediction: w1 and w2 after two steps. Replace each None, then run this cell.
prediction_two = [None, None]


def two_steps():
    w = (np.array([1.0, 1.0]),)
    for _ in range(2):
        w = sgd_step(w, (np.array([1.0, 100.0]) * w[0],), 0.021)
    return w[0]


if check.needs(sgd_step):
    check.reveal(prediction_two, two_steps, labels=["w1", "w2"])

# %% [markdown]
# 0.979 and $-1.1$? That is one step. $-1.21$? Two jumps end on the side where they began. At 0.021 the steep coordinate grows by a tenth in each step.
#
# ### Exercise 2 · the limit, the best rate, and its price · 3 points · 12 minutes
#
# **Derive**, on paper:
#
# - the **limit**: for which $\eta$ is $|1 - \eta a_j| < 1$ for *every* $j$?
# - the **best** rate: the largest of all $|1 - \eta a_j|$ says how slowly it goes. Draw $|1 - \eta a|$ over $\eta$ for the smallest and for the largest curvature. The lowest point of the higher line is where they cross: one factor is minus the other.
# - the **factor** at the best rate: that largest $|1 - \eta a_j|$.
#
# In the worked example the limit is $\frac23$, the best rate $\frac12$ and the factor $\frac12$.

# %% [markdown] hints="best_rate"
# 1. Which curvature is the first to break the limit, and which is the slowest at a small rate?
# 2. Solve $1 - \eta a_{\min} = -(1 - \eta a_{\max})$ for $\eta$. All curvatures between the two lie below.
# 3. limit $2/\ldots$; best $2/(\ldots + \ldots)$; factor $1 - \eta_{best}\, \ldots$

# %% exercise="best_rate" bans="scipy tensorflow keras torch jax"
def best_rate(curvatures):
    """What one rate can do on a bowl.

    curvatures: (D,), all above 0, in any order. Returns (limit, best, factor), three floats: the rate from which on
    a coordinate no longer shrinks, the rate that is best for the slowest coordinate, and by what that shrinks then.
    """
    ### BEGIN SOLUTION
    low, high = np.min(curvatures), np.max(curvatures)
    best = 2 / (low + high)
    return 2 / high, best, 1 - best * low
    ### END SOLUTION

# %% check="best_rate" points=3
# no batch of one because a single curvature has the factor 0
check.values(best_rate, np.array([2.0, 0.5, 8.0]), names=["limit", "best", "factor"])
check.values(best_rate, np.array([1.0, 3.0]), names=["limit", "best", "factor"])
### BEGIN HIDDEN TESTS
rng = check.rng
for D in (5, 5, 3):
    check.values(best_rate, rng.permutation(np.hstack([0.7, 9.0, rng.uniform(1, 8, size=D - 2)]) * rng.uniform(0.5, 2)),
                 names=["limit", "best", "factor"])
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>The derivation, to compare</summary>Limit: $-1 < 1 - \eta a$ is $\eta < 2/a$, for the largest $a$. Best: $1 - \eta a_{\min} = \eta a_{\max} - 1$, so $\eta = 2/(a_{\min} + a_{\max})$. Factor: $1 - \eta a_{\min}$ at that rate.</details>
#
# With $\kappa = a_{\max}/a_{\min}$ the factor is $(\kappa - 1)/(\kappa + 1)$. For the opening, $99/101 = 0.98$: at best 2 % a step. Every optimizer below is an answer to this. **Where it breaks:** far from a lowest point curvatures change, and may be negative; with mini-batches the gradient is noisy as well, and at a fixed rate $w$ never comes to rest.
#
# ## 8.3 Momentum · 17 minutes
#
# A ball that rolls keeps its **velocity** $v$, of the shape of $w$, from step to step. Friction takes a part of it, and the slope adds to it:
#
# $$v \leftarrow \beta v - \eta\, g, \qquad w \leftarrow w + v$$
#
# $g$ is the gradient at $w$, and $v$ starts at 0. By hand, $g = 1$ in every step, $\eta = 0.1$, $\beta = 0.5$: $v$ is $-0.1$, then $-0.05 - 0.1 = -0.15$, then $-0.075 - 0.1 = -0.175$.
#
# Across the valley the signs of $g$ alternate, and cancel. Along it they agree, and add up.
#
# **Predict** with $g = 1$, $\eta = 0.1$ and $\beta = 0.9$: how long are the first step and the second, and how long are the steps in the end? (In the end $v$ no longer changes.)
#
# ### Exercise 3 · a class with a memory · 6 points · 12 minutes
#
# A step needs what the last step left, so an optimizer is an object: `step` is called again and again, on all parameters. `run`, below, does it; each optimizer and each parameter has a velocity of its own.

# %%
# Your prediction: the length of step 1, of step 2, and of the steps in the end.
prediction_speed = [None, None, None]

# %% given="run" folded="it hands gradients over"
def run(optimizer, parameters, gradients):
    """Hand an optimizer T gradients, one after the other. gradients: one array a parameter, (T, *its shape).

    Returns one array a parameter, of the same shape: where it stands after each step.
    """
    path = []
    for now in zip(*gradients, strict=True):
        moved = optimizer.step(tuple(np.array(W) for W in parameters), tuple(np.array(dW) for dW in now))
        if not isinstance(moved, (tuple, list)) or [np.shape(W) for W in moved] != [np.shape(W) for W in parameters]:
            return moved
        parameters = moved
        path.append([np.array(W) for W in parameters])
    return tuple(np.array(places) for places in zip(*path, strict=True))

# %% adapter="momentum_run" of="Momentum"
def momentum_run(parameters, gradients, rate, beta):
    """Where your Momentum takes the parameters: as `run` returns it."""
    return run(Momentum(parameters, rate, beta), parameters, gradients)

# %% [markdown] hints="Momentum"
# 1. What must still be there when `step` is called the next time, and what is it before the first time?
# 2. In `__init__` make a list of zeros, one array a parameter. In `step` replace each entry, then use the new one.
# 3. For parameter number $i$: `self.velocities[i]` becomes $\beta v_i - \eta\, g_i$, and the answer holds $W_i + \ldots$

# %% exercise="Momentum" bans="tensorflow keras torch jax"
class Momentum:
    """Gradient descent with momentum."""

    def __init__(self, parameters, rate, beta):
        """parameters: a tuple of arrays, of whose shapes the velocities are; rate and beta: floats."""
        ### BEGIN SOLUTION
        self.rate, self.beta = rate, beta
        self.velocities = [np.zeros_like(W) for W in parameters]
        ### END SOLUTION

    def step(self, parameters, gradients):
        """One step. parameters, gradients: tuples of arrays. Returns the new parameters, a tuple."""
        ### BEGIN SOLUTION
        moved = []
        for i, (W, dW) in enumerate(zip(parameters, gradients, strict=True)):
            self.velocities[i] = self.beta * self.velocities[i] - self.rate * dW
            moved.append(W + self.velocities[i])
        return tuple(moved)
        ### END SOLUTION

# %% check="Momentum" points=6
check.values(momentum_run, few, few_gradients, 0.5, 0.9, names=["path of W", "path of b"])
check.values(momentum_run, more, more_gradients, 0.2, 0.6, names=["path of W", "path of b"])
### BEGIN HIDDEN TESTS
rng = check.rng
for beta in (0.9, 0.8):
    check.values(momentum_run, *some_steps((3, 2), 15, rng), rng.uniform(0.3, 0.6), beta, names=["path of W", "path of b"])
check.values(momentum_run, *some_steps((1, 1), 1, rng), 0.4, 0.5, names=["path of W", "path of b"])
### END HIDDEN TESTS

# %%
if check.needs(Momentum):
    ones = (np.zeros(1),), (np.ones((300, 1)),)
    check.reveal(prediction_speed, lambda: np.abs(np.diff(run(Momentum(ones[0], 0.1, 0.9), *ones)[0][:, 0], prepend=0.0))[[0, 1, 299]],
                 labels=["step 1", "step 2", "in the end"])

# %% [markdown]
# 0.1 three times? That is no memory. 0.1 in the end? The old velocity is kept *and* the slope is added: $v = \beta v - \eta g$ has the solution $-\eta g/(1 - \beta)$, ten times as long.
#
# On a bowl momentum at its best turns $\kappa$ into its root: $(\sqrt\kappa - 1)/(\sqrt\kappa + 1)$, which is $9/11 = 0.818$ a step for the opening, instead of 0.98. Some books keep $v \leftarrow \beta v + g$ and step by $-\eta v$: the same path, as long as $\eta$ stays.
#
# ## 8.4 Look first · 12 minutes
#
# **Nesterov's** idea: the velocity will carry $w$ to $w + \beta v$ in any case, so take the gradient *there*:
#
# $$v^+ = \beta v - \eta\, g(w + \beta v), \qquad w^+ = w + v^+$$
#
# A library is handed the gradient where the parameters *are*. So it keeps the looked-ahead place $u = w + \beta v$ as its parameters. **Derive** $u^+ = w^+ + \beta v^+$ from $u$, $v^+$ and $g = g(u)$: put in $w = u - \beta v$, and $v^+ - \beta v = -\eta g$.
#
# ### Exercise 4 · Nesterov's step, state in and out · 4 points · 9 minutes
#
# Here the state is explicit: it comes as an argument and is returned.

# %% given="states"
some_w, some_v, some_g = _rng.normal(size=4), _rng.normal(size=4), _rng.normal(size=4)
some_s = _rng.uniform(0.5, 2.0, size=4)

# %% [markdown] hints="nesterov_step"
# 1. What is $w + v^+$, if $w = u - \beta v$? Which terms of it are $-\eta g$ together?
# 2. First the new velocity, as in exercise 3. The place moves by *two* things, and one of them is the new velocity times something.
# 3. $u^+ = u + \beta\,(\ldots) - \eta\,(\ldots)$

# %% exercise="nesterov_step" bans="tensorflow keras torch jax"
def nesterov_step(u, v, g, rate, beta):
    """One step of Nesterov's momentum, at the looked-ahead place.

    u, v, g: (D,) the place w + beta v, the velocity, the gradient at u. Returns the new (u, v).
    """
    ### BEGIN SOLUTION
    v = beta * v - rate * g
    return u + beta * v - rate * g, v
    ### END SOLUTION

# %% check="nesterov_step" points=4
check.values(nesterov_step, some_w, some_v, some_g, 0.5, 0.9, names=["u", "v"])
check.values(nesterov_step, some_w[:3], some_g[:3], some_v[:3], 0.8, 0.6, names=["u", "v"])
### BEGIN HIDDEN TESTS
rng = check.rng
for D in (7, 7, 5):
    check.values(nesterov_step, rng.normal(size=D), rng.normal(size=D), rng.normal(size=D), rng.uniform(0.3, 0.6),
                 rng.uniform(0.5, 0.9), names=["u", "v"])
check.values(nesterov_step, *rng.uniform(0.5, 1.5, size=(3, 1)), 0.4, 0.7, names=["u", "v"])
### END HIDDEN TESTS

# %% figure="arrows" folded="it draws"
if check.needs(Momentum, nesterov_step):
    a, w, v, rate, beta = np.array([1.0, 4.0]), np.array([-3.0, 1.0]), np.array([1.2, -1.0]), 0.2, 0.9
    figure, axes = plt.subplots(1, 2, figsize=(7, 3.2), sharey=True, layout="constrained")
    x, y = np.meshgrid(np.linspace(-3.6, -0.4, 60), np.linspace(-1.4, 1.5, 60))
    ahead = w + beta * v
    looked, _ = nesterov_step(ahead, v, a * ahead, rate, beta)
    for axis, title, at in ((axes[0], "momentum: the slope here", w), (axes[1], "Nesterov: the slope ahead", ahead)):
        axis.contour(x, y, (a[0] * x**2 + a[1] * y**2) / 2, levels=10, colors="0.85")
        slide, end = -rate * a * at, w + beta * v - rate * a * at
        for begin, along, style, colour, label in (
            (w, beta * v, "--", "tab:orange", r"$\beta v$"), (ahead, slide, ":", "black", r"$-\eta g$"), (w, end - w, "-", "tab:blue", r"new $v$"),
        ):
            axis.annotate("", begin + along, begin, arrowprops={"arrowstyle": "->", "linestyle": style, "color": colour, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0})
            axis.plot([], [], style, color=colour, label=label)
        axis.plot(*w, "ko", markersize=5)
        axis.set(title=title, xlabel="$w_1$")
        print(f"{title:26} new v = {np.round(end - w, 2)}, new place {np.round(end, 2)}")
    axes[0].set(ylabel="$w_2$")
    axes[1].legend(loc="upper right", fontsize=9)
    plt.show()

# %% [markdown]
# <details><summary>The derivation, to compare</summary>$u^+ = w^+ + \beta v^+ = w + v^+ + \beta v^+ = u - \beta v + v^+ + \beta v^+ = u + \beta v^+ - \eta g$.</details>
#
# Both panels start at the dot. The velocity alone would carry $w_2$ from 1 to 0.1. Momentum adds the steep slope at the dot, and lands at $-0.7$, up the other side. Nesterov takes the slope ahead, where little is left, and stops at 0.02.
#
# ## 8.5 A rate for each weight · 13 minutes
#
# Instead of a memory of $g$, keep one of $g^2$, entry by entry, and divide by its root. Steep coordinates get a small rate, flat ones a large one.
#
# [AdaGrad](https://jmlr.org/papers/v12/duchi11a.html) adds up all squares, so its steps shrink for ever. **RMSProp** forgets: a running mean of squares.
#
# $$\text{AdaGrad:}\quad s \leftarrow s + g^2$$
#
# $$\text{RMSProp:}\quad s \leftarrow \rho s + (1 - \rho)\, g^2$$
#
# $$\text{both:}\quad w \leftarrow w - \eta\, \frac{g}{\sqrt{s + \varepsilon}}$$
#
# By hand, AdaGrad with $s = 0$, $\eta = 0.1$ and $g = 2$ in every step ($\varepsilon$ left out): the first step is $0.1 \cdot 2/\sqrt4 = 0.1$, and the fourth $0.1 \cdot 2/\sqrt{16} = 0.05$. With $g = 200$: the same.
#
# The small $\varepsilon$ keeps the root from 0. *Where* it stands matters for small slopes. Keras puts it under the root here: $10^{-7}$ there is like $3 \cdot 10^{-4}$ beside it. And Keras's AdaGrad starts with $s = 0.1$, not 0.
#
# ### Exercise 5 · two memories of squares · 5 points · 9 minutes

# %% [markdown] hints="scaled_step"
# 1. Which $s$ stands in the root: the one that came, or the new one?
# 2. One `if` for the two memories; the last line is the same for both. Everything is entry by entry.
# 3. $w - \eta\, g / \sqrt{\ldots + \varepsilon}$, and the new $s$ beside it

# %% exercise="scaled_step" bans="tensorflow keras torch jax"
def scaled_step(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """One step of AdaGrad or of RMSProp.

    w, s, g: (D,) the weights, the memory of squares, the gradient. kind: "adagrad" or "rmsprop". Returns the new (w, s).
    """
    ### BEGIN SOLUTION
    s = s + g**2 if kind == "adagrad" else rho * s + (1 - rho) * g**2
    return w - rate * g / np.sqrt(s + epsilon), s
    ### END SOLUTION

# %% check="scaled_step" points=5
check.values(scaled_step, some_w, some_s, some_g, 0.5, "adagrad", part="adagrad", names=["w", "s"], weight=2)
check.values(scaled_step, some_w[:3], some_s[:3], some_v[:3], 0.8, "adagrad", part="adagrad", names=["w", "s"], weight=2)
check.values(scaled_step, some_w, some_s, some_g, 0.5, "rmsprop", part="rmsprop", names=["w", "s"], weight=2)
check.values(scaled_step, some_w[:3], some_s[:3], some_v[:3], 0.8, "rmsprop", 0.6, part="rmsprop", names=["w", "s"], weight=2)
check.values(scaled_step, some_w[:2], 0 * some_s[:2], some_g[:2] / 1e4, 0.5, "rmsprop", part="small slopes", if_passed="rmsprop", names=["w", "s"])
check.values(scaled_step, some_w, some_s / 1e6, some_g / 1e3, 0.5, "adagrad", 0.9, 1e-5, part="small slopes", if_passed="rmsprop", names=["w", "s"])
### BEGIN HIDDEN TESTS
rng = check.rng
for D in (7, 7):
    check.values(scaled_step, rng.normal(size=D), rng.uniform(0.5, 2, size=D), rng.normal(size=D), rng.uniform(0.3, 0.6), "adagrad",
                 part="adagrad", names=["w", "s"], weight=2)
    check.values(scaled_step, rng.normal(size=D), rng.uniform(0.5, 2, size=D), rng.normal(size=D), rng.uniform(0.3, 0.6), "rmsprop",
                 rng.uniform(0.5, 0.9), part="rmsprop", names=["w", "s"], weight=2)
check.values(scaled_step, *rng.uniform(0.5, 1.5, size=(3, 1)), 0.4, "adagrad", part="adagrad", names=["w", "s"], weight=2)
check.values(scaled_step, *rng.uniform(0.5, 1.5, size=(3, 1)), 0.4, "rmsprop", 0.7, part="rmsprop", names=["w", "s"], weight=2)
check.values(scaled_step, rng.normal(size=4), np.zeros(4), rng.uniform(0.5, 2, size=4) / 1e4, 0.5, "rmsprop", part="small slopes",
             if_passed="rmsprop", names=["w", "s"])
check.values(scaled_step, rng.normal(size=4), np.zeros(4), rng.uniform(0.5, 2, size=4) / 1e3, 0.5, "adagrad", 0.9, 1e-5, part="small slopes",
             if_passed="rmsprop", names=["w", "s"])
### END HIDDEN TESTS

# %% [markdown]
# ## 8.6 Adam · 23 minutes
#
# **Adam** keeps both memories, as running means: $m$ of $g$, which is a momentum, and $s$ of $g^2$, as in RMSProp.
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g$$
#
# $$s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $\beta_1 = 0.9$ and $\beta_2 = 0.999$ are usual. `without_correction`, below, steps by $-\eta\, m/\sqrt s$, and $g = 1$ in every step. **Predict** its first step in units of $\eta$. Then run it. (Its cell asks two numbers more: fill them in once your Adam is written.)

# %%
# Your prediction: the first step over the rate; without the correction that follows, and with it where g is 1000 and 0.001.
prediction_first = [None, None, None]

# %% given="without_correction"
def without_correction(g, steps, rate=0.001):
    """The lengths of Adam's steps over the rate, where the gradient is g each time and nothing is corrected."""
    m, s, lengths = 0.0, 0.0, []
    for _ in range(steps):
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        lengths.append(rate * m / np.sqrt(s) / rate)
    return lengths


for number in (1, 12, 100, 1000, 5000):
    print(f"step {number:4}: {without_correction(1.0, number)[-1]:.2f} times the rate")

# %% [markdown]
# The slope is the same all the time, and so should the steps be. Both means start at 0, and so are too small at first: after $t$ steps with one $g$,
#
# $$m = (1 - \beta_1)\,(1 + \beta_1 + \dots + \beta_1^{t-1})\, g$$
#
# **Derive** the factor of $g$ as one power. Divide by it, and the mean is right from the first step on. The same holds for $s$ with $\beta_2$:
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat s = \frac{s}{1 - \beta_2^t}, \qquad t = 1, 2, \dots$$
#
# The paper steps by $\hat m/(\sqrt{\hat s} + \varepsilon)$. Keras first gathers both corrections in the rate:
#
# $$\eta_t = \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}, \qquad w \leftarrow w - \eta_t\, \frac{m}{\sqrt s + \varepsilon}$$
#
# Without $\varepsilon$ that is the same. But in the first step $\sqrt s$ is only $0.0316\,|g|$, and $\varepsilon$ stands beside *that*: some 30 times as much. Write **Keras's**: beside the root, not under it.
#
# ### Exercise 6 · Adam, whole · 7 points · 18 minutes
#
# A blank page, of some 15 to 20 lines. $t$ counts steps, not tensors: all parameters share it. The check runs it over many steps, with other settings and with very small slopes.

# %% adapter="adam_run" of="Adam"
def adam_run(parameters, gradients, settings):
    """Where your Adam takes the parameters, as `run` returns it. settings: what stands behind the parameters, in order."""
    return run(Adam(parameters, *settings), parameters, gradients)

# %% [markdown] hints="Adam"
# 1. Which three things does an Adam remember, and when in a step does the count go up?
# 2. As `Momentum`, with two lists and a number. Keep the running means as they are, without the correction: it belongs to the step alone.
# 3. The count and $\eta_t$ before the loop over the tensors; in it both means, then $W - \eta_t\, m/(\ldots)$

# %% exercise="Adam" bans="tensorflow keras torch jax"
class Adam:
    """Adam, with epsilon where Keras has it."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        """parameters: a tuple of arrays, of whose shapes the running means are."""
        ### BEGIN SOLUTION
        self.rate, self.beta_1, self.beta_2, self.epsilon = rate, beta_1, beta_2, epsilon
        self.m = [np.zeros_like(W) for W in parameters]
        self.s = [np.zeros_like(W) for W in parameters]
        self.t = 0
        ### END SOLUTION

    def step(self, parameters, gradients):
        """One step. parameters, gradients: tuples of arrays. Returns the new parameters, a tuple."""
        ### BEGIN SOLUTION
        self.t += 1
        rate = self.rate * np.sqrt(1 - self.beta_2**self.t) / (1 - self.beta_1**self.t)
        moved = []
        for i, (W, dW) in enumerate(zip(parameters, gradients, strict=True)):
            self.m[i] = self.beta_1 * self.m[i] + (1 - self.beta_1) * dW
            self.s[i] = self.beta_2 * self.s[i] + (1 - self.beta_2) * dW**2
            moved.append(W - rate * self.m[i] / (np.sqrt(self.s[i]) + self.epsilon))
        return tuple(moved)
        ### END SOLUTION

# %% check="Adam" points=7
# An epsilon of 1e-12 is next to none: it counts where the slopes are small.
check.values(adam_run, few, few_gradients, (0.5, 0.9, 0.999, 1e-12), names=["path of W", "path of b"], weight=5)
check.values(adam_run, more, more_gradients, (0.2, 0.7, 0.9, 1e-12), names=["path of W", "path of b"], weight=5)
check.values(adam_run, more, tuple(dW / 1e7 for dW in more_gradients), (0.5,), names=["path of W", "path of b"], part="small slopes",
             if_passed="values")
check.values(adam_run, few, tuple(dW / 1e3 for dW in few_gradients), (0.5, 0.7, 0.9, 1e-3), names=["path of W", "path of b"],
             part="small slopes", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for settings in ((0.3, 0.9, 0.999, 1e-12), (0.4, 0.8, 0.99, 1e-12)):
    check.values(adam_run, *some_steps((3, 2), 10, rng), settings, names=["path of W", "path of b"], weight=5)
check.values(adam_run, *some_steps((1, 1), 1, rng), (0.5, 0.6, 0.95, 1e-12), names=["path of W", "path of b"], weight=5)
check.values(adam_run, *some_steps((2, 3), 4, rng), (), names=["path of W", "path of b"], part="small slopes", if_passed="values")
parameters, gradients = some_steps((3, 2), 6, rng)
for size, settings in ((1e7, (0.5,)), (1e3, (0.4, 0.8, 0.9, 1e-3))):
    check.values(adam_run, parameters, tuple(dW / size for dW in gradients), settings, names=["path of W", "path of b"],
                 part="small slopes", if_passed="values")
### END HIDDEN TESTS

# %%
if check.needs(Adam):
    check.reveal(prediction_first, lambda: [without_correction(1.0, 1)[0], *(
        -run(Adam((np.zeros(1),)), (np.zeros(1),), (np.full((1, 1), g),))[0].item() / 0.001 for g in (1000.0, 0.001))],
        labels=["uncorrected", "g = 1000", "g = 0.001"])

# %% [markdown]
# 1 for the first? $m = 0.1 g$ and $\sqrt s = \sqrt{0.001}\,|g|$. 1000 for the second? The size of $g$ cancels: Adam's first step is $\eta$ in each coordinate, and only the sign of $g$ counts. (The last is a little short of 1: that is $\varepsilon$.) So choose Adam's rate by how far a weight should go in one step, not by how steep the loss is.
#
# ## 8.7 Rates that fall · 12 minutes
#
# Large steps first, small ones later. Step numbers $t$ count from 0, $T$ is the **horizon**:
#
# $$\text{inverse:}\quad \frac{\eta}{1 + t/T} \qquad \text{exponential:}\quad \eta\, 2^{-t/T}$$
#
# $$\text{cosine:}\quad \frac{\eta}{2}\,\bigl(1 + \cos(\pi t/T)\bigr), \text{ then } 0$$
#
# At $t = T$ the first two are at $\eta/2$, and the cosine is at 0.
#
# Adam's first steps rest on few gradients, so many trainings **warm up**: for $t < t_0$ the rate is $\eta\, t/t_0$. After that, the formula above with $t - t_0$ for $t$. So $T$ counts from $t_0$, and step 0 moves nothing. By hand, cosine with $\eta = 1$, $t_0 = 2$, $T = 4$: 0, 0.5, 1, 0.854, 0.5, 0.146, 0, 0.
#
# ### Exercise 7 · three schedules and a warm-up · 4 points · 9 minutes

# %% given="numbers"
first_steps, sparse_steps = np.arange(9.0), np.array([0.0, 3.0, 4.0, 7.0, 25.0])

# %% [markdown] hints="rate_at"
# 1. What does each formula say at its first step after the warm-up, and what must a cosine not do behind the horizon?
# 2. Make $t - t_0$ first. `np.minimum` stops the cosine. `np.where` chooses entry by entry; where $t_0 = 0$, nothing may be divided by it.
# 3. with $x = \max(t - t_0, 0)/T$: $\eta/(1 + x)$, $\eta\, 2^{\ldots}$, $\frac{\eta}{2}(1 + \cos(\pi \min(\ldots)))$; then the warm-up where $t < t_0$

# %% exercise="rate_at" bans="tensorflow keras torch jax"
def rate_at(t, kind, rate, horizon, warm=0):
    """The learning rate at each step.

    t: (n,) step numbers from 0, kind: "inverse", "exponential" or "cosine", rate: the highest, horizon: T, warm: t_0,
    the number of steps of the warm-up. Returns (n,).
    """
    ### BEGIN SOLUTION
    x = np.maximum(t - warm, 0) / horizon
    if kind == "inverse":
        fallen = rate / (1 + x)
    elif kind == "exponential":
        fallen = rate * 0.5**x
    else:
        fallen = rate / 2 * (1 + np.cos(np.pi * np.minimum(x, 1)))
    return np.where(t < warm, rate * t / max(warm, 1), fallen)
    ### END SOLUTION

# %% check="rate_at" points=4
for kind in ("inverse", "exponential", "cosine"):
    check.values(rate_at, first_steps, kind, 0.8, 4)
    check.values(rate_at, sparse_steps, kind, 1.5, 6, 4)
### BEGIN HIDDEN TESTS
rng = check.rng
for kind in ("inverse", "exponential", "cosine"):
    for warm in (0, 5, 5):
        check.values(rate_at, rng.permutation(np.arange(20.0))[:12], kind, rng.uniform(0.5, 1.5), rng.uniform(3, 9), warm)
    check.values(rate_at, np.array([7.0]), kind, 0.6, 5.0, 4)
### END HIDDEN TESTS

# %% [markdown]
# The slides train with `SGD(lr=0.01, decay=1e-6, momentum=0.9, nesterov=True)`: inverse, with $T$ a million steps. Over 1000 steps that takes a thousandth off: next to nothing.
#
# ## 8.8 The race · 17 minutes
#
# ### Exercise 8 · six optimizers on one surface · 4 points · 10 minutes
#
# The surface is $\frac12 w^\top A w$ with a symmetric matrix $A$; `slope` gives its gradient. Let each of your six walk down. `betas` are Adam's two; momentum and Nesterov take the first of them for their $\beta$. $\rho$ and $\varepsilon$ stay as they are. AdaGrad's $s$ starts at 0.1, all other memories at 0. Nesterov starts at $u = w$.

# %% given="surface"
def height(A, w):
    """The surface at w. A: (D, D) symmetric, w: (..., D). Returns (...,)."""
    return np.sum((w @ A) * w, axis=-1) / 2


def slope(A, w):
    """Its gradient at w, (D,)."""
    return A @ w


def some_surface(D, rng):
    """A bowl with curvatures from 0.5 to 3, in axes of its own, and a place on it. Returns (A, w)."""
    axes, _ = np.linalg.qr(rng.normal(size=(D, D)))
    return axes @ np.diag(rng.uniform(0.5, 3, size=D)) @ axes.T, rng.uniform(0.5, 1.5, size=D) * rng.choice([-1, 1], size=D)


NAMES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
steep, begin = np.diag([1.0, 100.0]), np.array([-4.0, 0.6])  # the valley of the opening, and where the race begins
race_rates = {"sgd": 0.019, "momentum": 0.004, "nesterov": 0.004, "adagrad": 0.8, "rmsprop": 0.1, "adam": 0.1}
valley, valley_w = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([1.0, -2.0])
bowl, bowl_w = some_surface(3, _rng)

# %% [markdown] hints="race"
# 1. Which optimizers are objects and which are functions? What is made once, before the loop, and what is computed anew in each step?
# 2. Before the loop: the path with $w$ in it, the object or the zeros of a memory. In the loop: the gradient *where $w$ is now*, one step by name, the new place.
# 3. `sgd_step` and your classes take and give tuples: $(w,)$ and $(g,)$. The others take and give the place and its memory

# %% exercise="race" bans="tensorflow keras torch jax"
def race(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """The path of an optimizer on the surface.

    A: (D, D), w: (D,) the start, name: one of NAMES, rate: a float, betas: two floats, the first of them also for
    momentum and Nesterov. Returns (steps + 1, D): the start, then where it is after each step.
    """
    ### BEGIN SOLUTION
    path, v, s = [w], np.zeros_like(w), np.full_like(w, 0.1 if name == "adagrad" else 0.0)
    optimizer = Adam((w,), rate, *betas) if name == "adam" else Momentum((w,), rate, betas[0])
    for _ in range(steps):
        g = slope(A, w)
        if name == "sgd":
            (w,) = sgd_step((w,), (g,), rate)
        elif name == "nesterov":
            w, v = nesterov_step(w, v, g, rate, betas[0])
        elif name in ("adagrad", "rmsprop"):
            w, s = scaled_step(w, s, g, rate, name)
        else:
            (w,) = optimizer.step((w,), (g,))
        path.append(w)
    return np.array(path)
    ### END SOLUTION

# %% check="race" points=4
# no batch of one because a surface has no rows
for name in NAMES:
    check.values(race, valley, valley_w, name, 0.2, 6)
    check.values(race, bowl, bowl_w, name, 0.1, 3, (0.7, 0.9))
### BEGIN HIDDEN TESTS
rng = check.rng
for name in NAMES:
    for betas in ((0.9, 0.999), (0.8, 0.95)):
        check.values(race, *some_surface(4, rng), name, rng.uniform(0.05, 0.15), 10, betas)
check.values(race, *some_surface(1, rng), "adam", 0.1, 10)
### END HIDDEN TESTS

# %% figure="race" folded="it draws"
if check.needs(sgd_step, Momentum, nesterov_step, scaled_step, Adam, race):
    styles = {"sgd": ("0.3", ":", "x"), "momentum": ("tab:blue", "-", "o"), "nesterov": ("tab:cyan", "--", "s"),
              "adagrad": ("tab:green", "-.", "^"), "rmsprop": ("tab:red", "--", "v"), "adam": ("tab:orange", "-", "D")}
    paths = {name: race(steep, begin, name, rate, 69) for name, rate in race_rates.items()}

    def draw(frame):
        figure, axis = plt.subplots(figsize=(6, 3.2))
        x, y = np.meshgrid(np.linspace(-4.4, 1.4, 60), np.linspace(-0.75, 0.75, 40))
        axis.contour(x, y, height(steep, np.stack([x, y], axis=-1)), levels=[0.1, 1, 4, 10, 20], colors="0.85")
        for name, path in paths.items():
            colour, line, mark = styles[name]
            shown = path[: 3 * frame + 1]
            axis.plot(*shown.T, line, color=colour, linewidth=1)
            axis.plot(*shown[-1], mark, color=colour, markersize=6, label=f"{name}: {height(steep, shown[-1]):.1g}")
        axis.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-4.4, 1.4), ylim=(-0.75, 0.75), title=f"step {3 * frame}")
        axis.legend(loc="upper right", fontsize=7, ncols=2)
        figure.subplots_adjust(bottom=0.16)
        return figure

    moving.figure(draw, 24, alt="Six marks start at the left end of a long, narrow valley. AdaGrad is across and along it first. RMSProp goes straight "
                                "along, and jitters at the end. Momentum and Adam swing from side to side, Nesterov less. Plain descent jumps to and "
                                "fro, then creeps, and is still on its way at step 69.")

# %% [markdown]
# The numbers are heights. Rates were chosen by hand for this valley; others make another race. A comparison is worth what was done for the losers' rates.
#
# **Predict:** the same valley, turned by 45 degrees with its start. Whose race is just as before?

# %% figure="turned" folded="it draws"
if check.needs(sgd_step, Momentum, nesterov_step, scaled_step, Adam, race):
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    turned = turn @ steep @ turn.T
    figure, axis = plt.subplots(figsize=(6, 2.8), layout="constrained")
    print("height after 69 steps   straight    turned")
    for place, (name, rate) in enumerate(race_rates.items()):
        ends = [float(height(A, race(A, w, name, rate, 69)[-1])) for A, w in ((steep, begin), (turned, turn @ begin))]
        print(f"{name:22}   {ends[0]:7.1e}   {ends[1]:7.1e}")
        axis.semilogy([place, place], ends, "k-", linewidth=0.8)
        axis.semilogy(place, ends[0], "o", color="tab:blue", markersize=9, label="straight" if not place else None)
        axis.semilogy(place, ends[1], "s", color="tab:orange", label="turned" if not place else None)
    axis.set(ylabel="height", title="After 69 steps", xticks=range(6), xticklabels=NAMES)
    axis.legend(fontsize=9)
    plt.show()

# %% [markdown]
# Descent and both momenta know nothing of axes. AdaGrad, RMSProp and Adam divide coordinate by coordinate: where the valley lies across the axes, both coordinates are steep, and the lead is gone: AdaGrad and Adam end behind plain descent, RMSProp just ahead of it. (At a fixed rate RMSProp and Adam never rest: the divisor shrinks with the slopes.) And on some tasks plain descent, with care for its rate, reads unseen rows [better](https://arxiv.org/abs/1705.08292).
#
# ## 8.9 Digits by your Adam · 12 minutes
#
# ### Exercise 9 · train with what you have · 4 points · 11 minutes
#
# One layer with softmax (5.5) reads the digits of chapter 7. Its loss is convex, so zeros are a fair start. Four epochs in batches of 32, in a fresh order each time, **one** Adam for all of them, and a rate that falls: 0.02 and a cosine over all steps do. Set the object's `rate` before each step; `rate_at(np.arange(steps), "cosine", 0.02, steps)` gives them all. The check would not notice a new Adam at each step; 8.11 asks why.

# %% given="digits"
pixels, digit = data.load("digits")
_shuffled = np.random.default_rng(8).permutation(len(pixels))
X_train, y_train = pixels[_shuffled[:1257]] / 16, digit[_shuffled[:1257]]
X_test, y_test = pixels[_shuffled[1257:]] / 16, digit[_shuffled[1257:]]


def loss_and_gradients(X, y, parameters):
    """Mean cross-entropy of one layer, and its gradients (5.5). parameters: (W, b). Returns (loss, (dW, db))."""
    W, b = parameters
    scores = X @ W + b
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    delta = np.exp(log_p)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    return float(-log_p[np.arange(len(y)), y].mean()), (X.T @ delta, delta.sum(axis=0))


def accuracy(parameters, X, y):
    """The share of rows of X whose largest score is the right class. parameters: (W, b)."""
    W, b = (np.asarray(part, dtype=float) for part in parameters)
    if W.shape != (X.shape[1], int(y.max()) + 1) or b.shape != W.shape[1:]:
        raise ValueError(f"W {(X.shape[1], int(y.max()) + 1)} and b {(int(y.max()) + 1,)} are expected; W {W.shape} and b {b.shape} came")
    return float(np.mean(np.argmax(X @ W + b, axis=1) == y))

# %% [markdown] hints="train"
# 1. What is made once, before all loops, and what once an epoch?
# 2. Loops as in 7.6: an order, its pieces, gradients of a piece, a step. `rate_at` gives all rates at once; an Adam's `rate` may be set before each step.
# 3. For step number $t$: $\eta_t$ goes into the optimizer, and both parameters become what its step makes of them and of the piece's gradients

# %% exercise="train" uses="Adam" bans="numpy.linalg scipy sklearn tensorflow keras torch jax"
def train(X, y, seed):
    """Train one layer with softmax by your Adam, in mini-batches.

    X: (N, D), y: (N,) integers, seed: int. Returns (W, b): (D, C) and (C,).
    """
    rng = np.random.default_rng(seed)
    ### BEGIN SOLUTION
    parameters = np.zeros((X.shape[1], int(y.max()) + 1)), np.zeros(int(y.max()) + 1)
    optimizer, n_batches = Adam(parameters), -(-len(X) // 32)
    rates = iter(rate_at(np.arange(4.0 * n_batches), "cosine", 0.02, 4 * n_batches))
    for _ in range(4):
        for rows in np.array_split(rng.permutation(len(X)), n_batches):
            _, gradients = loss_and_gradients(X[rows], y[rows], parameters)
            optimizer.rate = next(rates)
            parameters = optimizer.step(parameters, gradients)
    return parameters
    ### END SOLUTION

# %% check="train" points=4
# Up to three seeds are tried. One must read 85 % of the digits that were held back.
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.85)
### BEGIN HIDDEN TESTS
check.trained(train, (X_train, y_train), held=(X_test, y_test), score=accuracy, at_least=0.85)
### END HIDDEN TESTS

# %% [markdown]
# ## 8.10 The same in Keras · 14 minutes
#
# ### Exercise 10 · the race, by Keras · 4 points · 10 minutes
#
# A Keras optimizer is an object like yours: `optimizer.apply(gradients, variables)` takes one step, with two lists. Its state is made for the variables that it sees first. Which class and which arguments make each of the six? **Trap:** three of them are `SGD`, and its momentum is 0 unless you say more.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    from tensorflow import keras

keras.backend.set_floatx("float64")

# %% [markdown] hints="keras_race"
# 1. What is made once, before the loop? [The list of optimizers](https://keras.io/api/optimizers/) has four classes that you need.
# 2. A `keras.Variable` of $w$ is what moves; its `.numpy()` is where it is now.
# 3. A list with the one gradient $A\,(\ldots)$ where the variable is now, a list with the one variable; then note the new place

# %% exercise="keras_race" same_as="race" uses="apply apply_gradients" bans="torch jax"
def keras_race(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """The same as race, by an optimizer of keras.optimizers. Returns (steps + 1, D), a NumPy array."""
    variable = keras.Variable(w)
    ### BEGIN SOLUTION
    if name == "adam":
        optimizer = keras.optimizers.Adam(rate, *betas)
    elif name == "rmsprop":
        optimizer = keras.optimizers.RMSprop(rate)
    elif name == "adagrad":
        optimizer = keras.optimizers.Adagrad(rate)
    else:
        optimizer = keras.optimizers.SGD(rate, momentum=0.0 if name == "sgd" else betas[0], nesterov=name == "nesterov")
    path = [w]
    for _ in range(steps):
        optimizer.apply([slope(A, variable.numpy())], [variable])
        path.append(variable.numpy())
    return np.array(path)
    ### END SOLUTION

# %% check="keras_race" points=4
# no batch of one because a surface has no rows
for name in NAMES:
    check.values(keras_race, valley, valley_w, name, 0.2, 3, (0.875, 0.96875))
check.values(keras_race, bowl, bowl_w, "adam", 0.1, 2, (0.75, 0.9375))
### BEGIN HIDDEN TESTS
rng = check.rng
for name in (*NAMES, "nesterov", "adam"):
    check.values(keras_race, *some_surface(3, rng), name, rng.uniform(0.05, 0.15), 3, (0.875, 0.96875))
### END HIDDEN TESTS

# %% figure="agreement" folded="it compares"
if check.needs(sgd_step, Momentum, nesterov_step, scaled_step, Adam, rate_at, race, keras_race):
    import warnings

    print("largest difference of the paths in 20 steps")
    for name, rate in race_rates.items():
        off = np.abs(race(steep, begin, name, rate, 20) - keras_race(steep, begin, name, rate, 20)).max()
        print(f"  {name:9} {off:.0e}")
    print(f"1 - 0.999 in Keras's correction: {1 - float(keras.ops.cast(0.999, 'float64')):.9f}")
    for g in (1.0, 1e-7):
        weight = keras.Variable(np.zeros(1))
        keras.optimizers.Adam(1.0).apply([np.full(1, g)], [weight])
        print(f"first Adam step over the rate, slope {g:g}: {-weight.numpy()[0]:.2f}")
    theirs = keras.optimizers.schedules.CosineDecay(0.0, 4, warmup_target=1.0, warmup_steps=2)
    print("cosine, yours: ", np.round(rate_at(np.arange(8.0), "cosine", 1.0, 4, 2), 3))
    print("cosine, Keras's:", np.round([float(theirs(t)) for t in range(8)], 3))
    optimizer = keras.optimizers.Adam(0.1)
    for g in (100.0, -1.0):
        before = weight.numpy()[0]
        optimizer.apply([np.full(1, g)], [weight])
    print(f"at a slope of -1 a new Adam steps by +0.1, one that has seen a slope of 100 by {weight.numpy()[0] - before:+.3f}")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        keras.optimizers.SGD(0.01, decay=1e-6)
    print(f"decay=1e-6: {told[0].message}")
    try:
        keras.optimizers.SGD(lr=0.01)
    except ValueError as error:
        print(f"lr=0.01:    {error}")

# %% [markdown]
# The paths agree to many digits, both momenta's to seven, Adam's to five: Keras rounds each $\beta$ to float32 first, and $1 - 0.999$ shows it. (So the check of exercise 10 has betas with few binary digits.) Three traps more:
#
# - At slopes of $10^{-7}$ Keras's first step is not the rate, but 3 % of it: $\varepsilon$.
# - An optimizer that was used remembers, here so well that it steps uphill. `set_weights` and a second `fit` do not begin anew; `compile` with a new optimizer does.
# - The slides' line stops at `lr`, which is `learning_rate` today. Its `decay` is ignored, with a warning: take a schedule.
#
# ## 8.11 In words · 6 minutes
#
# Two classmates check their optimizers with a gradient of 1 in every step, and the rate 0.01. Ana's Adam makes first steps of 0.0316, 0.0425 and 0.0495. Ben's momentum, with $\beta = 0.9$, makes steps of 0.01, 0.01 and 0.01. Both losses fall.
#
# **What is wrong with each, and which line makes it so? Why does a falling loss not show it?**

# %% [markdown] written="two_bugs" points=2
# ### BEGIN SOLUTION
# One point for Ana: no bias correction (m and s start at 0; the first step should be 0.01 and is 0.01 * 0.1 / sqrt(0.001)); the lines with 1 - beta ** t are missing, or t stays too large. Her steps are too long for hundreds of steps, but they go downhill.
# One point for Ben: no velocity is kept (v is made anew in each call of step, or the optimizer is made anew for each step; or beta * v is never stored), so it is plain descent, which lowers the loss as well, only more slowly: the steps should be 0.01, 0.019, 0.0271.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. One rate must suit the steepest direction, so the flattest one creeps.
# 2. Momentum adds up what agrees and cancels what alternates; Nesterov takes the slope ahead.
# 3. AdaGrad and RMSProp divide each coordinate by the size of its own slopes.
# 4. Adam does both. Its means start at 0, so they are corrected: its first step is the rate, whatever the slope.
# 5. An optimizer has a state. Made anew at each step, it forgets without a word.
#
# ### Do you recall?
#
# <details><summary>Why does an epoch of mini-batches cost as much as one step with all rows, and get further (7.6)?</summary>Each row is used once in both; but mini-batches make a step after every few rows.</details>
#
# <details><summary>What does clipping by the common length keep, that clipping entry by entry does not (7.7)?</summary>The direction of the step. (Adam's division does not.)</details>
#
# <details><summary>A coordinate has the curvature 50. Above which rate does descent diverge there?</summary>Above 2/50 = 0.04. At 0.04 the factor 1 - rate times 50 is -1, and it jumps for ever.</details>
#
# ### A challenge for an evening
#
# Transfer: [AdamW](https://arxiv.org/abs/1711.05101) also shrinks each weight by $\eta \lambda w$ in each step, *beside* Adam's fraction. Adding $\lambda w$ to the gradient instead is another thing: show with two steps by hand why.
#
# **New words:** *Curvature*: how fast a slope changes. *Momentum, velocity*: a running sum of steps. *Running mean*: old value times $\beta$ plus $(1 - \beta)$ times the new. *Bias correction*: dividing a mean that started at 0 by $1 - \beta^t$. *Schedule*: rates by step number. *Warm-up*: a rate that rises first.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
