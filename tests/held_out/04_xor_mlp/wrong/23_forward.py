# exercise: forward
# cause: z goes through a sigmoid: the second value returned is the probability instead of the logit (h is right).
# a good message would say: h is right, but z lies between 0 and 1: stop at the logit h W2 + b2, the last sigmoid is not part of forward.
def forward(X, W1, b1, W2, b2):
    """The forward pass of a network with one hidden layer of sigmoids.

    X: (N, D), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (h, z): hidden values (N, H) and output logits (N, 1).
    """
    A = X @ W1 + b1
    h = sigmoid(A)
    z = sigmoid(h @ W2 + b2)
    return h, z
