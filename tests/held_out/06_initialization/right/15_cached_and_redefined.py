# %% -glorot_normal
from functools import lru_cache

@lru_cache(maxsize=None)
def spread(fan_in, fan_out=0):  # for one rule only, mended below
    return (2 / (fan_in + fan_out)) ** 0.5
# %% glorot_normal
@lru_cache(maxsize=None)
def spread(fan_in, fan_out=None):
    """Glorot's with both fans, He's with one."""
    return (2 / (fan_in + (fan_out or 0))) ** 0.5

def glorot_normal(shape, seed):
    from statistics import NormalDist
    law = NormalDist(0, spread(*shape))
    u = np.random.default_rng(seed).uniform(1e-15, 1, size=shape)
    return np.vectorize(law.inv_cdf)(u)
# %% +glorot_normal
print(spread.cache_info())
# %% he_normal
def he_normal(shape, seed):
    # Box and Muller: two uniform numbers make two normal ones
    rng = np.random.default_rng(seed)
    n = shape[0] * shape[1]
    u, v = 1 - rng.random((n + 1) // 2), rng.random((n + 1) // 2)
    length = np.sqrt(-2 * np.log(u))
    normal = np.concatenate([length * np.cos(2 * np.pi * v), length * np.sin(2 * np.pi * v)])[:n]
    return spread(shape[0]) * normal.reshape(shape)
# %% init_network
def init_network(sizes, kind, seed):
    make = {"glorot": glorot_normal, "he": he_normal}[kind]
    seeds = np.random.default_rng(seed).integers(2**32, size=len(sizes) - 1)
    return tuple(make(shape, int(s)) for shape, s in zip(pairwise(sizes), seeds))
# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, weights, kind):
    activation = tf.nn.relu if kind == "relu" else tf.math.tanh
    Ws = [tf.constant(W) for W in weights]
    with tf.GradientTape(persistent=True) as tape:
        for W in Ws:
            tape.watch(W)
        A = tf.constant(X)
        for W in Ws[:-1]:
            A = activation(tf.matmul(A, W))
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=tf.matmul(A, Ws[-1])))
    result = [loss.numpy()] + [tape.gradient(loss, W).numpy() for W in Ws]
    del tape
    return tuple(result)
# %% fans
@lru_cache
def fans(shape):
    import math
    window = math.prod(shape[:-2])
    return window * shape[-2], window * shape[-1]
