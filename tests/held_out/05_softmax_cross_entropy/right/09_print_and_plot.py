# %% ^setup
%matplotlib inline
DEBUG = False
np.set_printoptions(precision=4, suppress=True)
# %% softmax
def softmax(z):
    shifted = z - np.max(z, axis=1, keepdims=True)
    print("softmax got", z.shape) if len(z) < 5 else None
    e = np.exp(shifted)
    s = e.sum(axis=1, keepdims=True)
    p = e / s
    return p
# %% +softmax
plt.figure(figsize=(4, 2))
for i in range(len(scores)):
    plt.bar(np.arange(3) + 0.2 * i, softmax(scores)[i], width=0.2)
plt.title("four rows")
plt.show()
# %% cross_entropy
def cross_entropy(z, y):
    lse = log_sum_exp(z)
    right = z[np.arange(len(z)), y]
    loss = (lse - right).mean()
    if len(z) < 5:
        print("lse", lse, "right", right, "loss", loss)
    return loss
# %% ^suspect
print("sign and size:", suspect(scores, targets) * -3)
# %% soft_cross_entropy
def soft_cross_entropy(z, t):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    print(log_p)
    return float(-np.sum(t * log_p) / len(z))
# %% train
def train(X, y, seed):
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    losses = []
    for step in range(300):
        loss, dW, db = loss_and_gradients(X, y, W, b)
        losses.append(loss)
        W -= dW
        b -= db
        if step % 100 == 0:
            print(f"step {step:3d}: loss {loss:.4f}")
    plt.plot(losses)
    plt.xlabel("step")
    plt.show()
    return W, b
