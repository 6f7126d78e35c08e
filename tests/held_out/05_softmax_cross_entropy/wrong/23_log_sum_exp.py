# exercise: log_sum_exp
# cause: the shift is the maximum of the whole array instead of each row's own: rows far below it underflow to log(0) = -inf.
# a good message would say: Rows far below the largest score give -inf: shift each row by its own maximum (axis=1), not by that of the whole array.
def log_sum_exp(z):
    """The logarithm of the sum of exponentials of each row.

    z: (N, C) scores. Returns (N,). Finite for any finite scores.
    """
    biggest = np.max(z)
    return biggest + np.log(np.sum(np.exp(z - biggest), axis=1))
