# exercise: loss_and_gradients
# cause: divides by N again (dW / N, db as a mean), although dZ already holds the 1/N
# a good message would say: the loss is right, dW and db are N = 5 times too small: dZ is already divided by N, sum over the rows
def loss_and_gradients(X, y, W, b):
    """Loss and gradients of softmax regression."""
    N = X.shape[0]
    Z = X @ W + b
    loss = cross_entropy(Z, y)
    dZ = cross_entropy_gradient(Z, y)
    dW = X.T @ dZ / N
    db = np.mean(dZ, axis=0)
    return loss, dW, db
