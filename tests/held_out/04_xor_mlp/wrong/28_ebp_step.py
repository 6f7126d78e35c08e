# exercise: ebp_step
# cause: W2 is updated before delta1 is computed, so the first layer's error is carried back through the new W2 instead of the old one.
# a good message would say: W2 and b2 are right; for W1 and b1 the error went back through the W2 that you had just changed: compute both deltas first, then update.
def ebp_step(X, t, W1, b1, W2, b2, rate):
    """One step of gradient descent on the squared error E = 1/(2N) * sum of (sigmoid(z) - t)**2.

    X: (N, D), t: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,), rate: the learning rate.
    Returns the new (W1, b1, W2, b2). All four gradients are taken at the old parameters.
    """
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    delta2 = (y - t) * y * (1 - y) / len(X)
    W2 = W2 - rate * h.T @ delta2
    b2 = b2 - rate * delta2.sum(axis=0)
    delta1 = delta2 @ W2.T * h * (1 - h)
    W1 = W1 - rate * X.T @ delta1
    b1 = b1 - rate * delta1.sum(axis=0)
    return W1, b1, W2, b2
