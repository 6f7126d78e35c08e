# exercise: perceptron_step
# cause: The error for the bias is worked out again with the NEW weights, so b is often not moved (or moved wrongly) although the answer was wrong.
# a good message would say: w is right, b is not: one error e = t - y, taken at the old (w, b), serves both updates; yours is computed again after w has changed.
def perceptron_step(x, t, w, b, eta):
    """One step of the perceptron rule.

    x: (D,) one sample, t: 0 or 1, w: (D,), b: float, eta: float. Returns the new (w, b).
    Does not change its inputs.
    """
    w = w + eta * (t - tlu(x, w, b)) * x
    b = b + eta * (t - tlu(x, w, b))
    return w, float(b)
