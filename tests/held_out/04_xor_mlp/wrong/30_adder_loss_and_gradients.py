# exercise: adder_loss_and_gradients
# cause: dz is divided by z.size = N*K instead of N: all gradients are too small by the factor K, the loss is right.
# a good message would say: The loss is right, the gradients are too small by K: the mean is over the rows only, so divide dz by N and not by the number of its entries.
def adder_loss_and_gradients(X, Y, W1, b1, W2, b2):
    """Loss and gradients for K outputs: the sum over the outputs, the mean over the rows.

    X: (N, D), Y: (N, K) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, K), b2: (K,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, z = forward(X, W1, b1, W2, b2)
    loss = np.sum(np.logaddexp(0, z) - Y * z) / X.shape[0]
    dz = (sigmoid(z) - Y) / z.size
    dA = (dz @ W2.T) * (h * (1 - h))
    return float(loss), X.T @ dA, dA.sum(axis=0), h.T @ dz, dz.sum(axis=0)
