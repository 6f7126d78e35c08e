# exercise: cross_entropy_gradient
# cause: multiplies P - Y by the derivative p(1-p) a second time (habit of sigmoid and squared error), although it is already in P - Y
# a good message would say: there is an extra factor p(1-p); (P - Y)/N is already the gradient by the scores, the softmax has been differentiated
def cross_entropy_gradient(z, y):
    """The gradient of cross_entropy(z, y) with respect to z."""
    p = softmax(z)
    one_hot = np.zeros_like(p)
    one_hot[np.arange(len(y)), y] = 1
    d_loss = p - one_hot
    d_softmax = p * (1 - p)
    return d_loss * d_softmax / len(y)
