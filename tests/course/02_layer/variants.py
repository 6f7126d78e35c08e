from dataclasses import dataclass


@variant("Layer")
class with_slots:
    __slots__ = ("W", "X", "b", "dW", "db")

    def __init__(self, W, b):
        self.W, self.b = np.asarray(W), np.asarray(b)

    def forward(self, X):
        self.X = X
        return np.einsum("nd,dh->nh", X, self.W) + self.b

    def backward(self, upstream):
        self.dW = np.einsum("nd,nh->dh", self.X, upstream)
        self.db = np.ones(len(upstream)) @ upstream
        return np.dot(upstream, self.W.T)


@variant("Layer")
@dataclass
class a_dataclass:
    W: object
    b: object

    def forward(self, X):
        self.X = X
        return np.array([x @ self.W + self.b for x in X])

    def backward(self, upstream):
        self.dW = sum(np.outer(x, g) for x, g in zip(self.X, upstream, strict=True))
        self.db = sum(upstream)
        return np.array([self.W @ g for g in upstream])


@variant("two_layers")
def by_hand(X, W1, b1, W2, b2):
    h = X @ W1 + b1
    return np.where(h > 0, h, 0) @ W2 + b2
