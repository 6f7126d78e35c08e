# exercise: ebp_step
# cause: the signs of the weight updates are mended, but b1 and b2 still go with + (uphill) as in the printed code.
# a good message would say: W1 and W2 go downhill, b1 and b2 uphill: the biases take the same sign as the weights, minus rate times their gradient.
def ebp_step(X, t, W1, b1, W2, b2, rate):
    """One step of gradient descent on the squared error E = 1/(2N) * sum of (sigmoid(z) - t)**2.

    X: (N, D), t: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,), rate: the learning rate.
    Returns the new (W1, b1, W2, b2). All four gradients are taken at the old parameters.
    """
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    y = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (t - y) / len(X)
    delta2 = -e * y * (1 - y)
    delta1 = h * (1 - h) * (delta2 @ W2.T)
    return (W1 - rate * X.T @ delta1, b1 + rate * delta1.sum(axis=0),
            W2 - rate * h.T @ delta2, b2 + rate * delta2.sum(axis=0))
