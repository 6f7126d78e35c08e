# exercise: cross_entropy
# cause: z[:, y] takes the column y_j of every row (an N by N matrix), and the mean runs over all pairs instead of the N right ones
# a good message would say: every label was compared with every row; z[:, y] is (N, N); pick one score a row with z[np.arange(len(z)), y]
def cross_entropy(z, y):
    """Mean cross-entropy of scores and integer labels."""
    right_scores = z[:, y]
    losses = log_sum_exp(z)[:, np.newaxis] - right_scores
    return float(np.mean(losses))
