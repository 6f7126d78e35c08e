# exercise: softmax
# cause: numerator from the shifted scores, denominator from the scores themselves: each row is too small by exp(-max), and overflows for large scores.
# a good message would say: Your rows do not sum to 1: you shift the scores above but not below; use exp(shifted) in the denominator, too.
def softmax(z):
    """Row-wise softmax.

    z: (N, C) scores. Returns (N, C) probabilities; each row sums to 1. Finite for any finite scores.
    """
    shifted = z - np.max(z, axis=1, keepdims=True)
    return np.exp(shifted) / np.sum(np.exp(z), axis=1, keepdims=True)
