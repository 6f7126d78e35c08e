# exercise: init_network
# cause: the generator is a default argument, made once when the function is defined; the seed is never used and each call goes on in the stream
# a good message would say: the same seed gave two different starts: make the generator from the seed inside the function
def init_network(sizes, kind, seed, rng=np.random.default_rng(0)):
    """The start of a deep network, normal law (not cut off)."""
    weights = []
    for fan_in, fan_out in pairwise(sizes):
        if kind == "glorot":
            std = np.sqrt(2 / (fan_in + fan_out))
        else:
            std = np.sqrt(2 / fan_in)
        weights.append(rng.normal(0, std, size=(fan_in, fan_out)))
    return tuple(weights)
