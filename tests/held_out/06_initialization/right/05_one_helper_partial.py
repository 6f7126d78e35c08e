# %% -glorot_uniform
from functools import partial

def start(shape, seed, *, rule, law):
    """All four initialisers in one."""
    fan_in, fan_out = shape
    variance = {"glorot": 2 / (fan_in + fan_out), "he": 2 / fan_in}[rule]
    rng = np.random.default_rng(seed)
    if law == "normal":
        return rng.normal(scale=np.sqrt(variance), size=shape)
    return np.sqrt(3 * variance) * (2 * rng.random(shape) - 1)
# %% glorot_uniform
glorot_uniform = partial(start, rule="glorot", law="uniform")
glorot_uniform.__name__ = "glorot_uniform"
# %% he_normal
he_normal = partial(start, rule="he", law="normal")
he_normal.__name__ = "he_normal"
# %% +he_normal
for rule in ("glorot", "he"):
    for law in ("uniform", "normal"):
        print(rule, law, start((300, 70), 1, rule=rule, law=law).std())
# %% init_network
def init_network(sizes, kind, seed):
    seeds = np.random.SeedSequence(seed).spawn(len(sizes) - 1)
    return tuple(start(shape, s, rule=kind, law="normal") for shape, s in zip(pairwise(sizes), seeds))
