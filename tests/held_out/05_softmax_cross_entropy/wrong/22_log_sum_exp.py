# exercise: log_sum_exp
# cause: np.log1p(sum) is log(1 + sum): it adds a further 1 to the sum of exponentials.
# a good message would say: All values are a little too large: log1p(u) is log(1 + u), but the sum already holds every term; use np.log.
def log_sum_exp(z):
    """The logarithm of the sum of exponentials of each row.

    z: (N, C) scores. Returns (N,). Finite for any finite scores.
    """
    m = z.max(axis=1)
    total = np.exp(z - m[:, None]).sum(axis=1)
    return m + np.log1p(total)
