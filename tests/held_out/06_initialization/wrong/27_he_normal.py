# exercise: he_normal
# cause: the weights are clipped at two standard deviations, though the law is to be normal and not cut off (the spread is too small and there are no tails).
# a good message would say: Your weights never go beyond two standard deviations: the law is not cut off here, so leave np.clip out.
def he_normal(shape, seed):
    """He's start, normal law (not cut off). shape: (fan_in, fan_out), seed: int. Returns an array of that shape."""
    sigma = np.sqrt(2 / shape[0])
    weights = np.random.default_rng(seed).normal(0.0, sigma, shape)
    # no outliers
    return np.clip(weights, -2 * sigma, 2 * sigma)
