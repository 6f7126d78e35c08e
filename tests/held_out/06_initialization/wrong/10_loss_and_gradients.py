# exercise: loss_and_gradients
# cause: the gradients are collected from the last layer to the first and never turned round
# a good message would say: the numbers are right, the order is not: dW_L came first; return (loss, dW_1, ..., dW_L)
def loss_and_gradients(X, y, weights, kind):
    """Loss and gradients of a deep classifier."""
    inputs = (X, *activations(X, weights[:-1], kind))  # inputs[i] goes into weights[i]
    loss, dA = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for i in range(len(weights) - 1, -1, -1):
        dA, dW = layer_backward(dA, inputs[i], weights[i], "linear" if i == len(weights) - 1 else kind)
        gradients.append(dW)
    return (loss, *gradients)
