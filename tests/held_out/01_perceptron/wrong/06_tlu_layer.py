# exercise: tlu_layer
# cause: The comparison is strict, so a unit whose net input is exactly 0 is silent; it must fire.
# a good message would say: where the net input is exactly 0 your layer gives 0; a net input of 0 fires (>=, not >).
def tlu_layer(X, W, b):
    """The outputs of K TLUs that take the same inputs.

    X: (N, D), W: (D, K), b: (K,). Returns (N, K) of 0.0 and 1.0; a net input of 0 fires.
    """
    Z = X @ W + b
    return (Z > 0).astype(float)
