# exercise: sigmoid
# cause: for z < 0 it returns 1 - e/(1 + e) instead of e/(1 + e): that is sigmoid(|z|), so negative z give values above 1/2.
# a good message would say: For negative z your values lie above 1/2: e/(1 + e) with e = exp(-|z|) is already the sigmoid there, do not take it from 1.
def sigmoid(z):
    """The logistic sigmoid of each entry.

    z: an array of any shape. Returns the same shape. Finite for any finite z.
    """
    e = np.exp(-np.abs(z))
    left = 1 / (1 + e)
    right = e / (1 + e)
    return np.where(z >= 0, left, 1 - right)
