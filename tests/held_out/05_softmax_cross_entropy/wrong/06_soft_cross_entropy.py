# exercise: soft_cross_entropy
# cause: mends the mean over all N*C entries with the number of rows instead of the number of classes
# a good message would say: the sign is right, the result is N/C = 4/3 times too large: the mean over all entries must be multiplied by C (or sum over classes, then mean over rows)
def soft_cross_entropy(z, t):
    """Mean cross-entropy of scores and target distributions."""
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.mean(t * log_p) * len(t))
