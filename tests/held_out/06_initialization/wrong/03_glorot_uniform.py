# exercise: glorot_uniform
# cause: rng.uniform(-limit, size=shape) sets only the lower end; the upper end is NumPy's default 1.0
# a good message would say: the numbers reach up to 1 where the limit is 0.333 and their mean is not 0: give both ends to uniform
def glorot_uniform(shape, seed):
    """Glorot's start, uniform law."""
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, size=shape)
