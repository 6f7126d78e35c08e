# Known wrong answers. The docstring is the sentence that the student reads.


@mistake("activate", general="value near")
def as_printed(z, task):
    """You still take a softmax of one price, which is 1 for every house. The notes mean softplus."""
    return printed(z, task)


@mistake("activate", general="value near")
def relu_for_a_price(z, task):
    """ReLU is 0 for every negative score, which is not above 0. Take its smooth relative, softplus."""
    return np.maximum(z, 0) if task == "positive" else activate(z, task)


@mistake("activate", general="value near transformed")
def exponential_for_a_price(z, task):
    """Your price is exp(z), which grows without measure. It should be near z for large z: softplus."""
    return np.exp(z) if task == "positive" else activate(z, task)


@mistake("activate", general="value near")
def sigmoid_for_a_price(z, task):
    """Your price is a sigmoid, so no house costs more than 1. Take softplus."""
    return sigmoid(z) if task == "positive" else activate(z, task)


@mistake("activate", general="value near rows bounded along")
def softmax_for_labels(z, task):
    """You let the labels of a row share one whole. Labels may hold together: a sigmoid for each."""
    return activate(z, "multiclass" if task == "multilabel" else task)


@mistake("activate", general="value near rows along")
def sigmoid_for_classes(z, task):
    """Your classes do not add up to 1 in a row. Exactly one class holds: softmax."""
    return activate(z, "multilabel" if task == "multiclass" else task)


@mistake("activate", general="value near")
def softmax_for_one_score(z, task):
    """Your binary head says 1 to everyone: a softmax over one score divides it by itself. Take the sigmoid."""
    return activate(z, "multiclass" if task == "binary" else task)


@mistake("activate", general="axis value along")
def softmax_down_the_columns(z, task):
    """Your softmax adds up to 1 down the columns. It is for each row, over its classes."""
    return softmax(z.T).T if task == "multiclass" else activate(z, task)


@mistake("activate", general="returns_input value near beside transformed")
def scores_returned(z, task):
    """You return the scores as they came. Put the activation of the task on them."""
    return z


@mistake("decide", general="shape")
def one_label_a_row(z, task):
    """You take the largest label of each row. Labels are decided one by one: none, one or all of them may hold."""
    return decide(z, "multiclass") if task == "multilabel" else decide(z, task)


@mistake("decide", general="value sign")
def binary_by_argmax(z, task):
    """You look for the largest of one binary score, which is always number 0. Compare it with 0."""
    return np.zeros_like(z, dtype=int) if task == "binary" else decide(z, task)


@mistake("decide", general="value near")
def cut_at_one_half(z, task):
    """You compare scores with one half. A probability is one half where its score is 0."""
    return decide(z, task) if task == "multiclass" else (z >= 0.5).astype(int)


@mistake("decide", general="value near")
def not_on_the_border(z, task):
    """A score of exactly 0 is p = 1/2, and there the answer is 1: `>=`."""
    return decide(z, task) if task == "multiclass" else (z > 0).astype(int)


@mistake("decide", general="value near sign")
def turned_round(z, task):
    """Your labels are turned round: a score above 0 means 1."""
    return decide(z, task) if task == "multiclass" else (z < 0).astype(int)


@mistake("decide", general="value near shape")
def argmin_for_argmax(z, task):
    """You take the class with the smallest score. The largest score has the largest probability."""
    return np.argmin(z, axis=1) if task == "multiclass" else decide(z, task)


@mistake("decide", general="shape")
def largest_of_a_column(z, task):
    """You look for the largest row of each column. Asked is a class for each row: axis=1."""
    return np.argmax(z, axis=0) if task == "multiclass" else decide(z, task)


@mistake("decide", general="shape value")
def one_answer_for_all(z, task):
    """You look for the largest score of the whole batch. Asked is one class a row: `np.argmax` wants an axis."""
    return np.argmax(z) if task == "multiclass" else decide(z, task)


@mistake("decide", general="shape")
def one_hot_classes(z, task):
    """For classes you return a column each. Asked is the number of the class, (N,)."""
    return (z == z.max(axis=1, keepdims=True)).astype(int) if task == "multiclass" else decide(z, task)


