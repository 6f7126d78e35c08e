# exercise: he_uniform
# cause: the factor for ReLU is used the wrong way round: variance 1 / (2 fan_in) instead of 2 / fan_in, so the limit is half of what it should be.
# a good message would say: Your limit is half as large as it should be: ReLU halves the signal, so the variance is doubled to make up for it, 2 / fan_in, and r = sqrt(6 / fan_in).
def he_uniform(shape, seed):
    """He's start, uniform law. shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    fan_in, fan_out = shape
    variance = 0.5 * (1 / fan_in)        # ReLU: one half
    r = np.sqrt(3 * variance)
    rng = np.random.default_rng(seed)
    return rng.uniform(-r, r, size=shape)
