# %% [markdown]
# # 1 · The perceptron
#
# In 1958 the *New York Times* saw in the perceptron the embryo of a computer that would walk, talk and be conscious. In 1969 Minsky and Papert's book
# worked out its limits: one such unit cannot even say "one of the two, but not both". What can it do, and what does it take to do more?
#
# **Why now.** Each neuron of today's networks begins with the same weighted sum and bias. And this unit's rule runs in phones: from the Galaxy S7 to the S20, Samsung's cores
# [guess a program's next jump](https://doi.org/10.1109/ISCA45697.2020.00015) by perceptrons. To read beside it: [Rosenblatt's paper](https://doi.org/10.1037/h0042519),
# [McCulloch and Pitts](https://doi.org/10.1007/BF02478259), [notes of Cornell's course](https://www.cs.cornell.edu/courses/cs4780/2018fa/lectures/lecturenote03.html).
#
# **You build:** the threshold logic unit, AND, OR, NAND and XOR, Hebb's rule, the perceptron rule and its training,
# margin and convergence bound; then the unit in `tf.keras`.
#
# **Time:** 95 to 120 minutes. **You need:** NumPy arrays, dot products, lengths of vectors.
#
# Run the check below each exercise. No function may change its arguments.
# Stuck? `check.hint("tlu")` gives three hints. A ★ may be skipped; 34 of the 40 points are without it.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data, moving

# %% [markdown]
# ## 1.1 A switch · 4 minutes
#
# In 1943 Warren McCulloch and Walter Pitts described a nerve cell as a switch: all or nothing. A
# switch is a **step function**. Two are common, the **Heaviside step** and the **sign step**:
#
# $$H(z) = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases} \qquad \mathrm{sign}(z) = 2H(z) - 1$$
#
# At $z = 0$ books differ. Here $H(0) = 1$ and so $\mathrm{sign}(0) = +1$, throughout; `np.sign` gives 0 there.
#
# ### Worked example
#
# `np.where(condition, a, b)` takes from `a` where the condition holds and from `b` elsewhere:

# %% given="heaviside"
def heaviside(z):
    """1.0 where z >= 0, else 0.0. Any shape."""
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


print(heaviside(np.array([-2.0, 0.0, 3.0])))

# %% [markdown]
# ## 1.2 The threshold logic unit · 13 minutes
#
# A **threshold logic unit**, TLU, weighs its inputs $x_1, \dots, x_D$ with weights $w_1, \dots, w_D$, adds a **bias** $b$, and
# steps:
#
# $$z = \sum_{j=1}^{D} w_j x_j + b, \qquad y = H(z)$$
#
# $z$ is the **net input**. Without the bias it would be 0 at the origin.
# For a batch, $X$ has shape $(N, D)$, one row an example; $w$ has shape $(D,)$, $b$ is one number, and $z$ has shape $(N,)$.
#
# ### Exercise 1 · find the bug in a net input · 2 points · 5 minutes
#
# Lecture slides have $Y = \sum (W \cdot X + b)$, and a colleague took them at their word. By hand, the first row gives $0.5 - 2 - 2 - 4 = -7.5$. What does the colleague get, and
# why? Write it right.

# %% given="suspect"
def suspect(X, w, b):
    return np.sum(X * w + b, axis=1)


rows = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0], [2.0, -2.0, 1.0], [-1.0, 0.0, 2.0]])
row_w = np.array([0.5, -1.0, 2.0])
row_b = -4.0
print("suspect:", suspect(rows, row_w, row_b))
# The four corners of the unit square; and four rows, two of which lie exactly on the edge for row_w and row_b.
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
on_edge = np.array([[4.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.0, -2.0, 1.0], [2.0, -1.0, 2.0]])

# %% [markdown] hints="net_input"
# 1. How many times does the colleague add the bias to a row of three inputs?
# 2. Sum the products of each row first. The product of a matrix and a vector does that for all rows at once.
# 3. $z = X \ldots + b$: where does $b$ stand?

# %% exercise="net_input" bans="tensorflow keras torch jax"
def net_input(X, w, b):
    """The net input of a TLU for each row. X: (N, D), w: (D,), b: float. Returns (N,)."""
    ### BEGIN SOLUTION
    return X @ w + b
    ### END SOLUTION

# %% check="net_input" points=2
check.values(net_input, rows, row_w, row_b)
check.values(net_input, rows[:3, :2], row_w[1:], 1.5)
check.values(net_input, rows[:1], row_w, row_b)
### BEGIN HIDDEN TESTS
rng = check.rng
check.values(net_input, rng.normal(size=(7, 5)), rng.normal(size=5), 1.0 + rng.random())
check.values(net_input, rng.normal(size=(3, 11)), rng.normal(size=11), -1.0 - rng.random())
check.values(net_input, rng.normal(size=(7, 5)), rng.normal(size=5), 1.0 + rng.random())
check.values(net_input, rng.uniform(0.5, 1.5, size=(1, 3)), rng.uniform(0.5, 1.5, size=3), rng.random())
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · the whole unit · 3 points · 5 minutes
#
# **Predict**, by hand: which of the inputs $(0,0)$, $(0,1)$, $(1,0)$, $(1,1)$ make a TLU with
# $w = (2, -1)$ and $b = -1$ fire? Then write the unit.

# %%
# Your prediction: 0 or 1 for each of the four inputs. Replace each None, then run this cell.
prediction = [None, None, None, None]
check.reveal(prediction, lambda: heaviside(corners @ np.array([2.0, -1.0]) - 1), labels=["(0,0)", "(0,1)", "(1,0)", "(1,1)"])

# %% [markdown] hints="tlu"
# 1. Which two functions do you have already?
# 2. Hand the result of one to the other.
# 3. $y = H(Xw + b)$

# %% exercise="tlu"
def tlu(X, w, b):
    """The outputs of a threshold logic unit.

    X: (N, D), w: (D,), b: float. Returns (N,): 1.0 where the net input is >= 0, else 0.0.
    """
    ### BEGIN SOLUTION
    return heaviside(net_input(X, w, b))
    ### END SOLUTION

