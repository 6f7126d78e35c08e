# exercise: init_network
# cause: the standard deviation is computed once, from the fans of the first layer, and used for all layers.
# a good message would say: The first layer's spread is right, the others have the same one: each layer has fans of its own, so compute its standard deviation from its own shape.
def init_network(sizes, kind, seed):
    """The start of a deep network, normal law (not cut off).

    sizes: (n_0, ..., n_L); kind: "glorot" or "he"; seed: int.
    Returns a tuple (W_1, ..., W_L), W_l of shape (n_{l-1}, n_l), all drawn independently.
    """
    rng = np.random.default_rng(seed)
    fan_in, fan_out = sizes[0], sizes[1]
    if kind == "glorot":
        std = np.sqrt(2 / (fan_in + fan_out))
    else:
        std = np.sqrt(2 / fan_in)
    weights = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        weights.append(rng.normal(0, std, size=(m, n)))
    return tuple(weights)