def _rows(z, y, head, sigmoid_rows=None, softmax_rows=None):
    """The losses of rows, with one head's other than they are."""
    other = sigmoid_rows if head == "sigmoid" else softmax_rows
    return row_losses(z, y, head) if other is None else other(z, y)


def _entries(z, y):
    """The surprise of each label."""
    return softplus(z) - y * z


@mistake("row_losses", general="value factor")
def labels_summed(z, y, head):
    """You add up the losses of a row's labels. Take their mean: a row with more labels must not count more."""
    return _rows(z, y, head, lambda z, y: _entries(z, y).sum(axis=1))


@mistake("row_losses", general="shape")
def no_mean_over_labels(z, y, head):
    """You return a loss for each label. Asked is one a row: the mean over axis 1."""
    return _rows(z, y, head, _entries)


@mistake("row_losses", general="shape")
def labels_down_the_columns(z, y, head):
    """You average over the rows of each label. Asked is one loss a row: axis=1."""
    return _rows(z, y, head, lambda z, y: _entries(z, y).mean(axis=0))


@mistake("row_losses", general="value")
def yes_alone(z, y, head):
    """Only the labels that hold pay. One that does not hold, and was thought to, pays -log(1 - p)."""
    return _rows(z, y, head, lambda z, y: np.mean(y * softplus(-z), axis=1))


@mistake("row_losses", general="value sign")
def labels_turned(z, y, head):
    """Your labels are turned round: y = 1 pays -log p, so y * z is subtracted."""
    return _rows(z, y, head, lambda z, y: _entries(z, 1 - y).mean(axis=1))


@mistake("row_losses", general="value")
def labels_added(z, y, head):
    """You add y * z. It is subtracted: a high score of a label that holds makes the loss small."""
    return _rows(z, y, head, lambda z, y: np.mean(softplus(z) + y * z, axis=1))


@mistake("row_losses", general="sign value")
def no_minus(z, y, head):
    """Your losses are negative: a minus is missing in front."""
    return -row_losses(z, y, head)


@mistake("row_losses", general="value")
def shift_not_undone(z, y, head):
    """You shift the scores inside the sum only. The score of the class must be shifted as well, or the largest score be added again."""
    return _rows(z, y, head, None, lambda z, y: row_losses(z, y, "softmax") - z.max(axis=1))


@mistake("row_losses", general="value factor")
def divided_by_the_classes(z, y, head):
    """You divide the loss of the softmax by the number of classes. Only labels are averaged."""
    return _rows(z, y, head, None, lambda z, y: row_losses(z, y, "softmax") / z.shape[1])


@mistake("row_losses", general="value shape")
def sigmoid_of_the_class(z, y, head):
    """For the softmax you take the sigmoid of the class's score. The other scores count as well: log-sum-exp less that score."""
    return _rows(z, y, head, None, lambda z, y: softplus(-z[np.arange(len(y)), y]))


@mistake("row_losses", general="shape")
def mean_of_the_batch(z, y, head):
    """You average over the rows already. Weights come in between: return one loss a row."""
    return np.mean(row_losses(z, y, head))


@mistake("row_losses", general="value factor transformed")
def in_bits(z, y, head):
    """Your logarithm has the base 2. The natural logarithm is meant."""
    return row_losses(z, y, head) / np.log(2)


@mistake("row_losses", general="bounds nan value", keeps="with small scores it is right")
def from_rounded_probabilities(z, y, head):
    """Where a probability is rounded to 0 or 1, your logarithm is infinite. Compute from scores: softplus, and log-sum-exp with a shift."""
    with np.errstate(all="ignore"):
        if head == "sigmoid":
            p = sigmoid(z)
            return np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p)), axis=1)
        return -np.log(softmax(z)[np.arange(len(y)), y])


@mistake("row_losses", general="bounds near value", keeps="with small scores it is right to many digits")
def epsilon_in_the_logarithm(z, y, head):
    """A small number inside your logarithm bounds the loss: who is wrong and very sure pays too little. Compute from scores."""
    p = activate(z, "multilabel" if head == "sigmoid" else "multiclass")
    if head == "sigmoid":
        return -np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12), axis=1)
    return -np.log(p[np.arange(len(y)), y] + 1e-12)


