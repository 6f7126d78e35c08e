# %% ^setup
np.random.seed(0)
%matplotlib inline

# %% +tlu
y = []
for i in range(4):
    x = corners[i:i + 1]
    y.append(tlu(x, np.array([2.0, -1.0]), -1.0))
print(np.concatenate(y))

# %% three_units
def three_units(name):
    hidden = (([1, 1], -0.5), ([1, 1], -1.5))  # OR, AND
    if name == "XOR":
        return *hidden, ([1, -1], -0.5)  # OR and not AND
    return *hidden, ([-1, 1], 0.5)

# %% +hebb
for w in np.linspace(-1, 1, 3):
    for b in (0, 1):
        result = w + b
        print(result, end=" ")
W = result

# %% -keras_net_input
for gate in ("AND", "OR", "NAND"):
    print(gate, truth[gate])
X, t, y, x, i, b = None, None, None, None, None, None

# %% keras_net_input
def keras_net_input(X, w, b):
    model = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.Dense(1)])
    model.set_weights([np.reshape(w, (-1, 1)), np.reshape(b, (1,))])
    return model.predict(X, verbose=0).ravel()
# %% +keras_net_input
result = keras_net_input(rows, row_w, row_b)
plt.bar(range(len(result)), result)
plt.title("net inputs by Keras")
plt.show()
