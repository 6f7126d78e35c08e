@mistake("slope")
def sum_for_mean(x, y, w):
    """You sum over the batch. The loss is a mean, so its gradient is one too."""
    return x.T @ (line(x, w) - y)


@mistake("slope")
def opposite_residual(x, y, w):
    """You subtract the prediction from the target. It is the other way round."""
    return x.T @ (y - line(x, w)) / len(x)
