# %% ^setup
%matplotlib inline
np.random.seed(4)
np.set_printoptions(precision=4, suppress=True)

# %% +sigmoid
x = np.linspace(-5, 5, 101)
y = sigmoid(x)
plt.plot(x, y)
plt.title("my sigmoid")
plt.show()

# %% +forward
for W in by_hand:
    i, b, result = W.ndim, W.size, W.sum()
    print(i, b, result)

# %% +loss_and_gradients
loss, *result = loss_and_gradients(points_X, points_y, *weights)
for i, gate in enumerate(["W1", "b1", "W2", "b2"]):
    print(gate, result[i].shape, weights[i].shape)
del loss

# %% -train
X, y, t, W1, b1, W2, b2 = range(7)
e = "scratch"

# %% +train
result = [accuracy(train(X_train, y_train, i), X_test, y_test) for i in (1, 2)]
print(result)

# %% keras_descend
def keras_descend(X, y, W1, b1, W2, b2, rate, steps):
    model = keras_network(W1, b1, W2, b2)

    class Record(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.losses = []

        def on_epoch_end(self, epoch, logs=None):
            self.losses.append(logs["loss"])

    record = Record()
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=rate),
                  loss=keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(X, y, batch_size=max(1000, len(X)), epochs=steps, shuffle=False, verbose=0, callbacks=[record])
    return (*model.get_weights(), np.array(record.losses))
# %% +keras_descend
x = keras_descend(xor_X, xor_y, *by_hand, 0.5, 3)[4]
print(x)
