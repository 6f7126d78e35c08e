# exercise: keras_net_input
# cause: bias_initializer is set after build, when the bias already exists, so the bias stays 0 and the result is X @ w without b.
# a good message would say: Your results lack b: an initializer is used when the layer is built, later it does nothing; set the bias itself, e.g. with set_weights([kernel, bias]).
def keras_net_input(X, w, b):
    """The same as net_input, by one keras.layers.Dense(1) with these weights. Returns an array (N,)."""
    dense = keras.layers.Dense(1)
    dense.build((None, X.shape[1]))
    dense.kernel.assign(w.reshape(-1, 1))
    dense.bias_initializer = keras.initializers.Constant(b)
    return dense(X).numpy()[:, 0]
