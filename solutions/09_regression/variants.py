@variant("mean_errors")
def by_sums(y_hat, y):
    return sum((a - b) ** 2 for a, b in zip(y_hat, y, strict=True)) / len(y), sum(abs(a - b) for a, b in zip(y_hat, y, strict=True)) / len(y)


@variant("mean_errors")
def by_products(y_hat, y):
    e = y - y_hat
    return float(e @ e / e.size), float(np.linalg.norm(e, 1) / e.size)


@variant("mean_errors")
def in_float32(y_hat, y):
    e = y_hat.astype(np.float32) - y.astype(np.float32)
    return np.square(e).mean(), np.sqrt(np.square(e)).mean()


@variant("absolute_loss")
def by_where(y_hat, y):
    return np.abs(y_hat - y).mean(), np.where(y_hat >= y, 1.0, -1.0) / len(y)


@variant("absolute_loss")
def strictly_above(y_hat, y):
    slope = np.full(len(y), -1.0 / len(y))
    slope[y_hat > y] = 1.0 / len(y)
    return np.mean(np.abs(y - y_hat)), slope


@variant("absolute_loss")
def row_by_row_in_a_loop(y_hat, y):
    loss, slopes = 0.0, []
    for said, came in zip(y_hat, y, strict=True):
        loss += abs(said - came)
        slopes.append((said > came) * 1.0 - (said < came) * 1.0)
    return loss / len(y), np.array(slopes) / len(y)


@variant("huber")
def by_the_clipped_error(y_hat, y, threshold):
    e = y_hat - y
    inside = np.clip(e, -threshold, threshold)
    return np.mean(inside * (e - inside / 2)), inside / e.size


@variant("huber")
def by_masks(y_hat, y, threshold):
    e = y_hat - y
    losses, slopes = e**2 / 2, e.copy()
    far = np.abs(e) > threshold
    losses[far] = threshold * np.abs(e[far]) - threshold**2 / 2
    slopes[far] = threshold * np.sign(e[far])
    return float(losses.mean()), slopes / len(e)


@variant("huber")
def in_a_loop(y_hat, y, threshold):
    total, slopes = 0.0, np.zeros(len(y))
    for row, e in enumerate(y_hat - y):
        if abs(e) < threshold:
            total, slopes[row] = total + 0.5 * e * e, e
        else:
            total, slopes[row] = total + threshold * (abs(e) - 0.5 * threshold), threshold if e > 0 else -threshold
    return total / len(y), slopes / len(y)


@variant("loss_and_gradients")
def by_einsum(X, y, w, b, threshold):
    loss, slope = huber(np.einsum("nd,d->n", X, w) + b, y, threshold)
    return loss, np.einsum("nd,n->d", X, slope), np.einsum("n->", slope)


@variant("loss_and_gradients")
def without_huber(X, y, w, b, threshold):
    e = X @ w + b - y
    inside = np.clip(e, -threshold, threshold)
    return np.mean(inside * (e - inside / 2)), (X * inside[:, None]).mean(axis=0), inside.mean()


@variant("standardise")
def column_by_column(train, rows):
    out = np.empty(rows.shape)
    for column in range(rows.shape[1]):
        mean, std = np.mean(train[:, column]), np.std(train[:, column])
        out[:, column] = (rows[:, column] - mean) / (std or 1.0)
    return out


@variant("standardise")
def by_variance(train, rows):
    spread = np.sqrt(((train - train.mean(0)) ** 2).sum(0) / len(train))
    spread[spread == 0] = 1
    return (rows - train.mean(0)) / spread


@variant("r_squared")
def by_sums_of_squares(y_hat, y):
    return 1 - ((y - y_hat) ** 2).sum() / ((y - y.mean()) ** 2).sum()


@variant("r_squared")
def as_one_fraction(y_hat, y):
    return float((np.var(y) - np.mean(np.square(y_hat - y))) / np.var(y))


@variant("experiment")
def with_lists_of_fits(X, y, order, thresholds, rate, steps):
    train, val, test = np.split(order, [len(order) // 2, 3 * len(order) // 4])
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / std
    fits, costs = [], []
    for threshold in thresholds:
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(steps):
            slope = np.clip(Z[train] @ w + b - y[train], -threshold, threshold) / len(train)
            w = w - rate * Z[train].T @ slope
            b -= rate * slope.sum()
        fits.append((threshold, w, b))
        costs.append(np.abs(Z[val] @ w + b - y[val]).mean())
    threshold, w, b = fits[int(np.argmin(costs))]
    e = Z[test] @ w + b - y[test]
    return threshold, w, b, 1 - (e**2).sum() / ((y[test] - y[test].mean()) ** 2).sum()


@variant("experiment")
def with_a_dictionary(X, y, order, thresholds, rate, steps):
    half, most = len(order) // 2, (3 * len(order)) // 4
    rows = {"train": order[:half], "val": order[half:most], "test": order[most:]}
    Z = {name: standardise(X[rows["train"]], X[places]) for name, places in rows.items()}
    smallest, kept = np.inf, None
    for threshold in thresholds:
        parameters = np.zeros(X.shape[1]), 0.0
        for _ in range(steps):
            _, *slopes = loss_and_gradients(Z["train"], y[rows["train"]], *parameters, threshold)
            parameters = tuple(part - rate * slope for part, slope in zip(parameters, slopes, strict=True))
        mae = mean_errors(Z["val"] @ parameters[0] + parameters[1], y[rows["val"]])[1]
        if mae < smallest:
            smallest, kept = mae, (threshold, *parameters)
    return (*kept, r_squared(Z["test"] @ kept[1] + kept[2], y[rows["test"]]))


@variant("share_of")
def by_months(income, expenditure):
    return expenditure / (income * 10_000 / 12)


@variant("share_of")
def by_one_constant(income, expenditure):
    return 0.0012 * np.divide(expenditure, income)


@variant("build_regressor")
def by_adding(train):
    model = keras.Sequential()
    model.add(keras.Input(shape=train.shape[1:]))
    model.add(keras.layers.Normalization())
    model.layers[0].adapt(train)
    for size in (64, 32):
        model.add(keras.layers.Dense(size, activation=keras.activations.relu))
    model.add(keras.layers.Dense(1, activation="linear"))
    return model


@variant("build_regressor")
def by_the_functional_way(train):
    layer = keras.layers.Normalization()
    layer.adapt(train)
    inputs = keras.Input((train.shape[1],))
    hidden = keras.layers.Dense(64, activation="relu")(layer(inputs))
    hidden = keras.layers.Dense(32, activation="relu")(hidden)
    model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
    model.compile("adam", "mse")
    return model
