# exercise: margin_and_radius
# cause: the radius is the longest row of X without the further input 1 (and the bound inherits it); gamma is right.
# a good message would say: gamma is right, but the radius is too small: each row has a further input that is always 1, and its length counts that 1.
def margin_and_radius(X, t, w, b):
    """Margin, radius and convergence bound; the bias is the weight of a further input that is always 1.

    X: (N, D), t: (N,) of 0 and 1, (w, b): weights (D,) and a float that separate the rows strictly.
    Returns (gamma, radius, bound), three floats.
    """
    signs = np.where(t == 1, 1, -1)
    length = np.sqrt(np.sum(w ** 2) + b ** 2)
    gamma = np.min(signs * net_input(X, w, b)) / length
    radius = np.max(np.linalg.norm(X, axis=1))
    return float(gamma), float(radius), float((radius / gamma) ** 2)
