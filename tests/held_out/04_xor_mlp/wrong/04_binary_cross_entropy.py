# exercise: binary_cross_entropy
# cause: z is flattened to (N,) and y stays (N, 1), so y * z broadcasts to (N, N) and every target is paired with every logit before the mean.
# a good message would say: shapes (N,) and (N, 1) broadcast to (N, N): you average over all pairs of rows; flatten both or none.
def binary_cross_entropy(z, y):
    """Mean binary cross-entropy of logits and targets.

    z: (N, 1) logits, y: (N, 1) of 0.0 and 1.0. Returns a float. Finite for any finite z.
    """
    z = z.ravel()
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return np.mean(softplus - y * z)
