# exercise: layer_statistics
# cause: the number of saturated entries is divided by len(A), the number of rows, instead of the number of entries A.size.
# a good message would say: Your saturated shares can exceed 1: you divide by the number of rows; a share of the entries is divided by A.size, or take np.mean of the comparison.
def layer_statistics(X, weights, kind):
    """Standard deviation and saturated share of every layer.

    X, weights, kind: as in `activations`. Returns (stds, saturated), two arrays of shape (L,): the standard deviation
    of all entries of A_l (divided by their number, as np.std does), and the share of entries of A_l with |a| > 0.95.
    """
    stds, saturated = [], []
    for A in activations(X, weights, kind):
        stds.append(np.std(A))
        saturated.append(np.sum(np.abs(A) > 0.95) / len(A))
    return np.array(stds), np.array(saturated)
