# %% net_input
def net_input(X, w, b):
    """The net input of a TLU for each row. X: (N, D), w: (D,), b: float. Returns (N,)."""
    return np.einsum("...d,d->...", X, w) + b

# %% tlu
_step = np.vectorize(lambda z: 1.0 if z >= 0 else 0.0, otypes=[float])


def tlu(X, w, b):
    return _step(net_input(X, w, b))

# %% hebb
def hebb(X, s, eta):
    return np.einsum("n,nd->d", s, X) * eta, eta * np.einsum("n->", s)

# %% margin_and_radius
def margin_and_radius(X, t, w, b):
    s = 2 * t - 1
    z = np.einsum("nd,d->n", X, w) + b
    gamma = np.einsum("n,n->n", s, z).min() / np.sqrt(np.einsum("d,d->", w, w) + b**2)
    radius = np.sqrt(np.einsum("nd,nd->n", X, X).max() + 1)
    return gamma, radius, (radius / gamma) ** 2
