# exercise: layer_backward
# cause: dX is computed from dA instead of dZ: the slope of the activation is missing on the way to X (dW is right).
# a good message would say: dW is right and dX is not (except for linear): the error goes through the activation first, so dX = dZ W.T, not dA W.T.
def layer_backward(dA, X, W, kind):
    """One layer backwards.

    dA: (N, H) dL/dA; X: (N, D), W: (D, H), kind: as they went into `layer`.
    Returns (dX, dW), of the shapes of X and W. Both are sums over what dA holds: nothing is divided by N here.
    """
    Z = X @ W
    slopes = {"linear": np.ones_like(Z), "tanh": 1 - np.tanh(Z) ** 2, "relu": (Z > 0) * 1.0}
    dZ = dA * slopes[kind]
    dX = np.einsum("nh,dh->nd", dA, W)
    dW = np.einsum("nd,nh->dh", X, dZ)
    return dX, dW
