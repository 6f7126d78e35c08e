# %% [markdown]
# # 1 · The perceptron
#
# A neuron can be a switch: it adds up what comes in, and it fires or it does not. This chapter builds that switch,
# chooses its weights by hand, and then lets it learn them. How long the learning takes is bounded by a theorem, whose proof has
# ten lines; you hold it against your own count on irises. You also meet what one switch cannot do.
#
# **You build:** the threshold logic unit, AND, OR, NAND and XOR, Hebb's rule, the perceptron rule and its training,
# margin and convergence bound; then the same unit in `tf.keras`.
#
# **Time:** 90 to 150 minutes. **You need:** NumPy arrays, dot products, lengths of vectors.
#
# Work from top to bottom. After each exercise run the check below it. A check that fails says what it saw. No function may change
# its arguments: make new arrays.
# Stuck? `check.hint("sign")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check, data

# %% [markdown]
# ## 1.1 A switch
#
# In 1943 Warren McCulloch and Walter Pitts described a nerve cell as a logical switch: all or nothing. Mathematically a
# switch is a **step function**. Two are common. The **Heaviside step** gives 0 or 1:
#
# $$H(z) = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}$$
#
# At $z = 0$ books differ. Here $H(0) = 1$, throughout.
#
# ### Worked example
#
# `np.where(condition, a, b)` takes from `a` where the condition holds and from `b` elsewhere, entry by entry. That is a step function:

# %% given="heaviside"
def heaviside(z):
    """1.0 where z >= 0, else 0.0. Any shape."""
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


print(heaviside(np.array([-2.0, 0.0, 3.0])))

# %% [markdown]
# The other one is the **sign step**, with the values $-1$ and $+1$. We let it switch at the same place: $\mathrm{sign}(0) = +1$.
# Replace the two lines below the docstring.

# %% given="levels"
# Some net inputs, none of them 0; and some on the edge.
levels = np.array([-3.0, 0.5, 2.0, -0.25, 7.0])
edge = np.array([0.0, -1.0, 0.0, 2.0])

# %% [markdown] hints="sign"
# 1. What does `np.sign` give at 0, and what is asked here?
# 2. `if z >= 0` cannot ask a whole array. Either `np.where` again, or stretch and shift what `heaviside` gives.
# 3. $\mathrm{sign}(z) = 2H(z) - 1$

# %% exercise="sign"
def sign(z):
    """+1.0 where z >= 0, else -1.0: sign(0) is +1. z: (N,). Returns (N,)."""
    ### BEGIN SOLUTION
    return 2 * heaviside(z) - 1
    ### END SOLUTION

# %% check="sign" points=1
check.values(sign, levels)
check.values(sign, levels[:1])
check.values(sign, edge, part="at zero", if_passed="values")
### BEGIN HIDDEN TESTS
for N in (31, 31, 1):
    check.values(sign, check.rng.normal(size=N))
check.values(sign, check.rng.permutation([0.0, 0.0, -1.5, 2.0, 0.25]), part="at zero", if_passed="values")
### END HIDDEN TESTS

# %% [markdown]
# The figure draws both. They jump at the same place, and only the lower level differs. A full dot marks the value at 0, a hollow one the
# level that just fails to reach it.

# %% figure="steps"
if check.needs(sign):
    z = np.linspace(-3, 3, 601)
    figure, both = plt.subplots(1, 2, figsize=(7, 2.4), sharey=True)
    for axes, step, title in zip(both, [heaviside, sign], ["Heaviside", "sign"], strict=True):
        low, high = z[z < -1e-9], np.maximum(z[z >= -1e-9], 0)
        axes.plot(low, step(low), "k-", high, step(high), "k-")
        axes.plot(0, step(low)[-1], "ko", markerfacecolor="white")
        axes.plot(0, step(high)[0], "ko")
        axes.set(xlabel="net input z", title=title, yticks=[-1, 0, 1])
    both[0].set_ylabel("output")
    plt.show()

