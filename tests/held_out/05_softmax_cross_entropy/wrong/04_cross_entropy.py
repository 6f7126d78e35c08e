# exercise: cross_entropy
# cause: takes the log of the softmax and clips the probability at 1e-7, so a hopeless example never costs more than 16.1 instead of 800
# a good message would say: right for ordinary scores; for a very wrong row the loss stops at 16.1 = -log(1e-7) where 800 is expected: do not clip, use log_sum_exp(z) - z[y]
def cross_entropy(z, y):
    """Mean cross-entropy of scores and integer labels."""
    eps = 1e-7
    p = np.clip(softmax(z), eps, 1 - eps)
    return float(-np.log(p[np.arange(len(z)), y]).mean())
