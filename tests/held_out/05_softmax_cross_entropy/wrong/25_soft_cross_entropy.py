# exercise: soft_cross_entropy
# cause: the target distribution is reduced to its largest class (argmax), so soft targets are treated as one-hot.
# a good message would say: You keep only the largest target of each row: all classes count with their probability, so sum t * log p over the classes.
def soft_cross_entropy(z, t):
    """Mean cross-entropy of scores and target distributions.

    z: (N, C) scores, t: (N, C) target probabilities, rows sum to 1. Returns a float.
    """
    classes = np.argmax(t, axis=1)
    return cross_entropy(z, classes)
