# exercise: perceptron_step
# cause: the error is taken from the net input (t - z, the delta rule) instead of the stepped output (t - H(z)).
# a good message would say: You forgot the step: the error is t minus the unit's output 0 or 1, so it is -1, 0 or 1, and a right answer changes nothing.
def perceptron_step(x, t, w, b, eta):
    """One step of the perceptron rule.

    x: (D,) one sample, t: 0 or 1, w: (D,), b: float, eta: float. Returns the new (w, b).
    Does not change its inputs.
    """
    output = np.dot(w, x) + b
    error = t - output
    new_w = w + eta * error * x
    new_b = b + eta * error
    return new_w, new_b
