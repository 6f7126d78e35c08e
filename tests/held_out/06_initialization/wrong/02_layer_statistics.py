# exercise: layer_statistics
# cause: counts a > 0.95 only, the units stuck at -1 are forgotten
# a good message would say: stds are right; the saturated share misses the entries below -0.95: take the absolute value
def layer_statistics(X, weights, kind):
    """Standard deviation and saturated share of every layer."""
    stds, saturated = [], []
    for A in activations(X, weights, kind):
        stds.append(np.std(A))
        saturated.append(np.mean(A > 0.95))
    return np.array(stds), np.array(saturated)
