# exercise: he_uniform
# cause: fan-out is taken for fan-in (shape[1] instead of shape[0])
# a good message would say: the spread is sqrt(2 / 50), that of the fan-out; He's rule divides by the fan-in, shape[0]
def he_uniform(shape, seed):
    """He's start, uniform law."""
    fan_in = shape[1]
    limit = np.sqrt(3 * 2 / fan_in)
    return np.random.default_rng(seed).uniform(-limit, limit, shape)
