# exercise: keras_net_input
# cause: The layer is called first (to build it) and that output is returned; the weights are set only afterwards, so z comes from the random ones.
# a good message would say: your result differs from run to run: it was computed with the layer's random weights; set the weights before you call the layer.
def keras_net_input(X, w, b):
    """The same as net_input, by one keras.layers.Dense(1) with these weights. Returns an array (N,)."""
    layer = keras.layers.Dense(1)
    z = layer(X)  # this creates the weights
    layer.set_weights([w.reshape(-1, 1), np.array([b])])
    return np.array(z).reshape(-1)