@mistake("row_losses", general="nan value bounds", keeps="where rows are alike in size it is right")
def shifted_by_the_batch(z, y, head):
    """You shift all rows by the largest score of the batch, so a row far below it has only zeros in its sum. Shift each row by its own."""
    with np.errstate(all="ignore"):
        return _rows(z, y, head, None, lambda z, y: np.log(np.exp(z - z.max()).sum(axis=1)) + z.max() - z[np.arange(len(y)), y])


@mistake("row_losses", general="nan value bounds", keeps="with small scores it is right")
def softmax_not_shifted(z, y, head):
    """At large scores the exponential of your softmax overflows. Subtract the largest score of each row first."""
    with np.errstate(all="ignore"):
        return _rows(z, y, head, None, lambda z, y: np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y])


@mistake("balanced_weights", general="factor value")
def classes_left_out(y, C):
    """Your weights are C times too large: the denominator is C times the count."""
    return balanced_weights(y, C) * C


@mistake("balanced_weights", general="value near transformed")
def shares_of_the_classes(y, C):
    """You return the share of each class, so the frequent one weighs most. The rare one should."""
    return np.bincount(y, minlength=C) / len(y)


@mistake("balanced_weights", general="value near factor")
def one_over_the_counts(y, C):
    """Your weights are 1 over the counts. Times N over C, all rows together weigh N."""
    counts = np.bincount(y, minlength=C)
    return np.where(counts > 0, 1 / np.maximum(counts, 1), 0.0)


@mistake("balanced_weights", general="value near factor")
def largest_over_the_counts(y, C):
    """Your most frequent class has the weight 1, so all rows together weigh more than N. Take N over C times the count."""
    counts = np.bincount(y, minlength=C)
    return np.where(counts > 0, counts.max() / np.maximum(counts, 1), 0.0)


@mistake("balanced_weights", general="value near factor")
def weights_with_the_sum_one(y, C):
    """You made the sum of the weights 1. The sum over all *rows* should be N: no division afterwards."""
    weights = balanced_weights(y, C)
    return weights / weights.sum()


@mistake("balanced_weights", general="value near")
def share_of_the_others(y, C):
    """You give a class the share of the others. For three classes and more that is not balanced: N over C times the count."""
    counts = np.bincount(y, minlength=C)
    return np.where(counts > 0, 1 - counts / len(y), 0.0)


@mistake("balanced_weights", general="shape")
def a_weight_for_each_row(y, C):
    """You return a weight a row. Asked is one a class, (C,)."""
    return balanced_weights(y, C)[y]


@mistake("balanced_weights", general="nan value", keeps="where all classes have rows it is right")
def empty_class_infinite(y, C):
    """A class without rows gets an infinite weight from you. It gets 0."""
    with np.errstate(all="ignore"):
        return len(y) / (C * np.bincount(y, minlength=C))


@mistake("balanced_weights", general="value near", keeps="where all classes have rows it is right")
def empty_class_counts_one_row(y, C):
    """A class without rows gets a weight from you, as if it had one row. It gets 0."""
    return len(y) / (C * np.maximum(np.bincount(y, minlength=C), 1))


@mistake("balanced_weights", general="shape", keeps="where all classes have rows it is right")
def ends_at_the_last_class(y, C):
    """Your array ends at the last class that occurs, and an empty class before it has an infinite weight. Asked is one for each of C, 0 where no row is."""
    with np.errstate(all="ignore"):
        return len(y) / (C * np.bincount(y))


@mistake("balanced_weights", general="shape", keeps="where all classes have rows it is right")
def only_classes_that_occur(y, C):
    """Your array has an entry for classes that occur, and no more. Asked is one for each of C: `minlength`."""
    counts = np.unique(y, return_counts=True)[1]
    return len(y) / (C * counts)


@mistake("balanced_weights", general="value factor near", keeps="where all classes have rows it is right")
def empty_classes_not_counted(y, C):
    """You divide by the number of classes that occur. Classes without rows count in C as well."""
    return balanced_weights(y, C) * C / len(np.unique(y))


@mistake("row_weights", general="value near ignored")
def class_weights_alone(y, class_weight, sample_weight):
    """You leave the rows' own weights out. Multiply by them."""
    return row_weights(y, class_weight, None)


@mistake("row_weights", general="value near ignored")
def own_weights_alone(y, class_weight, sample_weight):
    """You leave the class weights out. Multiply by that of the row's class."""
    return row_weights(y, {}, sample_weight)


