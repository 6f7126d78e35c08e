# exercise: loss_and_gradients
# cause: The slope of the hidden sigmoid is computed as sigmoid(h)(1 - sigmoid(h)); h already is the sigmoid's value, so the slope is h(1 - h).
# a good message would say: dW2 and db2 are right, dW1 and db1 are not: in dA you apply the sigmoid a second time; use h * (1 - h).
def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Mean binary cross-entropy of the network `forward`, and its gradients.

    X: (N, D), y: (N, 1) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    dz = (sigmoid(z) - y) / len(X)
    dW2 = h.T @ dz
    db2 = dz.sum(axis=0)
    dh = dz @ W2.T
    dA = dh * sigmoid(h) * (1 - sigmoid(h))
    dW1 = X.T @ dA
    db1 = dA.sum(axis=0)
    return loss, dW1, db1, dW2, db2
