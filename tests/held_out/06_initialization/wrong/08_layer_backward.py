# exercise: layer_backward
# cause: the ReLU mask is taken from the sign of dA instead of the sign of Z
# a good message would say: linear and tanh are right; for ReLU the slope is 1 where Z > 0, whatever the sign of dA
def layer_backward(dA, X, W, kind):
    """One layer backwards."""
    Z = X @ W
    if kind == "linear":
        dZ = dA
    elif kind == "tanh":
        dZ = dA * (1 - np.tanh(Z) ** 2)
    else:
        dZ = np.where(dA > 0, dA, 0)
    return dZ @ W.T, X.T @ dZ