# %% check="tlu" points=3
check.values(tlu, rows, row_w, row_b, weight=2)
check.values(tlu, rows[:3, :2], row_w[1:], 1.5, weight=2)
check.values(tlu, rows[1:2], row_w, row_b, weight=2)
check.values(tlu, on_edge, row_w, row_b, part="at zero", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
w = rng.choice([-1, 1], size=5) * rng.uniform(0.5, 1.5, size=5)
check.values(tlu, rng.normal(size=(97, 5)), w, 0.7, weight=2)
w = rng.choice([-1, 1], size=3) * rng.uniform(0.5, 1.5, size=3)
check.values(tlu, rng.normal(size=(97, 3)), w, -0.9, weight=2)
check.values(tlu, rng.normal(size=(97, 3)), -w, 0.4, weight=2)
check.values(tlu, rng.uniform(0.5, 1.5, size=(1, 3)), rng.uniform(0.5, 1.5, size=3), rng.uniform(-0.5, 0.5), weight=2)
X, w = rng.integers(-4, 5, size=(31, 5)) * 1.0, rng.integers(1, 6, size=5) * 1.0
X[2] = 1.0
check.values(tlu, X, w, -float(X[2] @ w), part="at zero", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# Was your last one 0? Its net input is exactly 0, and $H(0) = 1$. Your first one 1? Then the bias got lost. Your second one 1? A minus got lost.
#
# ## 1.3 Gates · 9 minutes
#
# Let 0 be false and 1 true. NAND is the opposite of AND.
#
# | $(x_1, x_2)$ | AND | OR | NAND | XOR |
# |---|---|---|---|---|
# | $(0, 0)$ | 0 | 0 | 1 | 0 |
# | $(0, 1)$ | 0 | 1 | 1 | 1 |
# | $(1, 0)$ | 0 | 1 | 1 | 1 |
# | $(1, 1)$ | 1 | 1 | 0 | 0 |
#
# A TLU fires on one side of the line $w_1 x_1 + w_2 x_2 + b = 0$. So draw the corners, draw a line with the ones on one side and the zeros on the other, and read off weights.
#
# ### Exercise 3 · weights for gates · 3 points · 7 minutes
#
# Real signals are never exactly 0 or 1. **Each gate must be right when inputs are off by up to a tenth**, so no line through a corner is
# good enough. Many answers are right. (A folded cell judges.)

# %% given="gates" folded="it judges"
truth = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0],
         "XOR": [0, 1, 1, 0], "XNOR": [1, 0, 0, 1]}
# Each corner, each input moved a tenth up or down: 16 points.
nudged = (corners[:, None, :] + 0.2 * (corners[None, :, :] - 0.5)).reshape(16, 2)


def fires(unit, X):
    """The outputs of one TLU, given as (w, b) with w (2,), at the rows of X."""
    if len(unit) != 2:
        raise ValueError(f"a unit is a pair (w, b); what came has {len(unit)} entries")
    w, b = (np.asarray(part) for part in unit)
    numbers = {w.dtype.kind, b.dtype.kind} <= set("biuf")
    if not numbers or w.shape != (2,) or b.size != 1 or not np.isfinite([*w, b.item()]).all():
        raise ValueError(f"a unit is (w, b): two numbers w and one number b; {unit!r:.70} came")
    return heaviside(X @ w + b.item())


def agrees(outputs, name, X):
    """1 where the outputs are those of the gate at X, points near the corners; else a sentence."""
    corner = (2 * (X[:, 0] > 0.5) + (X[:, 1] > 0.5)).astype(int)
    wrong = outputs != np.array(truth[name])[corner]
    if not wrong.any():
        return 1
    if len(set(outputs)) == 1:
        return f"Your {name} gives {outputs[0]:g} everywhere."
    for at in range(4):
        if 0 < wrong[corner == at].sum() < np.sum(corner == at):
            return (f"Near the corner ({at // 2}, {at % 2}) your {name} is right at some points and wrong at others: "
                    "a line runs less than a tenth from that corner. Move it away, half way to the next corners.")
    given = [int(outputs[corner == at][0]) for at in range(4)]
    for other, table in truth.items():
        if table == given:
            return f"What you return for {name} is {other}."
    at = corner[wrong][0]
    return f"At the corner ({at // 2}, {at % 2}) your {name} gives {given[at]}; {truth[name][at]} is right."


def network(units, X):
    """The outputs of TLUs ((w1, b1), (w2, b2), (w3, b3)): the third takes those of the first two."""
    if len(units) != 3:
        raise ValueError(f"three units (w, b) are expected; what came has {len(units)} entries")
    first, second, last = units
    return fires(last, np.column_stack([fires(first, X), fires(second, X)]))

# %% [markdown] hints="gate"
# 1. Which corners must lie on the side where the unit fires? How far is your line from the nearest corner?
# 2. For AND take both weights 1. The net input without the bias is then 2 at one corner and at most 1 at the others.
# 3. For AND: $w = (1, 1)$ and $b$ half way between $-2$ and $-1$; the tenths allow $-1.8 \le b < -1.2$. OR moves the line; NAND turns all signs.

# %% exercise="gate"
def gate(name):
    """Weights of a TLU for a gate.

    name: "AND", "OR" or "NAND". Returns (w, b): w two numbers, b one number. The TLU must be
    right wherever each input is within 0.1 of 0 or 1.
    """
    ### BEGIN SOLUTION
    weights = {"AND": ([1.0, 1.0], -1.5), "OR": ([1.0, 1.0], -0.5), "NAND": ([-1.0, -1.0], 1.5)}
    w, b = weights[name]
    return np.array(w), b
    ### END SOLUTION

# %% check="gate" points=3
check.scored(gate, "AND", score=lambda unit: agrees(fires(unit, nudged), "AND", nudged), part="AND")
check.scored(gate, "OR", score=lambda unit: agrees(fires(unit, nudged), "OR", nudged), part="OR")
check.scored(gate, "NAND", score=lambda unit: agrees(fires(unit, nudged), "NAND", nudged), part="NAND")
### BEGIN HIDDEN TESTS
rng = check.rng
X = corners[rng.permutation(np.arange(32) % 4)] + rng.uniform(-0.1, 0.1, size=(32, 2))
check.scored(gate, "AND", score=lambda unit: agrees(fires(unit, X), "AND", X), part="AND")
check.scored(gate, "OR", score=lambda unit: agrees(fires(unit, X), "OR", X), part="OR")
check.scored(gate, "NAND", score=lambda unit: agrees(fires(unit, X), "NAND", X), part="NAND")
### END HIDDEN TESTS

# %% [markdown]
# ## 1.4 One unit and XOR · 12 minutes
#
# **Predict:** how many rows of XOR can one TLU get right at most? The cell lets your `tlu` try 9261 units: 21 values each for $w_1$, $w_2$, $b$.

# %%
# Your prediction: one number. Replace the None, then run this cell.
prediction_xor = [None]
if check.needs(tlu):
    def best_on_xor():
        grid = np.linspace(-2, 2, 21)
        return max(np.sum(np.equal(tlu(corners, np.array([w1, w2]), b), truth["XOR"]))
                   for w1 in grid for w2 in grid for b in grid)

    check.reveal(prediction_xor, best_on_xor, labels=["rows right"])

# %% [markdown]
# You said 2? OR is wrong in one row only. You said 4? A search is no proof, but this is. Each row demands an inequality:
#
# $$\begin{aligned}
# (0,0) \to 0: &\quad b < 0 \\
# (0,1) \to 1: &\quad w_2 + b \ge 0 \\
# (1,0) \to 1: &\quad w_1 + b \ge 0 \\
# (1,1) \to 0: &\quad w_1 + w_2 + b < 0
# \end{aligned}$$
#
# **Your step:** add the middle two, then the other two. Why can no TLU get four rows right?
#
# Two lines can. XOR is true where OR **and** NAND are. So two units look at the input, and a third
# at their outputs:
#
# $$\begin{aligned}
# h_1 &= H(w^{(1)} \cdot x + b^{(1)}) \\
# h_2 &= H(w^{(2)} \cdot x + b^{(2)}) \\
# y &= H(w^{(3)} \cdot (h_1, h_2) + b^{(3)})
# \end{aligned}$$
#
# Units with the same inputs are a **layer**. Side by side, the weights of $K$ units are the columns of a matrix $W$ of shape $(D, K)$, and $XW + b$ has one column a unit.
#
# ### Exercise 4 · XOR from three units · 3 points · 7 minutes
#
# XNOR is true where both inputs are alike. The idea transfers.

