# exercise: net_input
# cause: The colleague's sum is mended for three columns only: it takes off 2*b, where (D - 1)*b is too much.
# a good message would say: right for D = 3 and wrong for D = 2: the bias is not counted once there; add b outside the sum instead of subtracting a fixed number of biases.
def net_input(X, w, b):
    """The net input of a TLU for each row. X: (N, D), w: (D,), b: float. Returns (N,)."""
    # the sum adds b three times, it should be once -> take two of them off again
    return np.sum(X * w + b, axis=1) - 2 * b
