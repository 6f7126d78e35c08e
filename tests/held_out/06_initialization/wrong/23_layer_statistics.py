# exercise: layer_statistics
# cause: the standard deviation is taken for each unit over the rows (axis=0) and then averaged over the units, instead of once over all entries.
# a good message would say: The shares are right, the spreads too small: you average the units' own spreads; take np.std of the whole array at once (one row alone would give 0).
def layer_statistics(X, weights, kind):
    """Standard deviation and saturated share of every layer.

    X, weights, kind: as in `activations`. Returns (stds, saturated), two arrays of shape (L,): the standard deviation
    of all entries of A_l (divided by their number, as np.std does), and the share of entries of A_l with |a| > 0.95.
    """
    outs = activations(X, weights, kind)
    stds = np.array([A.std(axis=0).mean() for A in outs])
    saturated = np.array([(np.abs(A) > 0.95).mean() for A in outs])
    return stds, saturated