# %% [markdown]
# ## 1.2 The threshold logic unit
#
# A **threshold logic unit**, TLU, weighs its inputs $x_1, \dots, x_D$ with weights $w_1, \dots, w_D$, adds a **bias** $b$, and
# steps:
#
# $$z = \sum_{j=1}^{D} w_j x_j + b, \qquad y = H(z)$$
#
# $z$ is the **net input**. The bias stands **outside** the sum: it is added once. It says how easily the unit fires. With weights
# alone, $z$ would be 0 for the input $(0, 0)$, whatever the weights are.
#
# For a batch, $X$ has shape $(N, D)$, one row an example. Then $w$ has shape $(D,)$, $b$ is one number, and $z$ has shape $(N,)$.
#
# ### Find the bug
#
# On lecture slides one meets $Y = \sum (W \cdot X + b)$. A colleague took it at its word. Work out the first row by hand,
# compare, and write the function right.

# %% given="suspect"
def suspect(X, w, b):
    return np.sum(X * w + b, axis=1)


rows = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0], [2.0, -2.0, 1.0], [-1.0, 0.0, 2.0]])
row_w = np.array([0.5, -1.0, 2.0])
row_b = -4.0
print("suspect:", suspect(rows, row_w, row_b))

# %% [markdown] hints="net_input"
# 1. How many times does the colleague add the bias to a row of three inputs?
# 2. Sum the products of each row first. `X @ w` does that for all rows at once.
# 3. $z = Xw + b$

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
# Now the unit itself. **Predict first**, by hand: which of the four inputs $(0,0)$, $(0,1)$, $(1,0)$, $(1,1)$ make a TLU with
# $w = (2, -1)$ and $b = -1$ fire?

# %%
# Your prediction: 0 or 1 for each of the four inputs. Replace each None.
prediction = [None, None, None, None]

# %% given="corners"
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
# Four rows, two of which lie exactly on the edge for row_w and row_b.
on_edge = np.array([[4.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.0, -2.0, 1.0], [2.0, -1.0, 2.0]])

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

# %%
if check.needs(tlu):
    check.reveal(prediction, lambda: tlu(corners, np.array([2.0, -1.0]), -1.0),
                 labels=["(0,0)", "(0,1)", "(1,0)", "(1,1)"])

# %% [markdown]
# The last one lies on the edge: its net input is 0, and $H(0) = 1$.
#
# ## 1.3 Gates
#
# McCulloch and Pitts showed that such switches can compute logic. Let 0 be false and 1 true. NAND is the opposite of AND.
#
# | $x_1$ | $x_2$ | AND | OR | NAND | XOR |
# |---|---|---|---|---|---|
# | 0 | 0 | 0 | 0 | 1 | 0 |
# | 0 | 1 | 0 | 1 | 1 | 1 |
# | 1 | 0 | 0 | 1 | 1 | 1 |
# | 1 | 1 | 1 | 1 | 0 | 0 |
#
# A TLU fires on one side of a line: $w_1 x_1 + w_2 x_2 + b = 0$. So a gate is a line that has the ones on its side and the
# zeros on the other. Draw the four corners of the unit square, draw the line, and read off weights.
#
# Real signals are never exactly 0 or 1. **Each gate must still be right when each input is off by up to a tenth**, so a line through a corner is
# not good enough. Many answers are right.

# %% given="gates"
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
# ## 1.4 One unit and XOR
#
# XOR is in the table, and not in the exercise. **Predict:** of its four rows, how many can one TLU get right at most?

# %%
# Your prediction: one number. Replace the None.
prediction_xor = [None]

# %% [markdown]
# The next cell lets your `tlu` try 9261 units: 21 values, from $-2$ to $2$, for each weight and the bias.

# %%
if check.needs(tlu):
    def best_on_xor():
        grid = np.linspace(-2, 2, 21)
        return max(np.sum(np.equal(tlu(corners, np.array([w1, w2]), b), truth["XOR"]))
                   for w1 in grid for w2 in grid for b in grid)

    check.reveal(prediction_xor, best_on_xor, labels=["rows right"])

