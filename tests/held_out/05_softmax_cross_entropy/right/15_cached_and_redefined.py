# %% -softmax
def normalise(e):  # first try, for one row
    return e / e.sum()
# %% softmax
def normalise(e):  # second try, for all rows
    return (e.T / e.sum(axis=1)).T

def softmax(z):
    return normalise(np.exp(z - np.max(z, axis=1, keepdims=True)))
# %% -cross_entropy
from functools import lru_cache

@lru_cache(maxsize=None)
def one_hot_table(n_classes):
    table = np.eye(n_classes)
    table.flags.writeable = False
    return table

@lru_cache
def rows_of(n):
    return np.arange(n)
# %% cross_entropy
def cross_entropy(z, y):
    return float(np.sum(log_sum_exp(z) - z[rows_of(len(z)), y]) / len(y))
# %% cross_entropy_gradient
def cross_entropy_gradient(z, y):
    Y = one_hot_table(z.shape[1])[y]
    return np.multiply(1 / len(z), softmax(z) - Y)
# %% +cross_entropy_gradient
def normalise(e):  # third try, same as the second
    return e / e.sum(axis=1, keepdims=True)

print(one_hot_table.cache_info())
print(np.abs(cross_entropy_gradient(scores, labels).sum(axis=1)).max())
# %% keras_loss_and_gradients
@lru_cache
def loss_function():
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)

def keras_loss_and_gradients(X, y, W, b):
    parameters = {"W": tf.Variable(W), "b": tf.Variable(b)}
    with tf.GradientTape(persistent=True) as tape:
        loss = loss_function()(y, tf.matmul(X, parameters["W"]) + parameters["b"])
    gradients = {name: tape.gradient(loss, v).numpy() for name, v in parameters.items()}
    del tape
    return float(loss), gradients["W"], gradients["b"]
