# exercise: sign
# cause: np.asarray does not copy an array, so the two assignments overwrite the caller's z; the values are right, but the argument is changed.
# a good message would say: your function changed its argument z: np.asarray(z) is the same array, make a new one (np.where, or z.copy()).
def sign(z):
    """+1.0 where z >= 0, else -1.0: sign(0) is +1. z: (N,). Returns (N,)."""
    s = np.asarray(z, dtype=float)
    s[s >= 0] = 1.0
    s[s < 0] = -1.0
    return s