# %% [markdown]
# A search proves nothing about the units that it did not try. These four lines do. Each row of the table demands an inequality:
#
# $$\begin{aligned}
# (0,0) \to 0: &\quad b < 0 \\
# (0,1) \to 1: &\quad w_2 + b \ge 0 \\
# (1,0) \to 1: &\quad w_1 + b \ge 0 \\
# (1,1) \to 0: &\quad w_1 + w_2 + b < 0
# \end{aligned}$$
#
# Add the two in the middle: $w_1 + w_2 + 2b \ge 0$. Add the first and the last: $w_1 + w_2 + 2b < 0$. Both cannot hold, so **no TLU
# gets four rows right**. Three are possible: OR is wrong at $(1,1)$ only.
#
# ### Three units
#
# Two lines can do what one cannot. XOR is true where OR is true **and** NAND is true. So two units look at the input, and a third one
# looks at their two outputs $h_1, h_2$:
#
# $$h_1 = H(w^{(1)} \cdot x + b^{(1)}), \quad h_2 = H(w^{(2)} \cdot x + b^{(2)}), \quad y = H(w^{(3)} \cdot (h_1, h_2) + b^{(3)})$$
#
# XNOR is the opposite of XOR: true where both inputs are alike. Three units make it, too.

# %% given="three_units"
def network(units, X):
    """The outputs of TLUs ((w1, b1), (w2, b2), (w3, b3)): the third takes those of the first two."""
    if len(units) != 3:
        raise ValueError(f"three units (w, b) are expected; what came has {len(units)} entries")
    first, second, last = units
    return fires(last, np.column_stack([fires(first, X), fires(second, X)]))

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

# %% check="three_units" points=2
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

# %% [markdown]
# ### Transfer: a layer
#
# Several TLUs that look at the same inputs are a **layer**. Put their weights side by side as the columns of a matrix $W$ of shape
# $(D, K)$, and their biases into $b$ of shape $(K,)$. The outputs have shape $(N, K)$: one column a unit. No loop over units is needed.

# %% given="layer"
layer_W = np.array([[0.5, -1.0, 1.5, -0.5, 1.0],
                    [-1.0, 2.0, 0.5, 1.0, -1.5],
                    [2.0, -0.5, -1.0, 1.5, 0.5]])
layer_b = np.array([-4.0, -0.5, 0.25, -1.25, 0.75])

# %% [markdown] hints="tlu_layer"
# 1. What is the shape of `X @ W`, and what is added to each of its rows?
# 2. The formula is that of one unit; only the shapes of $w$ and $b$ differ. Broadcasting adds $b$ to each row.
# 3. $Y = H(XW + b)$

# %% exercise="tlu_layer"
def tlu_layer(X, W, b):
    """The outputs of K TLUs that take the same inputs.

    X: (N, D), W: (D, K), b: (K,). Returns (N, K) of 0.0 and 1.0; a net input of 0 fires.
    """
    ### BEGIN SOLUTION
    return heaviside(X @ W + b)
    ### END SOLUTION

# %% check="tlu_layer" points=2
check.values(tlu_layer, rows, layer_W, layer_b)
check.values(tlu_layer, rows[:3, :2], layer_W[1:, :4], layer_b[1:])
check.values(tlu_layer, rows[:1], layer_W, layer_b)
### BEGIN HIDDEN TESTS
rng = check.rng
b = rng.permutation([-0.8, 0.9, 0.7])
check.values(tlu_layer, rng.normal(size=(97, 5)), rng.normal(size=(5, 3)), b)
X, W = rng.integers(-4, 5, size=(11, 3)) * 1.0, rng.integers(-3, 4, size=(3, 7)) * 1.0
check.values(tlu_layer, X, W, -(X[4] @ W))
check.values(tlu_layer, rng.normal(size=(97, 5)), rng.normal(size=(5, 3)), -b)
check.values(tlu_layer, rng.uniform(0.5, 1.5, size=(1, 1)), rng.uniform(0.5, 1.5, size=(1, 1)), rng.uniform(-0.2, 0.2, size=1))
### END HIDDEN TESTS

