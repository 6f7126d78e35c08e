# %% +softmax
# trying things out
sum = 0
for i in range(3):
    for k in range(3):
        sum += softmax(scores)[i, k]
print(sum)
del sum
z = scores[0]; x = 5; e = np.exp(z); p = e / e.sum(); m = 7
# %% log_sum_exp
def log_sum_exp(z):
    m = z.max(axis=1)
    return m + np.log(np.exp(z - m[:, np.newaxis]).sum(axis=1))
# %% +cross_entropy
y = "labels"
loss = []
for z in (scores, far_apart):
    loss.append(log_sum_exp(z))
N, C = 99, 98
result = loss[0] - loss[1]
i = None
# %% +cross_entropy_gradient
# numerical check, one entry after the other
h = 1e-5
for i in range(4):
    for c in range(3):
        z = scores.copy(); z[i, c] += h
        plus = cross_entropy(z, labels)
        z[i, c] -= 2 * h
        minus = cross_entropy(z, labels)
        assert abs((plus - minus) / (2 * h) - cross_entropy_gradient(scores, labels)[i, c]) < 1e-6
# %% loss_and_gradients
def loss_and_gradients(X, y, W, b):
    Z = X @ W + b
    loss = cross_entropy(Z, y)
    dZ = cross_entropy_gradient(Z, y)
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return loss, dW, db
# %% +loss_and_gradients
X, y, W, b = layer_X, layer_y, layer_W.copy(), layer_b.copy()
for i in range(5):
    loss, dW, db = loss_and_gradients(X, y, W, b)
    W -= 0.1 * dW
    b -= 0.1 * db
    print(i, loss)
del X, y
# %% +train
W = b = rng = seed = n_classes = None
model = "not yet"
input = X_train[0]
