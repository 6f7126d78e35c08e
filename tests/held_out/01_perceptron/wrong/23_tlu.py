# exercise: tlu
# cause: np.heaviside(z, 0.5): its second argument is the value at z = 0, so rows on the edge give 0.5 instead of 1.0.
# a good message would say: Rows whose net input is exactly 0 give 0.5: the second argument of np.heaviside is the value at 0, and here H(0) = 1.
def tlu(X, w, b):
    """The outputs of a threshold logic unit.

    X: (N, D), w: (D,), b: float. Returns (N,): 1.0 where the net input is >= 0, else 0.0.
    """
    z = net_input(X, w, b)
    return np.heaviside(z, 0.5)