# %% [markdown]
# The figure paints the plane with your functions: grey where the output is 1. On the left one unit, OR, fails at $(1,1)$: a full dot
# should lie on grey, and a hollow one on white. On the right your three units. With OR and NAND as the first two, the grey band between two
# parallel lines holds both full dots.

# %% figure="xor"
if check.needs(tlu, gate, three_units, tlu_layer):
    ticks = np.linspace(-0.5, 1.5, 501)
    plane = np.column_stack([axis.ravel() for axis in np.meshgrid(ticks, ticks)])
    (w1, b1), (w2, b2), (w3, b3) = three_units("XOR")
    hidden = np.asarray(tlu_layer(plane, np.column_stack([w1, w2]), np.hstack([b1, b2])))
    painted = [tlu(plane, *gate("OR")), tlu(hidden, w3, b3)]
    figure, both = plt.subplots(1, 2, figsize=(7, 3.4))
    titles = ["One unit: 3 of 4", "Three units: 4 of 4"]
    for axes, output, title in zip(both, painted, titles, strict=True):
        axes.contourf(ticks, ticks, np.reshape(output, (501, 501)), [-0.5, 0.5, 1.5], colors=["white", "0.8"])
        for x, label in zip(corners, truth["XOR"], strict=True):
            axes.plot(*x, "ko", markersize=9, markerfacecolor="black" if label else "white")
        axes.set(title=title, xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
        axes.set_aspect("equal")
    figure.tight_layout()
    plt.show()

# %% [markdown]
# ## 1.5 Hebb's rule
#
# So far you chose the weights. In 1949 Donald Hebb proposed how nerve cells might find their own: a connection grows when the cells
# at both its ends are active together. With a learning rate $\eta$, an input $x$ and an output $s = \pm 1$ that is wanted:
#
# $$w \leftarrow w + \eta\, s\, x, \qquad b \leftarrow b + \eta\, s$$
#
# The bias is treated as the weight of an input that is always 1. Start from zero weights and show each row of $X$ once.

# %% given="hebb"
hebb_X = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0], [2.0, -2.0, 1.0],
                   [-1.0, 0.5, 2.0], [1.5, 1.0, 0.0]])
hebb_s = np.array([-1.0, 1.0, -1.0, -1.0, -1.0])

# %% [markdown] hints="hebb"
# 1. Does it matter in which order the rows come, or what the unit answers?
# 2. Each step adds a term that depends on its row alone. Starting from zero, the result is a sum over the rows.
# 3. $w = \eta \sum_i s_i x_i$ and $b = \eta \sum_i s_i$

# %% exercise="hebb"
def hebb(X, s, eta):
    """Hebb's rule, from zero weights, each row once.

    X: (N, D), s: (N,) of -1 and +1, eta: float. Returns (w, b): (D,) and a float.
    """
    ### BEGIN SOLUTION
    return eta * (s @ X), eta * s.sum()
    ### END SOLUTION

# %% check="hebb" points=2
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

# %% [markdown]
# Does it learn AND? The next cell tries it with false as 0, and with false as $-1$.

# %%
if check.needs(hebb, sign, net_input):
    wanted = np.array([-1.0, -1.0, -1.0, 1.0])
    for false, inputs in ((0, corners), (-1, 2 * corners - 1)):
        w, b = hebb(inputs, wanted, 1.0)
        print(f"false = {false:2}: w = {w}, b = {b:g}, outputs {sign(net_input(inputs, w, b))}")

