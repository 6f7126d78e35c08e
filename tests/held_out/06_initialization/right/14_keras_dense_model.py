# %% glorot_uniform
def glorot_uniform(shape, seed):
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    variance = 2 / (fan_in + fan_out)
    return (rng.random(shape) - 0.5) * np.sqrt(12 * variance)
# %% recommended
def recommended(m, m_next):
    table = suspect(m, m_next)
    table[[0, 1]] = table[[1, 0]]
    table[2] *= np.sqrt((m + m_next) / m) / np.sqrt(2)
    return table
# %% fans
def fans(shape):
    kernel = np.empty(shape)                  # only to count entries
    return kernel[..., 0].size, kernel[..., 0, :].size
