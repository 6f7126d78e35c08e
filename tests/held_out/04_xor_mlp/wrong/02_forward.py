# exercise: forward
# cause: The second layer is fed with A (before the sigmoid), not with h, so the network is linear; h itself is right.
# a good message would say: h is right, z is not: z = A W2 + b2 skips the sigmoid; the second layer takes h.
def forward(X, W1, b1, W2, b2):
    """The forward pass of a network with one hidden layer of sigmoids.

    X: (N, D), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (h, z): hidden values (N, H) and output logits (N, 1).
    """
    A = X @ W1 + b1
    h = sigmoid(A)
    z = A @ W2 + b2
    return h, z