# %% [markdown]
# With $-1$ it does. With 0 it fails: the weights cancel, and the unit never fires. Hebb's rule does not look at what the unit
# answers, so it cannot mend what is wrong.
#
# ## 1.6 The perceptron rule
#
# Frank Rosenblatt's perceptron, 1957, **learns from errors only**. Let $t$ be the wanted output, 0 or 1, and $y = H(w \cdot x + b)$ the unit's.
# The error is $e = t - y$. It is 0 when the answer is right, $+1$ when the unit should have fired, and $-1$ when it should not.
#
# $$w \leftarrow w + \eta\, e\, x, \qquad b \leftarrow b + \eta\, e$$
#
# Why it helps: after a step with $e = 1$ the net input for the same $x$ has grown by $\eta\,(\lVert x \rVert^2 + 1)$, and after one with $e = -1$ it has
# fallen by as much. Each step pushes the net input of that one row towards its right side.
#
# ### Worked example
#
# Let $w = (0, 0)$, $b = 0$, $x = (2, 1)$, $t = 0$ and $\eta = 1$. The net input is 0, so the unit fires: $y = 1$ and $e = -1$. The new weights are
# $(-2, -1)$ and the new bias is $-1$. Now $z = -6$: the unit is silent.
#
# Here $x$ is one row, of shape $(D,)$. `x @ w` is one number then, so a `tlu` written with `@` takes `x` as it is. The new bias is one number, too.

# %% given="samples"
step_x = np.array([1.0, -2.0, 0.5])
step_w = np.array([0.4, -0.3, 0.8])

# %% [markdown] hints="perceptron_step"
# 1. What should come back when the unit is right already?
# 2. Compute the output first, then the error; the same formula serves all three cases.
# 3. $e = t - H(w \cdot x + b)$; return $w + \eta e x$ and $b + \eta e$

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

# %% check="perceptron_step" points=3
check.values(perceptron_step, step_x, 0, step_w, 0.2, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x, 1, step_w, -3.0, 0.25, part="wrong answers", names=["w", "b"])
check.values(perceptron_step, step_x, 1, -step_w, 0.2, 0.25, part="wrong answers", names=["w", "b"])
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

# %% [markdown]
# ## 1.7 Irises
#
# Edgar Anderson measured 150 irises of three species, 50 of each; Ronald Fisher made them famous in 1936. We take two lengths, of petal
# length and petal width, in millimetres, and count from 37 mm and 12 mm, which is near their means. In these units all numbers are whole,
# so every sum is exact, and everyone's training takes the same steps. The target is 1 for *Iris setosa*, 0 for the other two species.

# %% given="irises"
lengths, species = data.load("iris")
petals = np.round(10 * lengths[:, 2:]) - np.array([37.0, 12.0])
is_setosa = (species == 0).astype(int)
# Seven points to try things on.
toy_X = np.array([[-4.0, 2.0], [2.0, 1.0], [2.0, -1.0], [4.0, -2.0],
                  [1.0, 2.0], [3.0, 3.0], [4.0, 0.0]])
toy_t = np.array([1, 0, 1, 1, 0, 0, 1])
print("petals", petals.shape, "from", petals.min(axis=0), "to", petals.max(axis=0))

# %% [markdown]
# ### A blank page
#
# **Training** goes through the rows in the given order, one sample at a time, and takes a perceptron step with $\eta = 1$ at each. The
# next row meets the weights as they are by then. One pass through all rows is an **epoch**. An **update** is a step that changed something, that
# is, one with an error. Count them over all epochs. An epoch without an update is the end: nothing will ever change again, and you
# may stop there or not; the result is the same.

# %% [markdown] hints="train_perceptron"
# 1. Which weights does the second row meet?
# 2. Two loops: epochs outside, rows inside, with your `perceptron_step`. Compare the bias before and after: any error changes it.
# 3. For each row: $e = t_i - H(w \cdot x_i + b)$, $w \leftarrow w + e x_i$, $b \leftarrow b + e$, and one more update if $e \ne 0$

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
            new_w, new_b = perceptron_step(x, target, w, b, 1.0)
            updates += int(new_b != b)
            w, b = new_w, new_b
        if updates == before:
            break
    return w, b, updates
    ### END SOLUTION