@mistake("row_weights", general="value near")
def weights_added(y, class_weight, sample_weight):
    """You add the two weights. They are factors: multiply."""
    own = np.ones(len(y)) if sample_weight is None else sample_weight
    return row_weights(y, class_weight, None) + own - (sample_weight is None)


@mistake("row_weights", general="value near")
def mean_of_both(y, class_weight, sample_weight):
    """You take the mean of the two weights. They are factors: multiply."""
    weights = row_weights(y, class_weight, None)
    return weights if sample_weight is None else (weights + sample_weight) / 2


@mistake("row_weights", general="value near zeros")
def missing_class_counts_nothing(y, class_weight, sample_weight):
    """A class that is not in the dictionary counts 0 with you. It counts 1."""
    return row_weights(y, {k: class_weight.get(k, 0.0) for k in range(10)}, sample_weight)


@mistake("row_weights", general="value near")
def class_for_weight(y, class_weight, sample_weight):
    """You multiply by the number of the class. Its weight stands in the dictionary under that number."""
    return y * (np.ones(len(y)) if sample_weight is None else sample_weight)


@mistake("row_weights", general="value factor near")
def weights_to_the_mean_one(y, class_weight, sample_weight):
    """You divide the weights by their mean. Asked is the plain product."""
    weights = row_weights(y, class_weight, sample_weight)
    return weights / weights.mean()


def _weighted(z, y, weights, head, *, loss=None, dz=None):
    """Loss and gradient, with one of them or both changed: functions of the right one."""
    right = loss_and_gradient(z, y, weights, head)
    return right[0] if loss is None else loss(right[0]), right[1] if dz is None else dz(right[1])


@mistake("loss_and_gradient", general="tensors value factor ignored")
def weights_nowhere(z, y, weights, head):
    """You leave the weights out. They are factors of the rows' losses, and of their slopes."""
    return loss_and_gradient(z, y, np.ones(len(z)), head)


@mistake("loss_and_gradient", general="tensors value factor rows")
def weights_in_the_loss_alone(z, y, weights, head):
    """Your loss is right, but its gradient has no weights. They are constant factors of the rows' losses, and so of their slopes."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz / weights[:, None])


@mistake("loss_and_gradient", general="tensors value factor")
def weights_in_the_gradient_alone(z, y, weights, head):
    """Your gradient is right, but the loss has no weights."""
    return _weighted(z, y, weights, head, loss=lambda loss: np.mean(row_losses(z, y, head)))


@mistake("loss_and_gradient", general="tensors value factor")
def over_the_sum_of_weights(z, y, weights, head):
    """You divide by the sum of the weights. That is a choice, too, but here, as in Keras, N divides."""
    by = len(z) / weights.sum()
    return _weighted(z, y, weights, head, loss=lambda loss: loss * by, dz=lambda dz: dz * by)


@mistake("loss_and_gradient", general="tensors factor value")
def gradient_over_the_sum_of_weights(z, y, weights, head):
    """Your loss divides by N, and your gradient by the sum of the weights. Divide both by N."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz * len(z) / weights.sum())


@mistake("loss_and_gradient", general="tensors factor value")
def gradient_of_the_sum(z, y, weights, head):
    """Your gradient is N times too large: the loss is a mean over the rows, so each row's slope is over N."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz * len(z))


@mistake("loss_and_gradient", general="tensors factor value")
def sum_of_the_batch(z, y, weights, head):
    """Loss and gradient are N times too large: they belong to the sum over rows. Take the mean."""
    return _weighted(z, y, weights, head, loss=lambda loss: loss * len(z), dz=lambda dz: dz * len(z))


@mistake("loss_and_gradient", general="tensors factor value")
def labels_not_averaged(z, y, weights, head):
    """The loss is the mean over the labels of a row, so the gradient of the sigmoids is over C as well. Yours is C times too large."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz * (z.shape[1] if head == "sigmoid" else 1))


