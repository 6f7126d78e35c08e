# exercise: tlu
# cause: np.heaviside wants the value at 0 as its second argument; 0.5 is taken, though H(0) = 1 here.
# a good message would say: at net input 0 your unit gives 0.5; here H(0) = 1. Everywhere else it is right.
def tlu(X, w, b):
    """The outputs of a threshold logic unit.

    X: (N, D), w: (D,), b: float. Returns (N,): 1.0 where the net input is >= 0, else 0.0.
    """
    return np.heaviside(net_input(X, w, b), 0.5)