# %% check="train_perceptron" points=5
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

# %% [markdown]
# The figure paints the plane grey where the unit fires, after four of the epochs. Setosa are the hollow circles, and the others the black dots.
# The border swings about; after epoch 5 both weights happen to be 0, and the unit never fires. After epoch 9 the grey
# corner at the lower left holds all hollow circles and no dot.

# %% figure="epochs"
if check.needs(tlu, perceptron_step, train_perceptron):
    across, up = np.linspace(-32, 37, 139), np.linspace(-15, 17, 129)
    plane = np.column_stack([axis.ravel() for axis in np.meshgrid(across, up)])
    figure, panels = plt.subplots(1, 4, figsize=(7, 2.3), sharey=True, layout="constrained")
    for axes, epochs in zip(panels, (1, 5, 7, 9), strict=True):
        w, b, updates = train_perceptron(petals, is_setosa, np.zeros(2), 0.0, epochs)
        painted = np.reshape(tlu(plane, w, b), (129, 139))
        axes.contourf(across, up, painted, [-0.5, 0.5, 1.5], colors=["white", "0.8"])
        axes.plot(*petals[is_setosa == 0].T, "k.", markersize=3)
        axes.plot(*petals[is_setosa == 1].T, "ko", markerfacecolor="white", markersize=4)
        axes.set(title=f"after epoch {epochs}")
    figure.supxlabel("petal length − 37 mm [mm]", fontsize="medium")
    panels[0].set_ylabel("petal width − 12 mm [mm]")
    plt.show()
    right = np.mean(tlu(petals, w, b) == is_setosa)
    print(f"w = {w}, b = {b:g}, {updates} updates: {right:.0%} of the flowers are right")

# %% [markdown]
# ## 1.8 Why it ends
#
# The **perceptron convergence theorem** (Novikoff and Block, 1962) says that the rule ends whenever a separating line exists, and it
# bounds the number of updates. Three tools are needed.
#
# **One vector.** Give every row a further input that is always 1: $\tilde x = (x, 1)$. With $\tilde w = (w, b)$ the net input is
# $\tilde w \cdot \tilde x$, and a step adds $\pm \tilde x$. From here on the bias is an ordinary weight. **This is a convention that
# matters:** lengths below count the 1 and the bias.
#
# **Radius.** $R = \max_i \lVert \tilde x_i \rVert$, the length of the longest row.
#
# **Margin.** Let $s_i = 2 t_i - 1$, so $\pm 1$. A weight vector $(w, b)$ that separates the data **strictly**, with no row on the line, has the margin
#
# $$\gamma = \min_i \frac{s_i\,(w \cdot x_i + b)}{\sqrt{\lVert w \rVert^2 + b^2}} > 0$$
#
# If all rows are right and some with $t = 1$ lie on the line, a slightly larger $b$ is right, too, and strictly.
#
# **Theorem.** If some $(w, b)$ has the margin $\gamma$, then training from zero makes at most $(R/\gamma)^2$ updates.
#
# **Proof.** Let $u$ be that vector divided by its length, so that $s_i\, u \cdot \tilde x_i \ge \gamma$ for all rows. Let $\tilde w_k$ be the weights after $k$ updates,
# $\tilde w_0 = 0$. An update at row $i$ adds $s_i \tilde x_i$.
#
# - Along $u$ the weights grow: $u \cdot \tilde w_{k+1} = u \cdot \tilde w_k + s_i\, u \cdot \tilde x_i \ge u \cdot \tilde w_k + \gamma$. So $u \cdot \tilde w_k \ge k \gamma$.
# - Their length grows slowly. Row $i$ was wrong, so $s_i\, \tilde w_k \cdot \tilde x_i \le 0$, and
#   $\lVert \tilde w_{k+1} \rVert^2 = \lVert \tilde w_k \rVert^2 + 2 s_i\, \tilde w_k \cdot \tilde x_i + \lVert \tilde x_i \rVert^2 \le \lVert \tilde w_k \rVert^2 + R^2$. So $\lVert \tilde w_k \rVert^2 \le k R^2$.
#
# A vector is at least as long as its part along $u$: $k \gamma \le \lVert \tilde w_k \rVert \le \sqrt{k}\, R$. Hence $k \le (R/\gamma)^2$. $\blacksquare$

