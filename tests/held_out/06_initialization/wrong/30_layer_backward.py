# exercise: layer_backward
# cause: the ReLU slope is taken as A >= 0 with A the output of the layer, which is never negative: the slope is 1 everywhere and silent units pass the error on.
# a good message would say: Your ReLU lets every error through: its output is never negative, so A >= 0 always holds; the slope is 1 only where z > 0.
def layer_backward(dA, X, W, kind):
    """One layer backwards.

    dA: (N, H) dL/dA; X: (N, D), W: (D, H), kind: as they went into `layer`.
    Returns (dX, dW), of the shapes of X and W. Both are sums over what dA holds: nothing is divided by N here.
    """
    A = layer(X, W, kind)
    if kind == "tanh":
        dZ = dA * (1 - A ** 2)
    elif kind == "relu":
        dZ = dA * (A >= 0)
    else:
        dZ = dA
    return dZ @ W.T, X.T @ dZ
