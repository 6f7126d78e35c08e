# exercise: layer_backward
# cause: dX is computed from dA, before the slope of the activation; only dW uses dZ
# a good message would say: dW is right; dX is that of a linear layer: it must use dZ = dA * f'(Z), too
def layer_backward(dA, X, W, kind):
    """One layer backwards."""
    A = layer(X, W, kind)
    slope = np.ones_like(A)
    if kind == "tanh":
        slope = 1 - A ** 2
    if kind == "relu":
        slope = (A > 0).astype(float)
    dX = dA @ W.T
    dW = X.T @ (dA * slope)
    return dX, dW