# %% given="separable"
# Five points in three dimensions, and a plane that separates them.
wide_X = np.array([[2.0, 1.0, 0.5], [1.0, -1.0, 2.0], [-1.0, 0.5, -2.0],
                   [-2.0, 1.5, 0.0], [0.5, 3.0, 1.0]])
wide_t = np.array([1, 1, 0, 0, 1])
wide_w, wide_b = np.array([1.0, 0.5, 1.5]), 0.75

# %% [markdown] hints="margin_and_radius"
# 1. Which row is nearest to the plane, and which is farthest from the origin? With the 1 counted?
# 2. Turn `t` into $\pm 1$; divide the signed net inputs by the length of $(w, b)$; take the smallest.
# 3. $\gamma = \min_i s_i (w \cdot x_i + b) / \sqrt{\lVert w \rVert^2 + b^2}$, $R = \max_i \sqrt{\lVert x_i \rVert^2 + 1}$, bound $(R/\gamma)^2$

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

# %% check="margin_and_radius" points=3
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

# %% [markdown]
# Now hold the theorem against your own count. Any strictly separating weights give a true bound, and the widest margin gives the smallest one. The next
# cell takes the weights that your training found, and a line with a wider margin.

# %%
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
# The bound is a promise for the worst order of rows, so the real count is far smaller. The last line is worth a thought. The same flowers, counted from 0 mm,
# take over a thousand updates. All rows then point the same way, they are longer, and the constant input 1 is tiny beside them: the bias
# moves by 1 a step and has a long way to go. This is why inputs are centred and scaled before training, here and in every later chapter.
#
# ## 1.9 Where it never ends
#
# The theorem says nothing about data that no line separates. In 1969 Marvin Minsky and Seymour Papert worked out how much that leaves out,
# XOR being the smallest case, and for years few people cared for neural networks. *Versicolor* and *virginica* are such data, too: a flower of each
# has a petal of 48 mm by 18 mm, so no function of these two lengths gets both right.
#
# The figure counts the updates of each epoch. One curve falls to zero and stays there. The other two never do.

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
# ### Keep the best
#
# On such data the last weights are a lottery: the row that came last has just pulled the line to its side. The **pocket algorithm** (Stephen Gallant, 1990)
# mends that with one idea. After each epoch, count how many rows are right. Keep the best weights seen so far in your pocket, and return those.
# Show the rows in a new random order in each epoch; `np.random.default_rng(seed).permutation(N)` makes one.
#
# Take all four lengths of *versicolor* and *virginica* now. Still no plane separates the species; a linear program shows it. Your function is run
# with twelve seeds, and **the worst of the twelve results** counts, so luck does not help. A result is the share of these hundred
# flowers that are right: the "held rows" of the check are the flowers that you train on. Whether a plane suits flowers that it has not
# seen is a question for the next chapter. In grading, the four axes are turned at random, and the labels may be swapped.

# %% probe="twelve_runs"
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

# %% given="flowers"
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

# %% check="train_pocket" points=8
# One of three seeds must reach it. Right answers miss it less than once in a million.
check.trained(twelve_runs, (flowers, is_virginica), held=(flowers, is_virginica),
              score=worst_share, at_least=0.93)
### BEGIN HIDDEN TESTS
view = turned(flowers, check.rng.normal(size=(4, 4)))
check.trained(twelve_runs, (view, is_virginica), held=(view, is_virginica), score=worst_share, at_least=0.93)
### END HIDDEN TESTS

