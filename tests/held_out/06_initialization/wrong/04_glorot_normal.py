# exercise: glorot_normal
# cause: the variance is right, but the law is uniform, not normal
# a good message would say: the spread is right, the law is not: nothing lies beyond 1.73 standard deviations; a normal law is asked for
def glorot_normal(shape, seed):
    """Glorot's start, normal law (not cut off)."""
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    variance = 2 / (fan_in + fan_out)
    r = np.sqrt(3 * variance)
    return rng.uniform(-r, r, size=(fan_in, fan_out))
