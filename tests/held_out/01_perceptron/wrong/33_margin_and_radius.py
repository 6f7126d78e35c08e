# exercise: margin_and_radius
# cause: missing brackets: radius / gamma ** 2 squares gamma only, instead of (radius / gamma) ** 2.
# a good message would say: gamma and radius are right; in the bound only gamma is squared, because ** binds tighter than /: put radius / gamma in brackets.
def margin_and_radius(X, t, w, b):
    """Margin, radius and convergence bound; the bias is the weight of a further input that is always 1.

    X: (N, D), t: (N,) of 0 and 1, (w, b): weights (D,) and a float that separate the rows strictly.
    Returns (gamma, radius, bound), three floats.
    """
    Xt = np.hstack([X, np.ones((len(X), 1))])
    wt = np.append(w, b)
    s = 2 * t - 1
    gamma = float(min(s * (Xt @ wt)) / np.linalg.norm(wt))
    radius = float(max(np.sqrt((Xt ** 2).sum(axis=1))))
    bound = radius / gamma ** 2
    return gamma, radius, bound
