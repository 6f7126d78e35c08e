# exercise: fans
# cause: the window is taken to be square: kh * kh instead of kh * kw (wrong for a 3 by 5 window; dense layers are right).
# a good message would say: A window need not be square: it has kh * kw pixels, and you use kh twice.
def fans(shape):
    """Fan-in and fan-out of a weight array.

    shape: (D, H) of a dense layer, or (kh, kw, c_in, c_out) of a convolution. Returns (fan_in, fan_out), two integers.
    """
    if len(shape) == 2:
        return shape[0], shape[1]
    k = shape[0]
    c_in, c_out = shape[2:]
    return k * k * c_in, k * k * c_out
