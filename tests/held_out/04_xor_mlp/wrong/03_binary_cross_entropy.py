# exercise: binary_cross_entropy
# cause: np.max(z, 0) is the largest entry along axis 0, one number for the whole batch; the larger of each z and 0 is np.maximum(z, 0).
# a good message would say: np.max(z, 0) takes the maximum over axis 0; max(z, 0) entry by entry is np.maximum(z, 0).
def binary_cross_entropy(z, y):
    """Mean binary cross-entropy of logits and targets.

    z: (N, 1) logits, y: (N, 1) of 0.0 and 1.0. Returns a float. Finite for any finite z.
    """
    loss = np.max(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z
    return float(np.mean(loss))
