# exercise: binary_cross_entropy
# cause: np.max(z, 0) is the maximum over axis 0 (the largest logit of the batch), not max(z, 0) entry by entry, which is np.maximum(z, 0).
# a good message would say: np.max(z, 0) takes the largest logit of the whole batch, the 0 is an axis; entry by entry it is np.maximum(z, 0).
def binary_cross_entropy(z, y):
    """Mean binary cross-entropy of logits and targets.

    z: (N, 1) logits, y: (N, 1) of 0.0 and 1.0. Returns a float. Finite for any finite z.
    """
    softplus = np.max(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return float(np.mean(softplus - y * z))
