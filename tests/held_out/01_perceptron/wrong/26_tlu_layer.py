# exercise: tlu_layer
# cause: the loop over the units runs over range(D) (the number of inputs) instead of range(K): the columns of units D, D+1, ... stay 0.
# a good message would say: The last columns are all 0: you loop over as many units as there are inputs; W has K columns, W.shape[1].
def tlu_layer(X, W, b):
    """The outputs of K TLUs that take the same inputs.

    X: (N, D), W: (D, K), b: (K,). Returns (N, K) of 0.0 and 1.0; a net input of 0 fires.
    """
    N, D = X.shape
    out = np.zeros((N, len(b)))
    for unit in range(D):
        out[:, unit] = tlu(X, W[:, unit], b[unit])
    return out
