# exercise: log_sum_exp
# cause: logarithm to base 10 instead of the natural logarithm
# a good message would say: the part beyond the row maximum is 0.434 times what it should be: that is log10; the text means the natural logarithm, np.log
import math

def log_sum_exp(z):
    """The logarithm of the sum of exponentials of each row."""
    out = []
    for row in z:
        m = max(row)
        total = sum(math.exp(v - m) for v in row)
        out.append(m + math.log10(total))
    return np.array(out)
