# %% -forward
def affine(inputs, W, b):
    """One layer without its sigmoid."""
    return inputs @ W + b

# %% forward
def forward(X, W1, b1, W2, b2):
    h = sigmoid(affine(X, W1, b1))
    return h, affine(h, W2, b2)

# %% -loss_and_gradients
def affine_backward(inputs, W, d_out):
    """Gradients of affine: for the inputs, W and b."""
    return d_out @ W.T, inputs.T @ d_out, d_out.sum(axis=0)


def sigmoid_backward(s, d_out):
    return d_out * s * (1 - s)

# %% loss_and_gradients
def loss_and_gradients(X, y, W1, b1, W2, b2):
    h, z = forward(X, W1, b1, W2, b2)
    dh, dW2, db2 = affine_backward(h, W2, (sigmoid(z) - y) / len(X))
    _, dW1, db1 = affine_backward(X, W1, sigmoid_backward(h, dh))
    return binary_cross_entropy(z, y), dW1, db1, dW2, db2

# %% ebp_step
def ebp_step(X, t, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    dh, dW2, db2 = affine_backward(h, W2, sigmoid_backward(y, (y - t) / len(X)))
    _, dW1, db1 = affine_backward(X, W1, sigmoid_backward(h, dh))
    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
