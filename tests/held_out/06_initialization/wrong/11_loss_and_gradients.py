# exercise: loss_and_gradients
# cause: the way back treats the last layer as a hidden layer of the same kind, although it is linear
# a good message would say: the loss is right, no gradient is: the last layer is linear, so its backward step needs kind "linear"
def loss_and_gradients(X, y, weights, kind):
    """Loss and gradients of a deep classifier."""
    inputs = (X, *activations(X, weights[:-1], kind))  # inputs[i] goes into weights[i]
    scores = inputs[-1] @ weights[-1]
    loss, upstream = softmax_loss(scores, y)
    gradients = []
    for A, W in zip(inputs[::-1], weights[::-1], strict=True):
        upstream, dW = layer_backward(upstream, A, W, kind)
        gradients.insert(0, dW)
    return (loss, *gradients)
