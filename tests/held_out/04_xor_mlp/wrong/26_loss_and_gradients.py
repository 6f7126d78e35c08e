# exercise: loss_and_gradients
# cause: db1 and db2 are means over the rows instead of sums: the 1/N is already in dz, so they are too small by the factor N.
# a good message would say: Your bias gradients are too small by N: the 1/N is in dz once, so sum over the rows and do not take the mean again.
def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Mean binary cross-entropy of the network `forward`, and its gradients.

    X: (N, D), y: (N, 1) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    dz = (sigmoid(z) - y) / len(X)
    dW2 = h.T @ dz
    db2 = np.mean(dz, axis=0)
    dA = (dz @ W2.T) * h * (1 - h)
    dW1 = X.T @ dA
    db1 = np.mean(dA, axis=0)
    return loss, dW1, db1, dW2, db2