# %% [markdown] hints="three_units"
# 1. Which two gates separate the inputs $(0,1)$ and $(1,0)$ from the rest, and what joins them?
# 2. You have weights for OR, NAND and AND. For XNOR only the last unit changes.
# 3. XOR = AND(OR, NAND); XNOR = NAND(OR, NAND)

# %% exercise="three_units"
def three_units(name):
    """Weights of three TLUs.

    name: "XOR" or "XNOR". Returns ((w1, b1), (w2, b2), (w3, b3)), each w two numbers. Units 1
    and 2 take the inputs; unit 3 takes the outputs of units 1 and 2, in this order.
    Right wherever each input is within 0.1 of 0 or 1.
    """
    ### BEGIN SOLUTION
    return gate("OR"), gate("NAND"), gate("AND" if name == "XOR" else "NAND")
    ### END SOLUTION

# %% check="three_units" points=3
check.scored(three_units, "XOR", part="XOR",
             score=lambda units: agrees(network(units, nudged), "XOR", nudged))
check.scored(three_units, "XNOR", part="XNOR",
             score=lambda units: agrees(network(units, nudged), "XNOR", nudged))
### BEGIN HIDDEN TESTS
rng = check.rng
X = corners[rng.permutation(np.arange(32) % 4)] + rng.uniform(-0.1, 0.1, size=(32, 2))
check.scored(three_units, "XOR", part="XOR",
             score=lambda units: agrees(network(units, X), "XOR", X))
check.scored(three_units, "XNOR", part="XNOR",
             score=lambda units: agrees(network(units, X), "XNOR", X))
### END HIDDEN TESTS

# %% figure="xor"
if check.needs(tlu, gate, three_units):
    units = [(np.ravel(w), np.ravel(b)[0]) for w, b in three_units("XOR")]
    ticks = np.linspace(-0.5, 1.5, 201)
    plane = np.column_stack([axis.ravel() for axis in np.meshgrid(ticks, ticks)])
    hidden = np.column_stack([tlu(plane, *unit) for unit in units[:2]])
    figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.2), gridspec_kw={"width_ratios": [3, 2]}, layout="constrained")
    places = {"$x_1$": (0, 2), "$x_2$": (0, 0), "$h_1$": (2, 2), "$h_2$": (2, 0), "y": (4, 1)}
    for (w, b), starts, end in zip(units, [("$x_1$", "$x_2$")] * 2 + [("$h_1$", "$h_2$")], ["$h_1$", "$h_2$", "y"], strict=True):
        for weight, start in zip(w, starts, strict=True):
            (x1, y1), (x2, y2) = places[start], places[end]
            left.annotate("", (x2, y2), (x1, y1), arrowprops={"arrowstyle": "->", "shrinkA": 13, "shrinkB": 13})
            left.text(x1 + 0.3 * (x2 - x1), y1 + 0.3 * (y2 - y1), f"{weight:g}", ha="center", va="center", fontsize=9,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
        left.text(places[end][0], places[end][1] + 0.42, f"b = {b:g}", ha="center", fontsize=9)
    for name, place in places.items():
        left.text(*place, name, ha="center", va="center", bbox={"boxstyle": "circle", "facecolor": "white"})
    left.set(xlim=(-0.5, 4.6), ylim=(-0.6, 2.8))
    left.set_title("x: (N, 2),  W: (2, 2),  h: (N, 2),  y: (N,)", fontsize=9)
    left.axis("off")
    right.contourf(ticks, ticks, np.reshape(tlu(hidden, *units[2]), (201, 201)), [-0.5, 0.5, 1.5], colors=["white", "0.8"])
    for x, label in zip(corners, truth["XOR"], strict=True):
        right.plot(*x, "ko", markersize=9, markerfacecolor="black" if label else "white")
    right.set(title="Three units: 4 of 4", xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
    right.set_aspect("equal")
    plt.show()

# %% [markdown]
# Your network, and its plane: grey where it fires. Full dots should lie on grey, hollow ones on white.
#
# ## 1.5 Hebb's rule · 8 minutes
#
# In 1949 Donald Hebb proposed how nerve cells might find their weights: a connection grows when the cells
# at both ends are active together. With a learning rate $\eta$, an input $x$ and a wanted output $s = \pm 1$:
#
# $$w \leftarrow w + \eta\, s\, x, \qquad b \leftarrow b + \eta\, s$$
#
# The bias is the weight of an input that is always 1. By hand, from zero with $\eta = 1$: after $x = (1, 2)$ with $s = -1$ and $x = (3, 1)$ with $s = +1$, the weights are $(-1 + 3, -2 + 1) = (2, -1)$ and the bias is 0.
#
# ### Exercise 5 · Hebb's rule · 3 points · 6 minutes
#
# Start from zero weights and show each row of $X$ once. The cell after the check tries AND, with false as 0 and as $-1$.

# %% given="samples"
def sign(z):
    """+1.0 where z >= 0, else -1.0. Any shape."""
    return 2 * heaviside(z) - 1


hebb_X = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0], [2.0, -2.0, 1.0],
                   [-1.0, 0.5, 2.0], [1.5, 1.0, 0.0]])
hebb_s = np.array([-1.0, 1.0, -1.0, -1.0, -1.0])
# For exercise 6: one row, and weights. For exercise 8: five points, and a plane that separates them.
step_x = np.array([1.0, -2.0, 0.5])
step_w = np.array([0.4, -0.3, 0.8])
wide_X = np.array([[2.0, 1.0, 0.5], [1.0, -1.0, 2.0], [-1.0, 0.5, -2.0],
                   [-2.0, 1.5, 0.0], [0.5, 3.0, 1.0]])
wide_t = np.array([1, 1, 0, 0, 1])
wide_w, wide_b = np.array([1.0, 0.5, 1.5]), 0.75

# %% [markdown] hints="hebb"
# 1. Does it matter in which order the rows come, or what the unit answers?
# 2. Each step adds a term that depends on its row alone. Starting from zero, the result is a sum over the rows.
# 3. $w = \eta \sum_i \ldots$; for $b$ the same, with 1 in the place of $x_i$

# %% exercise="hebb"
def hebb(X, s, eta):
    """Hebb's rule, from zero weights, each row once.

    X: (N, D), s: (N,) of -1 and +1, eta: float. Returns (w, b): (D,) and a float.
    """
    ### BEGIN SOLUTION
    return eta * (s @ X), eta * s.sum()
    ### END SOLUTION

