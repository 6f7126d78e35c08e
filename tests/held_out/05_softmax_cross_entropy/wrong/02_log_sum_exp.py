# exercise: log_sum_exp
# cause: the shift is the maximum of the whole array, not of each row; rows far below it underflow to log(0) = -inf
# a good message would say: right for ordinary scores, but -inf for rows much lower than the largest score of the batch: subtract each row's own maximum
def log_sum_exp(z):
    """The logarithm of the sum of exponentials of each row."""
    m = z.max()
    return m + np.log(np.exp(z - m).sum(axis=1))
