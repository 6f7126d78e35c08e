@mistake("Layer", general="shape")
class bias_not_summed(Layer):
    """You keep the upstream gradient itself as db. The bias is added to every row: sum over the rows."""

    def backward(self, upstream):
        dX = super().backward(upstream)
        self.db = upstream
        return dX


@mistake("Layer", general="tensors factor")
class mean_of_rows(Layer):
    """You divide the gradients of W and b by the number of rows. The 1/N of a mean is in the upstream gradient."""

    def backward(self, upstream):
        dX = super().backward(upstream)
        self.dW, self.db = self.dW / len(upstream), self.db / len(upstream)
        return dX


@mistake("Layer", general="per_column offset")
class bias_left_out(Layer):
    """Your forward pass leaves the bias out."""

    def forward(self, X):
        self.X = X
        return X @ self.W


@mistake("Layer", general="shape")
class returns_weights_gradient(Layer):
    """Your backward returns dW. Keep dW in the layer, and return the gradient by the inputs."""

    def backward(self, upstream):
        super().backward(upstream)
        return self.dW


@mistake("two_layers", general="value")
def no_activation(X, W1, b1, W2, b2):
    """The ReLU between the two layers is missing."""
    return Layer(W2, b2).forward(Layer(W1, b1).forward(X))
