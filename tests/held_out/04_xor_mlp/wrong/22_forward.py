# exercise: forward
# cause: b1 is added after the sigmoid: h = sigmoid(X W1) + b1 instead of sigmoid(X W1 + b1).
# a good message would say: The bias b1 belongs inside the sigmoid: first A = X W1 + b1, then h = sigmoid(A), so that h lies between 0 and 1.
def forward(X, W1, b1, W2, b2):
    """The forward pass of a network with one hidden layer of sigmoids.

    X: (N, D), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    Returns (h, z): hidden values (N, H) and output logits (N, 1).
    """
    hidden = sigmoid(np.dot(X, W1)) + b1
    logits = np.dot(hidden, W2) + b2
    return hidden, logits
