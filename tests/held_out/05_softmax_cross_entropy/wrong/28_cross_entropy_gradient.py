# exercise: cross_entropy_gradient
# cause: one-hot rows of length max(y) + 1 instead of C = z.shape[1]: wrong where the last class does not occur in the batch (a single label 0 broadcasts to P - 1 in all columns).
# a good message would say: The number of classes is that of z's columns, not the largest label plus one: a batch need not hold the last class; use np.eye(z.shape[1])[y].
def cross_entropy_gradient(z, y):
    """The gradient of cross_entropy(z, y) with respect to z.

    z: (N, C) scores, y: (N,) integers. Returns (N, C).
    """
    Y = np.eye(np.max(y) + 1)[y]
    P = softmax(z)
    return (P - Y) / len(z)
