# exercise: margin_and_radius
# cause: np.linalg.norm without axis=1 is the length of the whole matrix (root of the sum over all entries), not the length of its longest row; np.max of one number changes nothing.
# a good message would say: gamma is right; your radius is the norm of the whole array: take the length of each row (axis=1), then the largest.
def margin_and_radius(X, t, w, b):
    """Margin, radius and convergence bound; the bias is the weight of a further input that is always 1.

    X: (N, D), t: (N,) of 0 and 1, (w, b): weights (D,) and a float that separate the rows strictly.
    Returns (gamma, radius, bound), three floats.
    """
    X1 = np.column_stack([X, np.ones(len(X))])
    w1 = np.append(w, b)
    s = 2 * t - 1
    gamma = np.min(s * (X1 @ w1)) / np.linalg.norm(w1)
    radius = np.max(np.linalg.norm(X1))
    return float(gamma), float(radius), float((radius / gamma) ** 2)
