# exercise: he_normal
# cause: values beyond two standard deviations are clipped to the edge (misread "as Keras does"), the text says not cut off
# a good message would say: no entry lies beyond 2 standard deviations: the normal law is cut off; the text asks for one that is not
def he_normal(shape, seed):
    """He's start, normal law (not cut off)."""
    std = np.sqrt(2 / shape[0])
    W = np.random.default_rng(seed).normal(0, std, size=shape)
    return np.clip(W, -2 * std, 2 * std)
