# exercise: recommended
# cause: the sigmoid row is divided by 4 (multiplied by the slope 1/4) instead of multiplied by 4.
# a good message would say: You moved the factor to the right row, but the sigmoid's slope of 1/4 makes every error smaller, so the weights must be 4 times larger, not smaller.
def recommended(m, m_next):
    """The table, mended.

    m, m_next: inputs and outputs of the layer. Returns an array of shape (3, 2): rows sigmoid, tanh, ReLU; columns
    the limit of the uniform law on [-limit, limit], and the standard deviation of the normal law.
    """
    sum_of_fans = m + m_next
    glorot = np.array([np.sqrt(6 / sum_of_fans), np.sqrt(2 / sum_of_fans)])
    he = np.array([np.sqrt(6 / m), np.sqrt(2 / m)])
    slope_of_sigmoid = 0.25          # f'(0); tanh has 1
    return np.stack([slope_of_sigmoid * glorot, glorot, he])
