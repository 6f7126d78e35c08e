# %% -he_normal
from functools import lru_cache

@lru_cache(maxsize=None)
def spread(fan_in, fan_out=0):  # for one rule only, mended below
    return (2 / (fan_in + fan_out)) ** 0.5
# %% -he_normal
@lru_cache(maxsize=None)
def spread(fan_in, fan_out=None):
    """Glorot's with both fans, He's with one."""
    return (2 / (fan_in + (fan_out or 0))) ** 0.5

def glorot_normal(shape, seed):
    from statistics import NormalDist
    law = NormalDist(0, spread(*shape))
    u = np.random.default_rng(seed).uniform(1e-15, 1, size=shape)
    return np.vectorize(law.inv_cdf)(u)
# %% he_normal
def he_normal(shape, seed):
    # Box and Muller: two uniform numbers make two normal ones
    rng = np.random.default_rng(seed)
    n = shape[0] * shape[1]
    u, v = 1 - rng.random((n + 1) // 2), rng.random((n + 1) // 2)
    length = np.sqrt(-2 * np.log(u))
    normal = np.concatenate([length * np.cos(2 * np.pi * v), length * np.sin(2 * np.pi * v)])[:n]
    return spread(shape[0]) * normal.reshape(shape)
# %% +he_normal
print(spread.cache_info())
# %% init_network
def init_network(sizes, kind, seed):
    make = {"glorot": glorot_normal, "he": he_normal}[kind]
    seeds = np.random.default_rng(seed).integers(2**32, size=len(sizes) - 1)
    return tuple(make(shape, int(s)) for shape, s in zip(pairwise(sizes), seeds))
# %% fans
@lru_cache
def fans(shape):
    import math
    window = math.prod(shape[:-2])
    return window * shape[-2], window * shape[-1]
