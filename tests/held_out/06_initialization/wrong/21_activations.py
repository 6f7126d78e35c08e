# exercise: activations
# cause: the last layer is made linear, as in a classifier, though kind is that of every layer here.
# a good message would say: All but the last layer are right: here every layer has the same kind, also the last one; the linear last layer comes later, in 6.4.
def activations(X, weights, kind):
    """What comes out of every layer of a deep network.

    X: (N, n_0); weights: a tuple (W_1, ..., W_L), W_l of shape (n_{l-1}, n_l); kind: of every layer, as in `layer`.
    Returns a tuple (A_1, ..., A_L), A_l of shape (N, n_l).
    """
    A, outputs = X, []
    for W in weights:
        is_last = W is weights[-1]
        A = layer(A, W, "linear" if is_last else kind)
        outputs.append(A)
    return tuple(outputs)
