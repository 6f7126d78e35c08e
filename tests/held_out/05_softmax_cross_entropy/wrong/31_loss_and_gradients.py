# exercise: loss_and_gradients
# cause: the bias is left out of the scores (Z = X W instead of X W + b), so loss and both gradients are taken at the wrong scores.
# a good message would say: Your scores lack the bias: Z = X W + b; b does not change your loss at all as it stands.
def loss_and_gradients(X, y, W, b):
    """Loss and gradients of softmax regression.

    X: (N, D) inputs, y: (N,) integers, W: (D, C), b: (C,). Returns (loss, dW, db).
    """
    scores = np.matmul(X, W)
    loss = cross_entropy(scores, y)
    dscores = cross_entropy_gradient(scores, y)
    grad_W = np.matmul(X.T, dscores)
    grad_b = np.sum(dscores, axis=0)
    return loss, grad_W, grad_b
