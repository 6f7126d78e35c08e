# exercise: train
# cause: rng.normal() without size draws ONE number, which fills the whole matrix: all hidden units start equal and stay equal, so the network is one hidden unit.
# a good message would say: all columns of W1 are equal, and so are all rows of W2: the units started equal and can never part; draw a random number for each weight (size=...).
def train(X, y, seed):
    """Train a network with one hidden layer of sigmoids from a random start.

    X: (N, D) measurements, y: (N,) integers 0 or 1, seed: int.
    Returns (W1, b1, W2, b2), shapes (D, H), (H,), (H, 1), (1,), with H of your choice.
    """
    rng = np.random.default_rng(seed)
    D, H = X.shape[1], 12
    W1 = rng.normal() * np.ones((D, H))
    b1 = np.zeros(H)
    W2 = rng.normal() * np.ones((H, 1))
    b2 = np.zeros(1)
    return descend(X, y.reshape(-1, 1), W1, b1, W2, b2, 2.0, 500)[:4]