# %% check="hebb" points=3
check.values(hebb, hebb_X, hebb_s, 0.25, names=["w", "b"])
check.values(hebb, hebb_X[:4, 1:], -hebb_s[:4], 0.75, names=["w", "b"])
check.values(hebb, hebb_X[:1, :1], hebb_s[:1], 0.25, names=["w", "b"])
### BEGIN HIDDEN TESTS
rng = check.rng
for least in (0.1, 0.2):
    s = rng.permutation([1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0])
    check.values(hebb, rng.normal(size=(7, 5)), s, least + rng.random(), names=["w", "b"])
s = rng.permutation([1.0] * 3 + [-1.0] * 8)
check.values(hebb, rng.normal(size=(11, 3)), s, 1.1 + rng.random(), names=["w", "b"])
check.values(hebb, rng.normal(size=(1, 1)), -np.ones(1), 0.1 + rng.random(), names=["w", "b"])
### END HIDDEN TESTS

# %%
if check.needs(hebb, net_input):
    wanted = np.array([-1.0, -1.0, -1.0, 1.0])
    for false, inputs in ((0, corners), (-1, 2 * corners - 1)):
        w, b = hebb(inputs, wanted, 1.0)
        print(f"false = {false:2}: w = {w}, b = {b:g}, outputs {sign(net_input(inputs, w, b))}")

# %% [markdown]
# With $-1$ it learns AND. With 0 the weights cancel, and the unit never fires. The rule never looks at what the unit
# answers, so it cannot mend it.
#
# ## 1.6 The perceptron rule · 12 minutes
#
# Frank Rosenblatt's perceptron, 1957, **learns from errors only**. Let $t$ be the wanted output, 0 or 1, and $y = H(w \cdot x + b)$ the unit's.
# The error is $e = t - y$: 0 when the answer is right, $+1$ when the unit should have fired, $-1$ when it should not.
#
# $$w \leftarrow w + \eta\, e\, x, \qquad b \leftarrow b + \eta\, e$$
#
# By hand: $w = (0, 0)$, $b = 0$, $x = (2, 1)$, $t = 0$, $\eta = 1$. The net input is 0, so the unit fires, and $e = -1$. The new weights are
# $(-2, -1)$, the new bias is $-1$. For the same $x$ now $z = -4 - 1 - 1 = -6$: silent.
#
# **Derive** on paper why this helps: put the new $w$ and $b$ into $z = w \cdot x + b$. By how much has $z$ changed for this $x$, in terms of $\eta$, $e$ and $\lVert x \rVert^2$? Above it was $-6$. Can it go the wrong way?
#
# ### Exercise 6 · one step of the rule · 4 points · 8 minutes
#
# **Predict** the update of $w = (1, -1)$, $b = 0.5$, $x = (2, 1)$, $t = 0$, $\eta = 0.5$. Then write the step. Here $x$ is one row, $(D,)$, so `x @ w` is one number, and so is the new bias.

# %%
# Your prediction: the new w1, w2 and b. Replace each None. You see the answer below the check.
prediction_step = [None, None, None]

# %% [markdown] hints="perceptron_step"
# 1. What should come back when the unit is right already?
# 2. Compute the output first, then the error; the same formula serves all three cases.
# 3. $e = t - H(\ldots)$ at the old $w$ and $b$; then one line for each of the two, both with this $e$

# %% exercise="perceptron_step"
def perceptron_step(x, t, w, b, eta):
    """One step of the perceptron rule.

    x: (D,) one sample, t: 0 or 1, w: (D,), b: float, eta: float. Returns the new (w, b).
    Does not change its inputs.
    """
    ### BEGIN SOLUTION
    error = t - heaviside(x @ w + b)
    return w + eta * error * x, b + eta * error
    ### END SOLUTION

# %% check="perceptron_step" points=4
check.values(perceptron_step, step_x, 0, step_w, 0.2, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x, 1, step_w, -3.0, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x, 1, -step_w, 0.2, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x, 0, step_w, -1.3, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x[:1], 0, step_w[:1], 0.2, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x, 1, step_w, 0.2, 0.25, part="right answers", weight=2,
             names=["w", "b"], if_passed="wrong answers")
for t in (0, 1):
    check.values(perceptron_step, step_x, t, np.array([1.0, -1.0, -1.0]), -2.5, 0.25, part="at zero",
                 names=["w", "b"], if_passed="wrong answers")
### BEGIN HIDDEN TESTS
rng = check.rng
for D in (5, 11, 1):
    x, w, eta = rng.normal(size=D), rng.normal(size=D), 0.1 + 0.8 * rng.random()
    w += (0.5 + rng.random() - x @ w) * x / (x @ x)  # so that x @ w is between 0.5 and 1.5
    b = 0.5 + rng.random()
    check.values(perceptron_step, x, 0, w, b, eta, part="wrong answers", names=["w", "b"])
    check.values(perceptron_step, x, 1, w, -2 - b, eta, part="wrong answers", names=["w", "b"])
    check.values(perceptron_step, x, 1, -w, 0.25, eta, part="wrong answers", names=["w", "b"])
    near = 0.05 + 0.85 * rng.random() - float(x @ w)  # net inputs close to 0, on either side
    check.values(perceptron_step, x, 0, w, near, eta, part="wrong answers", names=["w", "b"])
    check.values(perceptron_step, x, 1, w, near - 1, eta, part="wrong answers", names=["w", "b"])
    check.values(perceptron_step, x, 1, w, b, eta, part="right answers", weight=2,
                 names=["w", "b"], if_passed="wrong answers")
    check.values(perceptron_step, x, 0, -w, -b, eta, part="right answers", weight=2,
                 names=["w", "b"], if_passed="wrong answers")
    x, w = rng.integers(1, 6, size=D) * 1.0, rng.integers(1, 6, size=D) * 1.0
    for t in (0, 1):
        check.values(perceptron_step, x, t, w, -float(x @ w), eta, part="at zero",
                     names=["w", "b"], if_passed="wrong answers")
### END HIDDEN TESTS

