# exercise: margin_and_radius
# cause: The margin is divided by the length of w alone; the bias is left out of the length, though it is a weight like the others here.
# a good message would say: gamma is too large, radius is right: the length in the margin counts the bias, sqrt(|w|^2 + b^2).
def margin_and_radius(X, t, w, b):
    """Margin, radius and convergence bound; the bias is the weight of a further input that is always 1.

    X: (N, D), t: (N,) of 0 and 1, (w, b): weights (D,) and a float that separate the rows strictly.
    Returns (gamma, radius, bound), three floats.
    """
    s = 2 * t - 1
    gamma = np.min(s * net_input(X, w, b)) / np.linalg.norm(w)
    radius = np.sqrt(np.max(np.sum(X**2, axis=1) + 1))
    return float(gamma), float(radius), float((radius / gamma) ** 2)
