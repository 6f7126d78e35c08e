# %% net_input
net_input = lambda X, w, b: X @ w + b

# %% tlu
tlu = lambda X, w, b: heaviside(net_input(X, w, b))

# %% gate
gate = lambda name: {"AND": ((2, 2), -3), "OR": ((2, 2), -1), "NAND": ((-2, -2), 3)}[name]

# %% hebb
hebb = lambda X, s, eta: (eta * (s @ X), float(eta * s.sum()))

# %% perceptron_step
perceptron_step = lambda x, t, w, b, eta: (
    (lambda e: (w + eta * e * x, b + eta * e))(t - float(x @ w + b >= 0))
)
# %% +perceptron_step
for i in range(3):
    x, y = corners[i], i % 2
    W, b = perceptron_step(x, y, np.zeros(2), 0.0, 1.0)
    print(i, W, b)
