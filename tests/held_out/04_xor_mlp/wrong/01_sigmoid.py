# exercise: sigmoid
# cause: For z < 0 the student takes 1 - e/(1+e), which is 1/(1+e) again (both branches give sigma(|z|)); e/(1+e) itself is right there.
# a good message would say: negative entries come out above 1/2: you return sigma(|z|) for them. With e = exp(-|z|), e = exp(z) where z < 0, so it is e / (1 + e).
def sigmoid(z):
    """The logistic sigmoid of each entry.

    z: an array of any shape. Returns the same shape. Finite for any finite z.
    """
    e = np.exp(-np.abs(z))
    # sigma(-z) = 1 - sigma(z)
    return np.where(z >= 0, 1 / (1 + e), 1 - e / (1 + e))
