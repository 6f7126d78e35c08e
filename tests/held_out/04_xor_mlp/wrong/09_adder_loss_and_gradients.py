# exercise: adder_loss_and_gradients
# cause: The outputs are treated one by one, and dW1, db1 are overwritten in each turn: only the last output's share reaches the common hidden layer.
# a good message would say: loss, dW2 and db2 are right; dW1 and db1 hold the last output's share only: the outputs share the hidden layer, so their shares add up.
def adder_loss_and_gradients(X, Y, W1, b1, W2, b2):
    """Loss and gradients for K outputs: the sum over the outputs, the mean over the rows.

    X: (N, D), Y: (N, K) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, K), b2: (K,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    loss = 0.0
    dW2, db2 = np.zeros(W2.shape), np.zeros(b2.shape)
    for k in range(W2.shape[1]):
        one = slice(k, k + 1)
        part, dW1, db1, dW2[:, one], db2[one] = loss_and_gradients(X, Y[:, one], W1, b1, W2[:, one], b2[one])
        loss += part
    return loss, dW1, db1, dW2, db2
