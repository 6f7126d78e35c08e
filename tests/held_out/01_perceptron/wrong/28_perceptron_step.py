# exercise: perceptron_step
# cause: w += ... changes the caller's array w in place (the returned numbers are right).
# a good message would say: Your numbers are right, but w += overwrites the array you were handed: write w = w + ..., which makes a new one.
def perceptron_step(x, t, w, b, eta):
    """One step of the perceptron rule.

    x: (D,) one sample, t: 0 or 1, w: (D,), b: float, eta: float. Returns the new (w, b).
    Does not change its inputs.
    """
    y = 1.0 if x @ w + b >= 0 else 0.0
    e = t - y
    w += eta * e * x
    b += eta * e
    return w, b
