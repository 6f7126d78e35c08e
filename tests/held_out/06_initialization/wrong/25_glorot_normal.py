# exercise: glorot_normal
# cause: np.random.seed(seed) seeds the old global generator, the numbers come from default_rng() without a seed: the same seed gives other weights each time.
# a good message would say: The law is right, but the same seed gives other weights each time: np.random.seed does not touch default_rng(); hand it the seed, default_rng(seed).
def glorot_normal(shape, seed):
    """Glorot's start, normal law (not cut off). shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    np.random.seed(seed)
    rng = np.random.default_rng()
    fan_in, fan_out = shape
    sigma = np.sqrt(2 / (fan_in + fan_out))
    return rng.normal(0, sigma, size=shape)
