# exercise: soft_cross_entropy
# cause: the sum is divided by the number of classes C (t.shape[1]) instead of the number of rows N.
# a good message would say: The sign is mended, the size is not: you divide the sum by the number of classes; the mean is over the N rows.
def soft_cross_entropy(z, t):
    """Mean cross-entropy of scores and target distributions.

    z: (N, C) scores, t: (N, C) target probabilities, rows sum to 1. Returns a float.
    """
    log_p = z - log_sum_exp(z)[:, None]
    n = t.shape[1]
    total = 0.0
    for t_row, log_row in zip(t, log_p):
        total -= np.dot(t_row, log_row)
    return float(total / n)