# %% figure="unit"
if check.needs(tlu, perceptron_step):
    x, t, w, b, eta = np.array([2.0, 1.0]), 0, np.array([1.0, -1.0]), 0.5, 0.5
    new_w, new_b = perceptron_step(x, t, w, b, eta)
    check.reveal(prediction_step, lambda: [*new_w, new_b], labels=["w1", "w2", "b"])
    z, (y,) = x @ w + b, tlu(x[None], w, b)
    figure, axes = plt.subplots(figsize=(7, 3.3), layout="constrained")
    axes.set(xlim=(-0.5, 7.1), ylim=(-0.5, 3.3))
    axes.axis("off")
    places = {f"$x_1$\n{x[0]:g}": (0, 2.8), f"$x_2$\n{x[1]:g}": (0, 1.4), "1": (0, 0), f"z\n{z:g}": (3.6, 1.4),
              f"y\n{y:g}": (5.1, 1.4), f"e\n{t - y:g}": (6.6, 1.4)}
    *inputs, net, out, error = places
    arrows = [(start, net, f"{name} = {old:g}", f"becomes {new:g}") for start, name, old, new in
              zip(inputs, ["$w_1$", "$w_2$", "b"], [*w, b], [*new_w, new_b], strict=True)]
    arrows += [(net, out, "H", ""), (out, error, f"t = {t}", "")]
    for start, end, forward, update in arrows:
        (x1, y1), (x2, y2) = places[start], places[end]
        axes.annotate("", (x2 - 0.35, y2), (x1 + 0.35, y1 + 0.09), arrowprops={"arrowstyle": "->"})
        axes.annotate("", (x1 + 0.35, y1 - 0.09), (x2 - 0.35, y2 - 0.18),
                      arrowprops={"arrowstyle": "->", "color": "tab:orange", "linestyle": "--"})
        on_line = {"ha": "center", "va": "center", "fontsize": 9, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
        if start in inputs:
            axes.text(x1 + 0.95, y1 + 0.23 * (y2 - y1) + 0.07, forward, **on_line)
            axes.text(x1 + 1.95, y1 + 0.55 * (y2 - y1) - 0.14, update, color="tab:orange", style="italic", **on_line)
        else:
            axes.text((x1 + x2) / 2, y1 + 0.3, forward, **on_line)
    for label, place in places.items():
        axes.text(*place, label, ha="center", va="center", fontsize=9, bbox={"boxstyle": "circle", "facecolor": "white"})
    axes.set_title("x: (D,) = (2,),  w: (2,),  b, z, y, e: one number each", fontsize=9)
    plt.show()

# %% [markdown]
# The unit with numbers: forward black, solid; update orange, dashed. You predicted $(2, -0.5)$ and $1$? The error has the wrong sign. $(-1, -2)$ and $-0.5$? The rate is missing. $b = 0.5$? The bias learns, too.
#
# ## 1.7 Irises · 17 minutes
#
# Edgar Anderson measured 150 irises of three species, 50 of each; Ronald Fisher made them famous in 1936. We take
# length and width of the petal in millimetres, counted from 37 mm and 12 mm, near their means. All numbers are whole,
# so every sum is exact. The target is 1 for *setosa*, 0 for the other two species.
#
# ### Exercise 7 · training, sample by sample · 6 points · 14 minutes
#
# A blank page. **Training** goes through the rows in the given order and takes a perceptron step with $\eta = 1$ at each. The
# next row meets the weights as they are by then. One pass through all rows is an **epoch**. An **update** is a step with an error. Count them. After an epoch without one nothing changes any more: you
# may stop there.
#
# Then a figure moves, update by update, over shuffled flowers. *Setosa* are hollow circles; the unit fires on grey. A square marks the row that was wrong, a dashed line the border before. Does each update make the *whole* picture better?

# %% given="irises"
lengths, species = data.load("iris")
petals = np.round(10 * lengths[:, 2:]) - np.array([37.0, 12.0])
is_setosa = (species == 0).astype(int)
# Seven points to try things on.
toy_X = np.array([[-4.0, 2.0], [2.0, 1.0], [2.0, -1.0], [4.0, -2.0],
                  [1.0, 2.0], [3.0, 3.0], [4.0, 0.0]])
toy_t = np.array([1, 0, 1, 1, 0, 0, 1])
print("petals", petals.shape, "from", petals.min(axis=0), "to", petals.max(axis=0))

# %% [markdown] hints="train_perceptron"
# 1. Which weights does the second row meet?
# 2. Two loops: epochs outside, rows inside, with your `perceptron_step`. Compare the bias before and after: any error changes it.
# 3. For each row: $e = t_i - H(\ldots)$ at the weights of now, a step with it, and one more update if $e \ne 0$

# %% exercise="train_perceptron" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv scipy sklearn tensorflow keras torch jax"
def train_perceptron(X, t, w, b, epochs):
    """Train a TLU by the perceptron rule with eta = 1, sample by sample, in the given order.

    X: (N, D), t: (N,) of 0 and 1, w: (D,), b: float: where to start; epochs: int.
    Returns (w, b, updates): the final weights, and how many steps had an error, over all epochs. Does not change its inputs.
    """
    ### BEGIN SOLUTION
    updates = 0
    for _ in range(epochs):
        before = updates
        for x, target in zip(X, t, strict=True):
            error = target - int(x @ w + b >= 0)
            if error:  # a right row changes nothing
                w, b, updates = w + error * x, b + error, updates + 1
        if updates == before:
            break
    return w, b, updates
    ### END SOLUTION

# %% check="train_perceptron" points=6
# None of these has ended by then: the last epoch still has updates.
check.values(train_perceptron, toy_X, toy_t, np.array([-1.0, 2.0]), 1.0, 3, weight=3,
             names=["w", "b", "updates"])
check.values(train_perceptron, petals, is_setosa, np.zeros(2), 0.0, 5, weight=3,
             names=["w", "b", "updates"])
check.values(train_perceptron, corners, np.array(truth["XOR"]), np.zeros(2), 0.0, 8, weight=3,
             names=["w", "b", "updates"])
check.values(train_perceptron, hebb_X[:1], np.array([0]), np.array([0.5, 0.25, -0.5]), 9.0, 2, weight=3,
             names=["w", "b", "updates"])
# This one has: a line separates the irises.
check.values(train_perceptron, petals, is_setosa, np.zeros(2), 0.0, 12, part="to the end", weight=2,
             names=["w", "b", "updates"], if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D in ((31, 5), (29, 3), (31, 5)):
    X, t = rng.integers(-2, 3, size=(N, D)) * 1.0, rng.permutation(np.arange(N) % 2)
    X[1], t[:2] = X[0], [0, 1]  # equal rows with different targets: without its limit, training would never end
    X[2], t[2] = 0, 0  # where the update moves b alone
    X[3], t[3] = 0, 1
    check.values(train_perceptron, X, t, rng.integers(-3, 4, size=D) * 1.0, 6.0, 3, weight=3,
                 names=["w", "b", "updates"])
# One row twice, with both targets: each epoch has two updates, and ends where it began.
X = np.repeat(rng.integers(1, 4, size=(1, 4)) * 1.0, 2, axis=0)
check.values(train_perceptron, X, np.array([0, 1]), np.zeros(4), 0.0, 5, weight=3, names=["w", "b", "updates"])
check.values(train_perceptron, rng.integers(2, 4, size=(1, 1)) * 1.0, np.array([0]), np.ones(1), 9.0, 2, weight=3,
             names=["w", "b", "updates"])
# Rows that a unit u separates: training has nearly always ended by epoch 12.
u = np.array([2.0, -3.0, 1.0, 2.0]) * rng.choice([-1, 1], size=4)
X = rng.integers(-5, 6, size=(47, 3)) * 1.0
z = X @ u[:3] + u[3]
X, t = X[np.abs(z) >= 2], (z[np.abs(z) >= 2] > 0).astype(int)
check.values(train_perceptron, X, t, np.zeros(3), 0.0, 12, part="to the end", weight=2,
             names=["w", "b", "updates"], if_passed="values")
### END HIDDEN TESTS

# %% figure="updates_seen"
if check.needs(tlu, perceptron_step, train_perceptron):
    w, b, seen = np.zeros(2), 0.0, [(0, np.zeros(2), 0.0)]
    for i in [*np.random.default_rng(9).permutation(150)] * 4:
        new_w, new_b = perceptron_step(petals[i], is_setosa[i], w, b, 1.0)
        if new_b != b:
            seen.append((i, np.asarray(new_w), new_b))
        w, b = np.asarray(new_w), new_b
    across, up = np.linspace(-32, 37, 139), np.linspace(-15, 17, 129)
    plane = np.column_stack([axis.ravel() for axis in np.meshgrid(across, up)])
    painted = [np.reshape(tlu(plane, w, b), (129, 139)) for _, w, b in seen[:24]]

    def after(updates):
        i = seen[updates][0]
        right = np.sum(tlu(petals, *seen[updates][1:]) == is_setosa)
        figure, axes = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
        axes.contourf(across, up, painted[updates], [-0.5, 0.5, 1.5], colors=["white", "0.85"])
        axes.plot(*petals[is_setosa == 0].T, "k.", markersize=3)
        axes.plot(*petals[is_setosa == 1].T, "ko", markerfacecolor="white", markersize=4)
        if updates:
            axes.plot(*petals[i], "s", color="tab:orange", markerfacecolor="none", markersize=11, markeredgewidth=2)
            if np.ptp(painted[updates - 1]):
                axes.contour(across, up, painted[updates - 1], [0.5], colors="tab:orange", linestyles="--")
        what = ("subtract this row" if is_setosa[i] == 0 else "add this row") if updates else "zero weights"
        axes.set(xlabel="petal length − 37 mm", ylabel="petal width − 12 mm", title=f"update {updates}: {what}; {right} of 150 right")
        return figure

    moving.figure(after, len(painted), alt="Fifteen updates. The border jumps about, pushed by the marked row each time, "
                                           "and at last parts the hollow circles at the lower left from all dots.")
    w, b, updates = train_perceptron(petals, is_setosa, np.zeros(2), 0.0, 20)
    print(f"in the order of the file: w = {w}, b = {b:g}, {updates} updates, {np.mean(tlu(petals, w, b) == is_setosa):.0%} right")

# %% [markdown]
# Most rows never speak. Those near the border do, and an update may spoil others. Another order gives another border: the rule stops at the first line that is right.
#
# ## 1.8 Why it ends · 13 minutes
#
# The **perceptron convergence theorem** (Novikoff and Block, 1962) says that the rule ends whenever a separating line exists, and bounds its updates.
#
# **One vector.** Give every row a further input, always 1: $\tilde x = (x, 1)$. With $\tilde w = (w, b)$ the net input is
# $\tilde w \cdot \tilde x$, and a step adds $\pm \tilde x$. **Mind:** lengths below count the 1 and the bias.
#
# **Radius.** $R = \max_i \lVert \tilde x_i \rVert$, the length of the longest row.
#
# **Margin.** Let $s_i = 2 t_i - 1$, so $\pm 1$. Weights that separate the rows, with none on the line, have the margin
#
# $$\gamma = \min_i \frac{s_i\,(w \cdot x_i + b)}{\sqrt{\lVert w \rVert^2 + b^2}} > 0$$
#
# **Theorem.** If some $(w, b)$ has the margin $\gamma$, then training from zero makes at most $(R/\gamma)^2$ updates.
#
# By hand: $x = 3$ with $t = 1$ and $x = -1$ with $t = 0$ are parted by $w = 1$, $b = 0$. The signed net inputs are 3 and 1, the length of $(1, 0)$ is 1: $\gamma = 1$. The longest row is $(3, 1)$: $R^2 = 10$. So at most 10 updates.
#
# **★ The proof** in three steps. Let $u$ be $(w, b)$ divided by its length, and $\tilde w_k$ the weights after $k$ updates.
#
# 1. An update adds $s_i \tilde x_i$, so $u \cdot \tilde w$ grows by $s_i\, u \cdot \tilde x_i \ge \gamma$. After $k$ updates $u \cdot \tilde w_k \ge k \gamma$.
# 2. **Your step:** expand $\lVert \tilde w_k + s_i \tilde x_i \rVert^2$. Row $i$ was wrong: what does that say of the middle term? Show $\lVert \tilde w_k \rVert^2 \le k R^2$.
# 3. No vector is shorter than its part along $u$: $k \gamma \le \sqrt{k}\, R$. Hence $k \le (R/\gamma)^2$. $\blacksquare$
#
# <details><summary>Step 2, to compare</summary>The middle term is twice the signed net input of a wrong row: 0 or negative. So each update adds at most R squared to the squared length, which began at 0.</details>
#
# ### Exercise 8 · margin, radius and bound · 4 points · 8 minutes
#
# After the check, hold the theorem against your own count.

# %% [markdown] hints="margin_and_radius"
# 1. Which row is nearest to the plane, and which is farthest from the origin? With the 1 counted?
# 2. Turn `t` into $\pm 1$; divide the signed net inputs by the length of $(w, b)$; take the smallest.
# 3. $\gamma = \min_i s_i (\ldots) / \sqrt{\lVert w \rVert^2 + \ldots}$, $R = \max_i \sqrt{\lVert x_i \rVert^2 + \ldots}$, bound $(R/\gamma)^2$

# %% exercise="margin_and_radius"
def margin_and_radius(X, t, w, b):
    """Margin, radius and convergence bound; the bias is the weight of a further input that is always 1.

    X: (N, D), t: (N,) of 0 and 1, (w, b): weights (D,) and a float that separate the rows strictly.
    Returns (gamma, radius, bound), three floats.
    """
    ### BEGIN SOLUTION
    s = 2 * t - 1
    gamma = np.min(s * net_input(X, w, b)) / np.sqrt(w @ w + b * b)
    radius = np.sqrt(np.max(np.sum(X * X, axis=1)) + 1)
    return gamma, radius, (radius / gamma) ** 2
    ### END SOLUTION

# %% check="margin_and_radius" points=4
check.values(margin_and_radius, wide_X, wide_t, wide_w, wide_b, names=["gamma", "radius", "bound"])
check.values(margin_and_radius, wide_X[[1, 2, 4], 1:], wide_t[[1, 2, 4]], wide_w[1:], wide_b,
             names=["gamma", "radius", "bound"])
### BEGIN HIDDEN TESTS
# no batch of one because a margin lies between rows of both targets
rng = check.rng
for N, D in ((7, 5), (11, 3), (7, 5)):
    X, w, b = rng.normal(size=(N, D)), rng.normal(size=D), 0.6
    t = rng.permutation(np.arange(N) % 2)
    # Move each row along w until its net input is on its side, at a distance of its own.
    X += np.outer((2 * t - 1) * rng.uniform(0.4, 2.0, size=N) - (X @ w + b), w) / (w @ w)
    check.values(margin_and_radius, X, t, w, b, names=["gamma", "radius", "bound"])
### END HIDDEN TESTS

# %% figure="bounds"
if check.needs(perceptron_step, train_perceptron, margin_and_radius):
    *yours, updates = train_perceptron(petals, is_setosa, np.zeros(2), 0.0, 20)
    print(f"your training: {updates} updates")
    for name, unit in {"your weights": yours, "a wider margin": [np.array([-1.0, -3.0]), -24.5]}.items():
        gamma, radius, bound = margin_and_radius(petals, is_setosa, *unit)
        print(f"{name:15} gamma {gamma:.3f}  radius {radius:.2f}  bound {bound:.0f}")
    from_zero = petals + np.array([37.0, 12.0])
    _, _, updates = train_perceptron(from_zero, is_setosa, np.zeros(2), 0.0, 400)
    print(f"counted from 0 mm instead: {updates} updates")

# %% [markdown]
# The bound holds for the worst order of rows; the real count is far smaller. Counted from 0 mm, the same flowers
# take over a thousand updates: all rows then point one way, and the input 1 is tiny beside them, so the bias has a long way to go in steps of 1. This is why one centres and scales inputs.
#
# ## 1.9 Where it never ends · 4 minutes, with ★ 18 minutes
#
# The theorem says nothing about data that no line separates. *Versicolor* and *virginica* are such data: a flower of each
# has a petal of 48 mm by 18 mm. Which of the curves falls to zero and stays there?

# %% given="pair"
pair = petals[species > 0]
is_virginica = (species[species > 0] == 2).astype(int)

# %% figure="updates"
if check.needs(tlu, perceptron_step, train_perceptron):
    xor = np.array(truth["XOR"])
    tasks = {"setosa or not": (petals, is_setosa, "k-o"),
             "versicolor or virginica": (pair, is_virginica, "k--s"), "XOR": (corners, xor, "k:^")}
    figure, axes = plt.subplots(figsize=(7, 3))
    for name, (X, t, style) in tasks.items():
        w, b, counts = np.zeros(2), 0.0, []
        for _ in range(25):
            w, b, updates = train_perceptron(X, t, w, b, 1)
            counts.append(updates)
        axes.plot(range(1, 26), counts, style, markersize=4, label=name)
    axes.set(xlabel="epoch", ylabel="updates in the epoch", title="The perceptron rule on three tasks")
    axes.legend()
    plt.show()
    w, b, updates = train_perceptron(corners, xor, np.zeros(2), 0.0, 1000)
    print(f"XOR after 1000 epochs: {updates} updates, {np.sum(tlu(corners, w, b) == xor)} of 4 rows right")

# %% [markdown]
# ### Exercise 9 · ★ keep the best in a pocket · 6 points · 14 minutes
#
# On such data the last weights are a lottery. Stephen Gallant's **pocket algorithm** (1990) keeps the best so far in a pocket, and returns those.
# His draws rows at random, and weights enter the pocket after a longer run of right answers; with a "ratchet" they must also be right on more rows. **Ours is simpler:** a new random order for each epoch, and after each epoch count
# the right rows. `np.random.default_rng(seed).permutation(N)` makes an order.
#
# Take all four lengths of *versicolor* and *virginica*, which no plane [separates](https://archive.ics.uci.edu/dataset/53/iris) either. Your function is run
# with twelve seeds, and **the worst of the twelve results** counts: its share of right flowers. The "held rows" of the check are the same hundred, so it says nothing about flowers not yet seen. In grading, the axes are turned, and the labels may be swapped. (Folded cells judge.)

# %% probe="twelve_runs" folded="it judges"
def twelve_runs(X, y, seed):
    """The student's pocket with twelve seeds: (W, b), shapes (12, D) and (12,).

    Where one is no unit: what is wrong, a slip's name or a sentence.
    """
    W, biases = np.zeros((12, X.shape[1])), np.zeros(12)
    for run in range(12):
        unit = train_pocket(X, y, (seed + 1000003 * run) % 2**31)
        if unit is None:
            return "nothing_returned"
        if not isinstance(unit, tuple | list) or len(unit) != 2:
            return "no_pair"
        w, b = (np.ravel(part) for part in unit)
        if not {w.dtype.kind, b.dtype.kind} <= set("iuf") or (len(w), len(b)) != (X.shape[1], 1):
            return f"w is {X.shape[1]} numbers and b is one number; {w.dtype} {w.shape} and {b.dtype} {b.shape} came."
        W[run], biases[run] = w, b[0]
    return W, biases

# %% given="flowers" folded="it judges"
flowers = np.round(10 * lengths[species > 0]) - np.array([58.0, 31.0, 37.0, 12.0])


def worst_share(parameters, X, y):
    """The share of rows that the worst of twelve TLUs gets right; or what is wrong: a slip's name or a sentence.

    parameters: (W, b), one row of W and one b a unit; or what is wrong already.
    """
    if isinstance(parameters, str):
        return parameters
    W, b = (np.asarray(part, dtype=float) for part in parameters)
    if W.shape != (12, X.shape[1]) or b.shape != (12,):
        raise ValueError(f"shapes {(12, X.shape[1])} and (12,) are expected; {W.shape} and {b.shape} came")
    shares = np.mean(heaviside(X @ W.T + b) == y[:, None], axis=0)
    if not W.any():
        return "pocket_stays_empty"
    if len(np.unique(np.column_stack([W, b]), axis=0)) == 1:
        return "never_shuffled"
    if shares.max() < 0.85:
        return "targets_not_shuffled"
    if shares.min() < 0.88:
        return "last_weights"
    return float(shares.min())


def turned(X, directions):
    """The rows of X, (N, D), seen along other axes: a rotation made from a (D, D) matrix."""
    return X @ np.linalg.qr(directions)[0]

# %% [markdown] hints="train_pocket"
# 1. What do you have to remember besides the current weights?
# 2. Each epoch: shuffle rows and targets alike, call `train_perceptron` for one epoch from the current weights, count the right rows with `tlu`.
# 3. If the share of right rows is above the best so far, store that share and **copies** of $w$ and $b$: is what you stored still the same later? Some 40 epochs; return what you stored

# %% exercise="train_pocket" bans="numpy.linalg.lstsq numpy.linalg.solve numpy.linalg.pinv numpy.linalg.inv scipy sklearn tensorflow keras torch jax"
def train_pocket(X, t, seed):
    """Train a TLU by the perceptron rule; return the weights that got most rows right after any epoch.

    X: (N, D), t: (N,) of 0 and 1, seed: int. Returns (w, b): (D,) and a float. 40 epochs are enough.
    """
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    ### BEGIN SOLUTION
    best, pocket = -1.0, (w, b)
    for _ in range(40):
        order = rng.permutation(len(X))
        w, b, _ = train_perceptron(X[order], t[order], w, b, 1)
        share = np.mean(tlu(X, w, b) == t)
        if share > best:
            best, pocket = share, (w, b)
    return pocket
    ### END SOLUTION

# %% check="train_pocket" points=6
# One of three seeds must reach it. Right answers miss it less than once in a million.
check.trained(twelve_runs, (flowers, is_virginica), held=(flowers, is_virginica),
              score=worst_share, at_least=0.93)
### BEGIN HIDDEN TESTS
view = turned(flowers, check.rng.normal(size=(4, 4)))
check.trained(twelve_runs, (view, is_virginica), held=(view, is_virginica), score=worst_share, at_least=0.93)
### END HIDDEN TESTS

# %% [markdown]
# ## 1.10 The same in Keras · 9 minutes
#
# Keras calls a layer of net inputs `Dense`. `Dense(1)` is one unit without a step: its output is $z$. Its kernel has shape $(D, 1)$, its
# bias $(1,)$, its output $(N, 1)$. A new layer has no weights; `build` gives it random ones, until you set others. The next cell imports TensorFlow: some seconds.
#
# ### Exercise 10 · one Dense unit with your weights · 3 points · 5 minutes

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    from tensorflow import keras

keras.backend.set_floatx("float64")

# %% [markdown] hints="keras_net_input"
# 1. Which shapes do the kernel and the bias have?
# 2. Make the layer, `build` it for inputs of shape `(None, D)`, hand a list of both to `set_weights`, and call it. Which column is asked?
# 3. kernel: `w` as a column, by `reshape`; bias: an array of one number; the output: its only column, in an array of its own by `np.array`

# %% exercise="keras_net_input" same_as="net_input" uses="keras tf"
def keras_net_input(X, w, b):
    """The same as net_input, by one keras.layers.Dense(1) with these weights. Returns an array (N,)."""
    ### BEGIN SOLUTION
    layer = keras.layers.Dense(1)
    layer.build((None, X.shape[1]))
    layer.set_weights([w.reshape(-1, 1), np.array([b])])
    return np.array(layer(X))[:, 0]
    ### END SOLUTION

# %% check="keras_net_input" points=3
check.values(keras_net_input, rows, row_w, row_b)
check.values(keras_net_input, rows[:3, :2], row_w[1:], 1.5)
check.values(keras_net_input, rows[:1], row_w, row_b)
### BEGIN HIDDEN TESTS
rng = check.rng
check.values(keras_net_input, rng.normal(size=(7, 5)), rng.normal(size=5), 1.0 + rng.random())
check.values(keras_net_input, rng.normal(size=(3, 11)), rng.normal(size=11), -1.0 - rng.random())
check.values(keras_net_input, rng.normal(size=(7, 5)), rng.normal(size=5), 1.0 + rng.random())
check.values(keras_net_input, rng.uniform(0.5, 1.5, size=(1, 3)), rng.uniform(0.5, 1.5, size=3), rng.random())
### END HIDDEN TESTS

# %% [markdown]
# Keras learns by slopes. Two attempts: a step as the activation; and no step, but the loss $\max(0, -s z)$ for a wanted $s = \pm 1$. Where a row is wrong, its slope by $w$ is $-s x$: descent with rate 1 *is* the perceptron rule. Each run
# shows the seven points of `toy_X` once. **Guess:** in which do the weights move?

# %% figure="traps"
if check.needs(perceptron_step, train_perceptron, keras_net_input):
    def after_one_epoch(b, loss, activation=None):
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation=activation)])
        model.set_weights([np.zeros((2, 1)), np.array([b])])
        model.compile(keras.optimizers.SGD(1.0), loss, run_eagerly=True)
        model.fit(toy_X, 2.0 * toy_t[:, None] - 1, batch_size=1, shuffle=False, verbose=0)
        kernel, bias = model.get_weights()
        return f"w = {kernel[:, 0]}, b = {bias[0]:g}"

    def perceptron_loss(s, z):
        return keras.ops.relu(-s * z)

    w, b, updates = train_perceptron(toy_X, toy_t, np.zeros(2), 0.5, 1)
    print("a step, from b = 0.5:           ", after_one_epoch(0.5, "mse", keras.ops.sign))
    print("max(0, -sz), from b = 0.5:      ", after_one_epoch(0.5, perceptron_loss))
    print("your training, from b = 0.5:    ", f"w = {np.asarray(w)}, b = {b:g}, {updates} updates")
    print("max(0, -sz), from b = 0:        ", after_one_epoch(0.0, perceptron_loss))

