# exercise: recommended
# cause: in the ReLU row m + m' is replaced by m but the factor sqrt 2 is kept, so He's gain is counted twice
# a good message would say: sigmoid and tanh are right; the ReLU row is sqrt 2 times He's start: with m alone under the root the sqrt 2 must go
def recommended(m, m_next):
    """The table, mended."""
    glorot = np.array([np.sqrt(6 / (m + m_next)), np.sqrt(2 / (m + m_next))])
    he = np.sqrt(2) * np.array([np.sqrt(6 / m), np.sqrt(2 / m)])
    return np.stack([4 * glorot, glorot, he])