# %% [markdown]
# ## 1.10 The same in Keras
#
# Keras calls a layer of net inputs `Dense`. `Dense(1)` is one unit without a step: its output is $z$. Its weights are a kernel of shape $(D, 1)$ and a
# bias of shape $(1,)$, so its output has shape $(N, 1)$. A new layer has no weights; `build` gives it random ones, until you set others. Keras has no trainable layer with a step: it learns by derivatives, and those of a step are zero
# wherever they exist. The next chapter replaces the step by a smooth curve for that reason.
#
# Keras computes in float32 unless told otherwise. We ask for float64, so that both can be compared to the last digits. The next cell
# takes some seconds.

# %% probe="keras"
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
with check.quietly():
    from tensorflow import keras

keras.backend.set_floatx("float64")

# %% [markdown] hints="keras_net_input"
# 1. Which shapes do the kernel and the bias have?
# 2. Make the layer, call `layer.build((None, D))`, then `layer.set_weights([kernel, bias])`; at the end take the one column.
# 3. `layer.build((None, X.shape[1]))`, `layer.set_weights([w.reshape(-1, 1), np.array([b])])`, then `np.asarray(layer(X))[:, 0]`

# %% exercise="keras_net_input" same_as="net_input" uses="keras tf"
def keras_net_input(X, w, b):
    """The same as net_input, by one keras.layers.Dense(1) with these weights. Returns an array (N,)."""
    ### BEGIN SOLUTION
    layer = keras.layers.Dense(1)
    layer.build((None, X.shape[1]))
    layer.set_weights([w.reshape(-1, 1), np.array([b])])
    return np.asarray(layer(X))[:, 0]
    ### END SOLUTION

# %% check="keras_net_input" points=2
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
# How equal are they? We compare on a thousand random rows. In float64 about fifteen digits agree, in float32 about seven: a float32 number has
# no more. The order of the additions may differ, and with it the last digit.

# %% figure="agreement"
if check.needs(net_input, keras_net_input):
    rng = np.random.default_rng(1)
    X, w, b = rng.normal(size=(1000, 7)), rng.normal(size=7), 0.3
    for kind in ("float32", "float64"):
        keras.backend.set_floatx(kind)
        by_keras = keras_net_input(X.astype(kind), w.astype(kind), b)
        print(f"{kind}: largest difference {np.abs(by_keras - net_input(X, w, b)).max():.1e}")
    steps = heaviside(keras_net_input(petals, np.array([-1.0, -3.0]), -24.5))
    print(f"Dense(1), then a step: {np.mean(steps == is_setosa):.0%} of the setosa task right")

# %% [markdown]
# ## 1.11 In words
#
# You train a perceptron on 200 rows. After 5000 epochs there are still updates in every epoch, and 100,000 in all. A friend says: "It
# always ends. Train longer." **What does the theorem let you say about these data, and what not? What would settle the matter? Name two things that you can do instead of training longer.**

# %% [markdown] written="still_going" points=4
# ### BEGIN SOLUTION
# The theorem bounds the updates only if the rows can be separated. 100,000 updates show: no separating weights have a margin
# with (R/gamma)^2 below 100,000, that is, with gamma above R/316 or so (1 point). They do not show that no separating weights exist:
# the margin may be tiny, because of the scale or of two close rows (1 point). A proof settles it: two equal rows with different targets, or
# inequalities that contradict each other as for XOR, or a linear program without a solution; an epoch without an update settles it the other
# way (1 point). Two of: keep the best weights (pocket); centre and scale the inputs; add inputs, such as
# a product of two; add units, a network of several layers (1 point for two).
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# A TLU is a line with a side. Its bias is added once. Three of them make XOR; one cannot. The perceptron rule learns from errors only, and where a line exists it
# ends after at most $(R/\gamma)^2$ updates. Where none exists it never ends, and the pocket keeps the best.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
