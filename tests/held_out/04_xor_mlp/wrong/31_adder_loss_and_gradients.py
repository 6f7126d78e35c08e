# exercise: adder_loss_and_gradients
# cause: in the loop over the outputs dW1 and db1 are overwritten instead of added up: only the last output's share is left.
# a good message would say: dW2 and db2 are right, dW1 and db1 hold only the last output's share: all outputs use the hidden layer, so their shares add up.
def adder_loss_and_gradients(X, Y, W1, b1, W2, b2):
    """Loss and gradients for K outputs: the sum over the outputs, the mean over the rows.

    X: (N, D), Y: (N, K) of 0.0 and 1.0, W1: (D, H), b1: (H,), W2: (H, K), b2: (K,).
    Returns (loss, dW1, db1, dW2, db2): a float, and a gradient of the shape of each parameter.
    """
    loss = 0.0
    dW2, db2 = np.zeros_like(W2), np.zeros_like(b2)
    for k in range(Y.shape[1]):
        one = slice(k, k + 1)
        part, dW1, db1, dW2[:, one], db2[one] = loss_and_gradients(
            X, Y[:, one], W1, b1, W2[:, one], b2[one])
        loss += part
    return loss, dW1, db1, dW2, db2
