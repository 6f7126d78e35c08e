# exercise: sign
# cause: divides z by |z|, which is 0/0 = nan at z = 0 instead of +1.0 (right everywhere else).
# a good message would say: At z = 0 you divide zero by zero and get nan; sign(0) is +1 here, so decide by z >= 0, e.g. with np.where, instead of dividing.
def sign(z):
    """+1.0 where z >= 0, else -1.0: sign(0) is +1. z: (N,). Returns (N,)."""
    z = np.asarray(z, dtype=float)
    return z / np.abs(z)
