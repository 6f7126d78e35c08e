# %% softmax
softmax = lambda z: (lambda e: e / e.sum(axis=-1, keepdims=True))(np.exp(z - z.max(axis=-1, keepdims=True)))
# %% log_sum_exp
log_sum_exp = lambda z: (lambda m: m + np.log(np.sum(np.exp(z.T - m), axis=0)))(z.max(axis=1))
# %% cross_entropy
pick = lambda z, y: z[np.arange(len(z)), y]
cross_entropy = lambda z, y: float(np.mean(log_sum_exp(z) - pick(z, y)))
# %% soft_cross_entropy
soft_cross_entropy = lambda z, t: float(np.mean(log_sum_exp(z) - (t * z).sum(axis=1)))
# %% cross_entropy_gradient
cross_entropy_gradient = lambda z, y: (softmax(z) - np.eye(z.shape[1])[y]) / len(z)
# %% +cross_entropy_gradient
(lambda g: print(g.sum(axis=1)))(cross_entropy_gradient(scores, labels))
# %% loss_and_gradients
loss_and_gradients = lambda X, y, W, b: (lambda Z: (lambda dZ: (cross_entropy(Z, y), X.T @ dZ, dZ.sum(0)))(
    cross_entropy_gradient(Z, y)))(X @ W + b)
