# %% net_input
def net_input(X, w, b):
    return np.array([sum(xj * wj for xj, wj in zip(row, w)) + b for row in X])

# %% tlu
def tlu(X, w, b):
    """One row or many."""
    if np.ndim(X) == 1:
        return float(np.dot(X, w) + b >= 0)
    return np.array([float(z >= 0) for z in net_input(X, w, b)])

# %% three_units
def three_units(name):
    OR, NAND, AND = [gate(g) for g in ("OR", "NAND", "AND")]
    return (OR, NAND, AND) if name == "XOR" else (OR, NAND, gate("NAND"))

# %% hebb
def hebb(X, s, eta):
    w = np.array([sum(eta * si * xi for si, xi in zip(s, column)) for column in X.T])
    b = sum([eta * si for si in s])
    return w, b

# %% margin_and_radius
def margin_and_radius(X, t, w, b):
    length = sum([wj**2 for wj in w] + [b**2]) ** 0.5
    gamma = min([(1 if ti else -1) * (x @ w + b) / length for x, ti in zip(X, t)])
    radius = max([np.linalg.norm([*x, 1.0]) for x in X])
    return gamma, radius, (radius / gamma) ** 2
# %% +margin_and_radius
result = [margin_and_radius(wide_X, wide_t, wide_w * k, wide_b * k)[0] for k in (1, 2, 10)]
print("the margin does not depend on the length:", result)
