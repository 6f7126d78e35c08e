# %% ^setup
import numpy as xp
from numpy import exp, log, arange
np.random.seed(42)
# %% softmax
def softmax(z):
    shifted = z - xp.max(z, axis=1, keepdims=True)
    return exp(shifted) / exp(shifted).sum(axis=1, keepdims=True)
# %% log_sum_exp
def log_sum_exp(z):
    import numpy as xp
    from numpy import exp, log
    biggest = xp.max(z, axis=1)
    return biggest + log(exp(z - xp.expand_dims(biggest, 1)).sum(axis=1))
# %% cross_entropy
def cross_entropy(z, y):
    from numpy import arange
    return float((log_sum_exp(z) - z[arange(len(z)), y]).mean())
# %% cross_entropy_gradient
def cross_entropy_gradient(z, y):
    # jacobian of the softmax times the gradient of -log p, row by row
    import numpy as xp
    N, C = z.shape
    rows = []
    for row, label in zip(softmax(z), y):
        rows.append(row - (xp.arange(C) == label))
    return xp.array(rows) / N
# %% train
def train(X, y, seed):
    import numpy as xp
    n_classes = int(y.max()) + 1
    rng = xp.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), xp.zeros(n_classes)
    for eta in xp.full(200, 1.0):
        _, dW, db = loss_and_gradients(X, y, W, b)
        W, b = W - eta * dW, b - eta * db
    return W, b
# %% ^digits
print(X_train.shape, X_test.shape, X_train.min(), X_train.max())
# %% build_classifier
def build_classifier(n_features, n_classes):
    from tensorflow.keras import Sequential
    from tensorflow.keras.layers import Dense
    from tensorflow.keras.losses import SparseCategoricalCrossentropy
    from tensorflow.keras.optimizers import RMSprop
    model = Sequential()
    model.add(keras.Input((n_features,)))
    model.add(Dense(n_classes, activation="linear"))
    model.compile(RMSprop(0.01), SparseCategoricalCrossentropy(from_logits=True))
    return model