@mistake("loss_and_gradient", general="tensors factor value")
def classes_averaged(z, y, weights, head):
    """You divide the gradient of the softmax by C. A row has one loss, whatever the number of classes."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz / (z.shape[1] if head == "softmax" else 1))


@mistake("loss_and_gradient", general="tensors sign value")
def came_minus_said(z, y, weights, head):
    """The sign of your gradient is turned: it is what was said minus what came."""
    return _weighted(z, y, weights, head, dz=lambda dz: -dz)


@mistake("loss_and_gradient", general="tensors value transformed")
def weights_squared(z, y, weights, head):
    """The weights are in your gradient twice. Once is enough."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz * weights[:, None])


@mistake("loss_and_gradient", general="tensors value")
def slope_of_the_sigmoid_again(z, y, weights, head):
    """You multiply by p (1 - p). That slope has cancelled already: p - y is by the score."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz * (sigmoid(z) * (1 - sigmoid(z)) if head == "sigmoid" else 1))


@mistake("loss_and_gradient", general="tensors value")
def class_not_subtracted(z, y, weights, head):
    """Your softmax's gradient is the probabilities alone. What came is subtracted: 1 at the class of each row."""
    return _weighted(z, y, weights, head, dz=lambda dz: weights[:, None] * softmax(z) / len(z) if head == "softmax" else dz)


@mistake("loss_and_gradient", general="tensors value")
def softmax_gradient_of_sigmoids(z, y, weights, head):
    """For the softmax head you take the sigmoids' probabilities. Each head has its own."""

    def changed(dz):
        return dz if head == "sigmoid" else dz + weights[:, None] * (sigmoid(z) - softmax(z)) / len(z)

    return _weighted(z, y, weights, head, dz=changed)


@mistake("loss_and_gradient", general="tensors value")
def softmax_for_the_labels(z, y, weights, head):
    """For the sigmoid head you take the softmax's probabilities. Each label has a sigmoid of its own."""

    def changed(dz):
        return dz if head == "softmax" else dz + weights[:, None] * (softmax(z) - sigmoid(z)) / len(z) / z.shape[1]

    return _weighted(z, y, weights, head, dz=changed)


@mistake("loss_and_gradient", general="tensors value along rows")
def one_weight_for_all(z, y, weights, head):
    """You weight all rows of the gradient by the mean weight. Each row has its own: `weights[:, None]`."""
    return _weighted(z, y, weights, head, dz=lambda dz: dz / weights[:, None] * weights.mean())


@mistake("loss_and_gradient", general="tensors value")
def loss_of_the_mean_weight(z, y, weights, head):
    """Your loss is the mean loss times the mean weight. Multiply row by row first, then take the mean."""
    return _weighted(z, y, weights, head, loss=lambda loss: np.mean(weights) * np.mean(row_losses(z, y, head)))


@mistake("loss_and_gradient", general="type tensors shape")
def losses_not_averaged(z, y, weights, head):
    """You return a loss for each row. Asked is their mean, one number."""
    return weights * row_losses(z, y, head), loss_and_gradient(z, y, weights, head)[1]


@mistake("loss_and_gradient", general="order type tensors shape")
def gradient_before_loss(z, y, weights, head):
    """You return the gradient before the loss. The order is: loss, dz."""
    return loss_and_gradient(z, y, weights, head)[::-1]


def _run(X, y, seed, *, weights=None, epochs=10, rate=0.05, momentum=0.9, scaled=True, labels=None, spread=1.0):
    """A training as the reference's, with something changed. labels(rows, y): those that go with the rows."""
    rng = np.random.default_rng(seed)
    mean, std = (X.mean(axis=0), X.std(axis=0)) if scaled else (np.zeros(X.shape[1]), np.ones(X.shape[1]))
    U = (X - mean) / std
    weights = balanced_weights(y, 2)[y] if weights is None else weights
    parameters = tuple(spread * W for W in start((X.shape[1], 8, 4, 1), rng))
    velocities = [np.zeros_like(W) for W in parameters]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for k in range(0, len(X), 15):
            rows = order[k : k + 15]
            z, inputs = forward(U[rows], parameters)
            came = y[rows] if labels is None else labels(k, y)
            gradients = backward(loss_and_gradient(z, came[:, None], weights[rows], "sigmoid")[1], inputs, parameters)
            velocities = [momentum * v - rate * dW for v, dW in zip(velocities, gradients, strict=True)]
            parameters = [W + v for W, v in zip(parameters, velocities, strict=True)]
    return mean, std, *parameters


