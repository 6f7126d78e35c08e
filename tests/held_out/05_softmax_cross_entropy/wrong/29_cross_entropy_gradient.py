# exercise: cross_entropy_gradient
# cause: P - Y is multiplied once more by a slope P(1 - P): the softmax has already been differentiated in P - Y.
# a good message would say: You have one factor too many: P - Y is already the derivative by the scores, with the softmax in it; drop p(1 - p).
def cross_entropy_gradient(z, y):
    """The gradient of cross_entropy(z, y) with respect to z.

    z: (N, C) scores, y: (N,) integers. Returns (N, C).
    """
    N, C = z.shape
    p = softmax(z)
    one_hot = np.zeros((N, C))
    one_hot[np.arange(N), y] = 1
    error = p - one_hot
    slope = p * (1 - p)
    return error * slope / N
