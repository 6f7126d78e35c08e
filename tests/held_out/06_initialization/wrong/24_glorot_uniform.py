# exercise: glorot_uniform
# cause: rng.uniform(-limit, size=shape): high is left out and is 1.0 by default, so the law is uniform on [-limit, 1] instead of [-limit, limit].
# a good message would say: Your weights reach up to 1 and their mean is not 0: rng.uniform needs both ends, -limit and limit; high is 1.0 if you leave it out.
def glorot_uniform(shape, seed):
    """Glorot's start, uniform law. shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, size=shape)