# %% [markdown]
# Two silent traps. The slope of a step is 0 wherever it exists: no error, no learning. And from zero weights every $z$ is 0, the corner of $\max(0, -sz)$, where Keras takes the slope 0: nothing begins. Your rule began, since $H(0) = 1$ decides.
# Compare weights before and after.
#
# ## 1.11 In words · 4 minutes
#
# You train a perceptron on 200 rows. After 5000 epochs there are still updates in every epoch, 100,000 in all. A friend says: "It
# always ends. Train longer." **What does the theorem let you say about these data, and what not? What would settle it? Name two things to do instead.**

# %% [markdown] written="still_going" points=3
# ### BEGIN SOLUTION
# The theorem bounds the updates only if the rows can be separated. 100,000 updates show: no separating weights have a margin
# with (R/gamma)^2 below 100,000, that is, with gamma above R/316 or so. They do not show that no separating weights exist:
# the margin may be tiny, because of the scale or of two close rows (1 point for both). A proof settles it: two equal rows with different targets, or
# inequalities that contradict each other as for XOR, or a linear program without a solution; an epoch without an update settles it the other
# way (1 point). Two of: keep the best weights (pocket); centre and scale the inputs; add inputs, such as
# a product of two; add units, a network of several layers (1 point for two).
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# 1. A TLU is a line with a side: $y = H(w \cdot x + b)$. The bias is added once.
# 2. One line cannot make XOR; two units and a third one can.
# 3. Hebb's rule learns from every row; the perceptron rule from errors only.
# 4. Where a line exists, it ends after at most $(R/\gamma)^2$ updates.
# 5. Where none exists it never ends; a pocket keeps the best weights.
#
# ### Do you recall?
#
# <details><summary>At which corners does w = (1, 1), b = -2 fire, and why is it a poor AND?</summary>At (1, 1) alone, with a net input of exactly 0. If an input is a little less than 1, it is silent.</details>
#
# <details><summary>Which rows change the weights in Hebb's rule, and which in the perceptron rule?</summary>In Hebb's every row. In the perceptron rule those that are wrong when their turn comes.</details>
#
# <details><summary>All inputs become ten times longer, those of 1 included. What happens to R, the margin, and the bound?</summary>R and the margin grow tenfold, so the bound stays.</details>
#
# ### A challenge for an evening
#
# Be a phone's processor. Type a hundred times 0 or 1, as randomly as you can. Let `tlu` guess each from your last five (as $\pm 1$), and `perceptron_step` learn. How often is it right? Half is chance.
#
# **New words:** *net input*: weighted sum plus bias. *Bias*: minus the threshold. *TLU*: a unit with a step. *Layer*: units with the same inputs. *Epoch*: one pass over all rows. *Update*: a step with an error. *Margin*: the nearest row's distance from the line. *Separable*: some line parts the classes.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
