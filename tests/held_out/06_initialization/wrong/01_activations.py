# exercise: activations
# cause: the last layer is left linear (as in the classifier later), although here every layer has the kind
# a good message would say: all layers but the last are right; here kind is that of every layer, the last included
def activations(X, weights, kind):
    """What comes out of every layer of a deep network."""
    A, outputs = X, []
    for W in weights:
        A = A @ W if W is weights[-1] else layer(A, W, kind)
        outputs.append(A)
    return tuple(outputs)
