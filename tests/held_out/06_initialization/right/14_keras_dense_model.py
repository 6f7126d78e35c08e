# %% glorot_uniform
def glorot_uniform(shape, seed):
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    variance = 2 / (fan_in + fan_out)
    return (rng.random(shape) - 0.5) * np.sqrt(12 * variance)
# %% recommended
def recommended(m, m_next):
    table = suspect(m, m_next)
    table[[0, 1]] = table[[1, 0]]
    table[2] *= np.sqrt((m + m_next) / m) / np.sqrt(2)
    return table
# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, weights, kind):
    model = keras.Sequential(
        [keras.Input((weights[0].shape[0],))]
        + [keras.layers.Dense(W.shape[1], activation=kind, use_bias=False) for W in weights[:-1]]
        + [keras.layers.Dense(weights[-1].shape[1], use_bias=False)])
    model.set_weights(list(weights))
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = loss_function(y, model(X))
    return float(loss), *(np.array(g) for g in tape.gradient(loss, model.trainable_variables))
# %% +keras_loss_and_gradients
inputs = keras.Input((7,))
x = keras.layers.Dense(5, "relu", kernel_initializer="he_normal")(inputs)
model = keras.Model(inputs, keras.layers.Dense(3)(x))
for i in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(small_X) ** 2)
    print(i, float(loss), len(tape.gradient(loss, model.trainable_variables)))
# %% fans
def fans(shape):
    kernel = np.empty(shape)                  # only to count entries
    return kernel[..., 0].size, kernel[..., 0, :].size