@mistake("train", general="accuracy")
def weights_left_out(X, y, seed):
    """Few of the rare class are found. Balanced weights must reach the loss in each batch, beside the labels of the same rows."""
    return _run(X, y, seed, weights=np.ones(len(y)))


@mistake("train", general="accuracy")
def weights_exchanged(X, y, seed):
    """Hardly anyone of the rare class is found: the weights of the two classes are exchanged. The rare class has the large one."""
    return _run(X, y, seed, weights=balanced_weights(y, 2)[1 - y])


@mistake("train", general="accuracy start")
def never_moves(X, y, seed):
    """All biases are 0, as at the start: the parameters that you return have not moved. Keep what each step makes."""
    return _run(X, y, seed, epochs=0)


@mistake("train", general="accuracy")
def not_standardised(X, y, seed):
    """Your columns are not standardised: mean is 0 and std is 1 for all of them. Take those of the rows that came, and return them."""
    return _run(X, y, seed, scaled=False)


@mistake("train", general="accuracy")
def trained_uphill(X, y, seed):
    """Your training goes uphill: the loss grows from step to step. Mend the sign of the step."""
    return _run(X, y, seed, rate=-0.05)


@mistake("train", general="accuracy", told_as=weights_left_out)
def labels_left_behind(X, y, seed):
    return _run(X, y, seed, labels=lambda k, y: y[k : k + 15])


def _at(p, y, t, *, matrix=None, precision=None, recall=None, called=None):
    """The matrix and its shares, with something changed. called: another way to say who is a case."""
    said = (p >= t if called is None else called).astype(float)
    right, changes = at_threshold(said, y, 0.5), (matrix, precision, recall)
    return tuple(value if other is None else other(at_threshold(p, y, t)[0]) for value, other in zip(right, changes, strict=True))


def _share(some, of):
    return some / of if of else 1.0


@mistake("at_threshold", general="tensors transpose value")
def matrix_transposed(p, y, t):
    """Your matrix has what was said in its rows. Rows are what is, columns what was said."""
    return _at(p, y, t, matrix=lambda m: m.T)


@mistake("at_threshold", general="tensors transpose value")
def all_transposed(p, y, t):
    """Your matrix has what was said in its rows, so precision and recall are exchanged as well. Rows are what is."""
    return _at(p, y, t, matrix=lambda m: m.T, precision=lambda m: m[1, 1] / m[1].sum(), recall=lambda m: _share(m[1, 1], m[:, 1].sum()))


@mistake("at_threshold", general="order tensors value")
def recall_before_precision(p, y, t):
    """Precision and recall are exchanged. Precision looks at those called, recall at the cases."""
    matrix, precision, recall = at_threshold(p, y, t)
    return matrix, recall, precision


@mistake("at_threshold", general="tensors value")
def cases_first(p, y, t):
    """Your matrix begins with the cases. Row 0 and column 0 belong to label 0."""
    return _at(p, y, t, matrix=lambda m: m[::-1, ::-1])


@mistake("at_threshold", general="tensors value")
def cases_first_and_transposed(p, y, t):
    """Your matrix begins with the cases, and has what was said in its rows. Here rows are what is, and label 0 comes first."""
    return _at(p, y, t, matrix=lambda m: m[::-1, ::-1].T)


@mistake("at_threshold", general="tensors value factor")
def matrix_of_shares(p, y, t):
    """You return shares in the matrix. Asked are counts."""
    return _at(p, y, t, matrix=lambda m: m / m.sum())


@mistake("at_threshold", general="tensors value")
def accuracy_for_precision(p, y, t):
    """Your precision is the accuracy. Look at those called alone: which share of them are cases?"""
    return _at(p, y, t, precision=lambda m: np.trace(m) / m.sum())


@mistake("at_threshold", general="tensors value")
def controls_recalled(p, y, t):
    """Your recall is the share of the controls that are right. Look at the cases."""
    return _at(p, y, t, recall=lambda m: m[0, 0] / m[0].sum() if m[0].sum() else 1.0)


@mistake("at_threshold", general="tensors value")
def recall_of_all(p, y, t):
    """You divide what is found by all rows. Recall divides by the cases, precision by those called."""
    return _at(p, y, t, recall=lambda m: m[1, 1] / m.sum())


