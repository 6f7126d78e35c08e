# exercise: loss_and_gradients
# cause: dW is divided by N again, though dZ holds the 1/N already (loss and db are right).
# a good message would say: loss and db are right, dW is too small by N: the 1/N is in dZ already, so dW is X.T @ dZ and no more.
def loss_and_gradients(X, y, W, b):
    """Loss and gradients of softmax regression.

    X: (N, D) inputs, y: (N,) integers, W: (D, C), b: (C,). Returns (loss, dW, db).
    """
    Z = X @ W + b
    dZ = cross_entropy_gradient(Z, y)
    dW = np.einsum("nd,nc->dc", X, dZ) / len(X)
    db = dZ.sum(axis=0)
    return cross_entropy(Z, y), dW, db
