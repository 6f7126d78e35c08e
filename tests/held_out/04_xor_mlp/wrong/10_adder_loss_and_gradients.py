# exercise: adder_loss_and_gradients
# cause: Loss and gradients are both divided by N*K (np.mean over all entries, dz / Y.size): they fit each other, but the loss is the SUM over the outputs and the mean over the rows.
# a good message would say: everything is K times too small: your mean runs over rows and outputs; divide by the number of rows only.
def adder_loss_and_gradients(X, Y, W1, b1, W2, b2):
    """Loss and gradients for K outputs: the sum over the outputs, the mean over the rows.

    X: (N, D), Y: (N, K) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, K), b2: (K,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, Z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(Z, Y)
    dZ = (sigmoid(Z) - Y) / Y.size
    dA = dZ @ W2.T * h * (1 - h)
    return loss, X.T @ dA, dA.sum(axis=0), h.T @ dZ, dZ.sum(axis=0)
