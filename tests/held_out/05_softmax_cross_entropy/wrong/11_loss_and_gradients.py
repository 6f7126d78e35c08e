# exercise: loss_and_gradients
# cause: the gradient is taken at the scores without the bias (stale Z), only the loss sees b
# a good message would say: the loss is right; dW and db are those of b = 0: compute Z = XW + b once and use it for both
def loss_and_gradients(X, y, W, b):
    """Loss and gradients of softmax regression."""
    Z = np.dot(X, W)
    dZ = cross_entropy_gradient(Z, y)
    Z = Z + b
    loss = cross_entropy(Z, y)
    dW = np.dot(X.T, dZ)
    db = np.sum(dZ, axis=0)
    return loss, dW, db
