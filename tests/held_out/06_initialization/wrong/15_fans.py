# exercise: fans
# cause: the window counts for the fan-in only; fan-out is c_out, although a pixel is covered by kh * kw windows
# a good message would say: dense and fan-in are right; a pixel's channel feeds kh * kw units in each of the c_out channels: fan-out is kh * kw * c_out
def fans(shape):
    """Fan-in and fan-out of a weight array."""
    *window, n_in, n_out = shape
    fan_in = n_in
    for side in window:
        fan_in *= side
    return fan_in, n_out
