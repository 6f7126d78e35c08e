# exercise: cross_entropy_gradient
# cause: 1/N is applied to the 1 of the right class only, the probabilities are not divided by N
# a good message would say: the rows do not sum to zero; 1/N belongs to the whole of P - Y, not to Y alone
def cross_entropy_gradient(z, y):
    """The gradient of cross_entropy(z, y) with respect to z."""
    N = len(z)
    dz = softmax(z)
    dz[np.arange(N), y] -= 1 / N
    return dz
