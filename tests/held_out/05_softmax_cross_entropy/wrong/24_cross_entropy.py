# exercise: cross_entropy
# cause: z[:, y] picks the columns of all labels in every row, (N, N), instead of one score a row; the mean then runs over all N*N of them.
# a good message would say: z[:, y] takes every label's column for every row, an (N, N) array; for one score a row pair the rows with the labels: z[np.arange(len(z)), y].
def cross_entropy(z, y):
    """Mean cross-entropy of scores and integer labels.

    z: (N, C) scores, y: (N,) integers in 0..C-1. Returns a float. Finite for any finite scores.
    """
    right_scores = z[:, y]
    losses = log_sum_exp(z) - right_scores
    return float(np.mean(losses))
