# exercise: loss_and_gradients
# cause: the slope of the hidden sigmoid is sigmoid(h)(1 - sigmoid(h)), a second sigmoid on top of h, instead of h(1 - h): dW1 and db1 are wrong.
# a good message would say: The second layer is right, the first is not: h is already sigmoid(A), so the slope is h(1 - h); you put h through the sigmoid once more.
def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Mean binary cross-entropy of the network `forward`, and its gradients.

    X: (N, D), y: (N, 1) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)

    def slope(values):
        s = sigmoid(values)
        return s * (1 - s)

    N = X.shape[0]
    dz = (sigmoid(z) - y) / N
    dW2, db2 = np.dot(h.T, dz), np.sum(dz, axis=0)
    dh = np.dot(dz, W2.T)
    dA = dh * slope(h)
    dW1, db1 = np.dot(X.T, dA), np.sum(dA, axis=0)
    return loss, dW1, db1, dW2, db2
