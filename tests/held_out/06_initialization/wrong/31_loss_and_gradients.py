# exercise: loss_and_gradients
# cause: off by one: the last layer has index L - 1, i == L never holds, so the linear last layer is gone back through as a tanh or ReLU layer.
# a good message would say: Your loss is right, the gradients are not: on the way back your last layer gets the slope of the hidden ones; it is linear and has the index L - 1.
def loss_and_gradients(X, y, weights, kind):
    """Loss and gradients of a deep classifier.

    X: (N, n_0); y: (N,) integers; weights: a tuple (W_1, ..., W_L), L at least 1; kind: of the hidden layers, "tanh" or
    "relu". The last layer is linear. Returns a flat tuple (loss, dW_1, ..., dW_L); the loss is the mean cross-entropy.
    """
    inputs = (X, *activations(X, weights[:-1], kind))  # inputs[i] goes into weights[i]
    L = len(weights)
    loss, dA = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for i in reversed(range(L)):
        this_kind = "linear" if i == L else kind
        dA, dW = layer_backward(dA, inputs[i], weights[i], this_kind)
        gradients.insert(0, dW)
    return (loss, *gradients)
