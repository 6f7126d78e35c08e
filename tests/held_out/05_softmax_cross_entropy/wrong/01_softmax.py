# exercise: softmax
# cause: the numerator uses the shifted scores, the denominator the unshifted ones, so each row is too small by the factor exp(-m)
# a good message would say: the rows do not sum to 1; each is off by exp(-max of the row): use the same (shifted) scores above and below the line
def softmax(z):
    """Row-wise softmax."""
    shifted = z - np.max(z, axis=1, keepdims=True)
    numerator = np.exp(shifted)
    denominator = np.exp(z).sum(axis=1, keepdims=True)
    return numerator / denominator