@mistake("at_threshold", general="tensors value")
def false_alarm_rate(p, y, t):
    """Your precision is one minus the share of controls that are called. Precision looks at those called: how many of them are cases?"""
    return _at(p, y, t, precision=lambda m: m[0, 0] / m[0].sum() if m[0].sum() else 1.0)


@mistake("at_threshold", general="tensors value")
def strictly_above(p, y, t):
    """A row with p exactly at the threshold is called a case: `>=`."""
    return _at(p, y, t, called=p > t)


@mistake("at_threshold", general="tensors value")
def below_is_called(p, y, t):
    """You call those *below* the threshold. Called is who has p >= t."""
    return _at(p, y, t, called=p < t)


@mistake("at_threshold", general="tensors value")
def always_at_one_half(p, y, t):
    """You cut at 0.5 whatever the threshold is. Compare with t."""
    return _at(p, y, t, called=p >= 0.5)


@mistake("at_threshold", general="nan tensors value", keeps="where somebody is called it is right")
def nobody_called_is_nan(p, y, t):
    """Where nobody is called, your precision is 0/0. Call it 1."""
    return _at(p, y, t, precision=lambda m: m[1, 1] / m[:, 1].sum() if m[:, 1].sum() else np.nan)


@mistake("at_threshold", general="tensors value zeros", keeps="where somebody is called it is right")
def nobody_called_is_zero(p, y, t):
    """Where nobody is called, your precision is 0. Call it 1: no alarm was false."""
    return _at(p, y, t, precision=lambda m: m[1, 1] / max(m[:, 1].sum(), 1))


def _rows_to_one(q):
    return q / q.sum(axis=1, keepdims=True)


@mistake("unweighted", general="value near")
def weighted_again(p, class_weights):
    """You multiply by the weights, so they are in it twice. They come out by division."""
    return _rows_to_one(p * class_weights)


@mistake("unweighted", general="value near columns per_column")
def not_made_whole(p, class_weights):
    """Your rows do not add up to 1. Divide each by its sum after the weights are out."""
    return p / class_weights


@mistake("unweighted", general="value near axis")
def columns_made_whole(p, class_weights):
    """You made the columns add up to 1. The rows should: axis=1."""
    q = p / class_weights
    return q / q.sum(axis=0)


@mistake("unweighted", general="value near")
def whole_batch_made_whole(p, class_weights):
    """You divide by the sum of the whole batch. Each row has the sum 1: axis=1 and `keepdims=True`."""
    q = p / class_weights
    return q / q.sum()


@mistake("unweighted", general="value near")
def by_the_largest(p, class_weights):
    """You divide each row by its largest entry. Divide by its sum, so that it is made of probabilities."""
    q = p / class_weights
    return q / q.max(axis=1, keepdims=True)


@mistake("unweighted", general="value near")
def softmax_again(p, class_weights):
    """You put a softmax on the quotients. They are no scores: divide each row by its sum."""
    return softmax(p / class_weights)


@mistake("unweighted", general="returns_input value near beside")
def weights_left_in(p, class_weights):
    """You return the probabilities as they came. Divide each column by its weight first."""
    return p


# What Keras gives for the usual slips, known in NumPy; and the same slips with Keras.


def _taped(z, y, weights, head, loss_of):
    """Loss and gradient by the tape. loss_of(y, z, weights): a tensor."""
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = loss_of(y, z, weights)
    return float(loss), tape.gradient(loss, z).numpy()


def _loss(head, **settings):
    """Keras's loss of a head."""
    kind = keras.losses.BinaryCrossentropy if head == "sigmoid" else keras.losses.SparseCategoricalCrossentropy
    return kind(from_logits=True, **settings)


@mistake("keras_loss_and_gradient", general="tensors value factor ignored")
def keras_weights_nowhere(z, y, weights, head):
    """You did not hand over the weights: `sample_weight=weights` where the loss is called."""
    return weights_nowhere(z, y, weights, head)


@real("keras_loss_and_gradient", "keras_weights_nowhere")
def really_weights_nowhere(z, y, weights, head):
    return _taped(z, y, weights, head, lambda y, z, weights: _loss(head)(y, z))


