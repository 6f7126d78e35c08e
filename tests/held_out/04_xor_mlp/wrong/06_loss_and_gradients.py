# exercise: loss_and_gradients
# cause: The biases take the mean over the rows, but the 1/N is in dz already: db1 and db2 are too small by a factor N.
# a good message would say: dW1 and dW2 are right, db1 and db2 are N times too small: dz has the 1/N already, so sum over the rows.
def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Mean binary cross-entropy of the network `forward`, and its gradients.

    X: (N, D), y: (N, 1) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    N = X.shape[0]
    dz = 1 / N * (sigmoid(z) - y)
    dA = (dz @ W2.T) * h * (1 - h)
    return loss, X.T @ dA, np.mean(dA, axis=0), h.T @ dz, np.mean(dz, axis=0)
