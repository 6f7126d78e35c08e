# %% ^setup
%matplotlib inline
VERBOSE = True
# %% activations
def activations(X, weights, kind):
    A, outputs = X, []
    for number, W in enumerate(weights, start=1):
        A = layer(A, W, kind)
        if len(weights) < 5 and len(X) < 5:
            print(f"layer {number} ({kind}): {A.shape}, std {A.std():.3f}")
        outputs.append(A)
    return tuple(outputs)
# %% glorot_uniform
def glorot_uniform(shape, seed):
    fan_in, fan_out = shape
    rng = np.random.default_rng(seed)
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    print("limit", limit)
    W = rng.uniform(-limit, limit, size=(fan_in, fan_out))
    return W
# %% +glorot_uniform
W = glorot_uniform((100, 200), 5)
plt.hist(W.ravel(), bins=30)
plt.show()
print(W.var(), 2 / 300)
# %% ^upstream
print(small_dA.shape, small_dA.mean())
# %% train
def train(X, y, seed):
    rng = np.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    curve = []
    for e in range(20):
        eta = 0.1 * (1 - e / 20)
        shuffled = rng.permutation(len(X))
        Xs, ys = X[shuffled], y[shuffled]
        total = 0
        for k in range(0, len(X), 32):
            loss, *gradients = loss_and_gradients(Xs[k:k + 32], ys[k:k + 32], weights, "tanh")
            weights = tuple(W - eta * dW for W, dW in zip(weights, gradients))
            total += loss * len(ys[k:k + 32])
        curve.append(total / len(X))
        print(f"epoch {e:2d}  eta {eta:.3f}  loss {curve[-1]:.4f}")
    plt.plot(curve, "o-")
    plt.title(f"seed {seed}")
    plt.show()
    return weights
# %% +train
fig, ax = plt.subplots(1, 2)
for i, W in enumerate(train(X_train[:320], y_train[:320], 9)[:2]):
    ax[i].imshow(W)
plt.show()
# %% fans
def fans(shape):
    print("shape", shape)
    if len(shape) == 2:
        fan_in, fan_out = shape
    else:
        kh, kw, c_in, c_out = shape
        fan_in = kh * kw * c_in
        fan_out = kh * kw * c_out
    return fan_in, fan_out