@mistake("keras_loss_and_gradient", general="tensors value factor")
def keras_over_the_sum_of_weights(z, y, weights, head):
    """Your reduction divides by the sum of the weights. Keras's usual one divides by N, as yours does in NumPy."""
    return over_the_sum_of_weights(z, y, weights, head)


@real("keras_loss_and_gradient", "keras_over_the_sum_of_weights")
def really_over_the_sum_of_weights(z, y, weights, head):
    return _taped(z, y, weights, head, lambda y, z, weights: _loss(head, reduction="mean_with_sample_weight")(y, z, sample_weight=weights))


@mistake("keras_loss_and_gradient", general="tensors factor value")
def keras_sum_of_the_batch(z, y, weights, head):
    """Loss and gradient are N times too large: the reduction "sum" was asked for. Leave it as it comes."""
    return sum_of_the_batch(z, y, weights, head)


@real("keras_loss_and_gradient", "keras_sum_of_the_batch")
def really_sum_of_the_batch(z, y, weights, head):
    return _taped(z, y, weights, head, lambda y, z, weights: _loss(head, reduction="sum")(y, z, sample_weight=weights))


@mistake("keras_loss_and_gradient", general="tensors value")
def keras_softmax_twice(z, y, weights, head):
    """For the softmax head you put a softmax on the scores, and from_logits=True puts another one on it. Hand over the scores."""
    if head == "sigmoid":
        return loss_and_gradient(z, y, weights, head)
    p = softmax(z)
    loss, by_p = loss_and_gradient(p, y, weights, head)
    return loss, p * (by_p - np.sum(by_p * p, axis=1, keepdims=True))


@real("keras_loss_and_gradient", "keras_softmax_twice")
def really_softmax_twice(z, y, weights, head):
    scores = (lambda z: z) if head == "sigmoid" else tf.nn.softmax
    return _taped(z, y, weights, head, lambda y, z, weights: _loss(head)(y, scores(z), sample_weight=weights))


@mistake("keras_loss_and_gradient", general="tensors value")
def keras_sigmoid_twice(z, y, weights, head):
    """For the sigmoid head you put a sigmoid on the scores, and from_logits=True puts another one on it. Hand over the scores."""
    if head == "softmax":
        return loss_and_gradient(z, y, weights, head)
    p = sigmoid(z)
    loss, by_p = loss_and_gradient(p, y, weights, head)
    return loss, by_p * p * (1 - p)


@real("keras_loss_and_gradient", "keras_sigmoid_twice")
def really_sigmoid_twice(z, y, weights, head):
    scores = (lambda z: z) if head == "softmax" else tf.nn.sigmoid
    return _taped(z, y, weights, head, lambda y, z, weights: _loss(head)(y, scores(z), sample_weight=weights))


@mistake("keras_loss_and_gradient", general="tensors value factor")
def keras_softmax_for_labels(z, y, weights, head):
    """For the sigmoid head you take the categorical loss: it runs on labels of 0 and 1, but with a softmax. BinaryCrossentropy belongs."""
    if head == "softmax":
        return loss_and_gradient(z, y, weights, head)
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.mean(weights * -np.sum(y * log_p, axis=1)), weights[:, None] * (softmax(z) - y) / len(z)  # TensorFlow's slope takes it for granted that y has the sum 1


@real("keras_loss_and_gradient", "keras_softmax_for_labels")
def really_softmax_for_labels(z, y, weights, head):
    loss_of = keras.losses.CategoricalCrossentropy(from_logits=True) if head == "sigmoid" else _loss(head)
    return _taped(z, y, weights, head, lambda y, z, weights: loss_of(y, z, sample_weight=weights))


@mistake("keras_loss_and_gradient", general="tensors factor value")
def keras_labels_summed(z, y, weights, head):
    """For the sigmoid head loss and gradient are C times too large. The loss is the mean over the labels."""
    by = z.shape[1] if head == "sigmoid" else 1
    return _weighted(z, y, weights, head, loss=lambda loss: loss * by, dz=lambda dz: dz * by)


@real("keras_loss_and_gradient", "keras_labels_summed")
def really_labels_summed(z, y, weights, head):
    def loss_of(y, z, weights):
        if head == "softmax":
            return _loss(head)(y, z, sample_weight=weights)
        return tf.reduce_mean(weights * tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(y, z), axis=1))

    return _taped(z, y, weights, head, loss_of)
