# %% cross_entropy_gradient
def cross_entropy_gradient(z, y):
    one_hot = (y[:, None] == np.arange(z.shape[1])[None, :]).astype(float)
    return (softmax(z) - one_hot) / len(y)
# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, W, b):
    model = keras.Sequential([keras.Input((W.shape[0],)), keras.layers.Dense(W.shape[1])])
    model.set_weights([W, b])
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = loss_function(y, model(X))
    dW, db = tape.gradient(loss, model.trainable_variables)
    return float(loss), np.array(dW), np.array(db)
# %% +keras_loss_and_gradients
W, b = tf.Variable(layer_W), tf.Variable(layer_b)
for i in range(3):
    with tf.GradientTape(persistent=True) as tape:
        z = tf.constant(layer_X @ layer_W) + b
        loss = tf.reduce_mean(tf.square(z))
    b.assign_sub(0.1 * tape.gradient(loss, b))
# %% ^layer
print(linear_scores(layer_X, layer_W, layer_b).shape)
# %% build_classifier
class OneLayer(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.dense = keras.layers.Dense(n_classes)

    def call(self, inputs):
        return self.dense(inputs)


def build_classifier(n_features, n_classes):
    inputs = keras.Input((n_features,))
    model = OneLayer(n_classes)
    model(inputs)  # makes the weights
    schedule = keras.optimizers.schedules.ExponentialDecay(0.05, decay_steps=100, decay_rate=0.8)
    model.compile(optimizer=keras.optimizers.Adam(schedule),
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model
# %% +build_classifier
inputs = keras.Input((4,))
model = keras.Model(inputs, keras.layers.Dense(3)(inputs), name="functional")
model.summary()
