# %% sigmoid
sigmoid = lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))

# %% forward
forward = lambda X, W1, b1, W2, b2: ((h := sigmoid(X @ W1 + b1)), h @ W2 + b2)

# %% binary_cross_entropy
softplus = lambda z: np.maximum(z, 0) + np.log1p(np.exp(-abs(z)))
binary_cross_entropy = lambda z, y: float(np.mean(y * softplus(-z) + (1 - y) * softplus(z)))

# %% ebp_step
def ebp_step(X, t, W1, b1, W2, b2, rate):
    slope = lambda f: f * (1 - f)
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    d2 = (y - t) * slope(y) / len(t)
    d1 = (d2 @ W2.T) * slope(h)
    move = lambda p, g: p - rate * g
    return move(W1, X.T @ d1), move(b1, d1.sum(0)), move(W2, h.T @ d2), move(b2, d2.sum(0))

# %% descend
def descend(X, y, W1, b1, W2, b2, rate, steps):
    theta, losses = (W1, b1, W2, b2), []
    for _ in range(steps):
        loss, *grads = loss_and_gradients(X, y, *theta)
        losses.append(loss)
        theta = tuple(map(lambda p, g: p - rate * g, theta, grads))
    return *theta, np.array(losses)

# %% +descend
for i, b in enumerate([0.1, 1.0, 3.0]):
    result = descend(xor_X, xor_y, *by_hand, b, 2)[4]
    print(i, b, result)
