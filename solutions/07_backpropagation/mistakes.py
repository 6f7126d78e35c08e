# Known wrong answers. The docstring is the sentence that the student reads.


def _forward(X, parameters, kind, *, first=None, after=None):
    """A forward pass with one thing in it changed. after(Z, kind): what is handed on."""
    sums, A = [], X if first is None else first(X)
    for W, b in layers(parameters):
        sums.append(A @ W + b)
        A = bend(sums[-1], kind)[0] if after is None else after(sums[-1], kind)
    return tuple(sums)


def _flat(pairs):
    return tuple(tensor for pair in pairs for tensor in pair)


@mistake("forward", general="value tensors")
def no_bend(X, parameters, kind):
    """Your layers are linear: each takes the sums of the one before. It takes what the bend makes of them."""
    return _forward(X, parameters, kind, after=lambda Z, kind: Z)


@mistake("forward", general="exchanged value")
def biases_left_out(X, parameters, kind):
    """You leave the biases out. Each layer adds its own to the product."""
    return _forward(X, _flat((W, 0 * b) for W, b in layers(parameters)), kind)


@mistake("forward", general="exchanged value")
def first_bias_left_out(X, parameters, kind):
    """The first layer's bias is missing: your first sums are right but for it."""
    return _forward(X, (parameters[0], 0 * parameters[1], *parameters[2:]), kind)


@mistake("forward", general="value tensors")
def values_for_sums(X, parameters, kind):
    """You return what comes out of the bends. Asked are the sums that go into them."""
    return tuple(bend(Z, kind)[0] for Z in forward(X, parameters, kind))


@mistake("forward", general="value tensors")
def hidden_values_for_sums(X, parameters, kind):
    """The last tensor is right. For the layers below it you return what comes out of the bends; asked are the sums that go in."""
    *hidden, last = forward(X, parameters, kind)
    return (*(bend(Z, kind)[0] for Z in hidden), last)


@mistake("forward", general="tensors value")
def last_sums_bent(X, parameters, kind):
    """All but the last tensor is right. You bend the scores: the last layer has no bend."""
    *hidden, last = forward(X, parameters, kind)
    return (*hidden, bend(last, kind)[0])


@mistake("forward", general="value tensors")
def slopes_handed_on(X, parameters, kind):
    """You hand the slope on to the next layer. `bend` returns value and slope, in this order."""
    return _forward(X, parameters, kind, after=lambda Z, kind: bend(Z, kind)[1])


@mistake("forward", general="value")
def inputs_bent(X, parameters, kind):
    """You bend X before the first layer. The first layer takes X as it is."""
    return _forward(X, parameters, kind, first=lambda X: bend(X, kind)[0])


@mistake("forward", general="value tensors")
def biases_behind_the_bend(X, parameters, kind):
    """You add each bias behind the bend, or leave it out of the sum. It belongs to the sum, before the bend."""
    sums, A = [], X
    for W, b in layers(parameters):
        sums.append(A @ W)
        A = bend(sums[-1], kind)[0] + b
    return tuple(sums)


@mistake("forward", general="exchanged value tensors")
def always_relu(X, parameters, kind):
    """Your bend is ReLU whatever `kind` says. Hand `kind` to `bend`."""
    return forward(X, parameters, "relu")


@mistake("forward", general="exchanged value tensors")
def always_tanh(X, parameters, kind):
    """Your bend is tanh whatever `kind` says. Hand `kind` to `bend`."""
    return forward(X, parameters, "tanh")


@mistake("forward", general="type")
def last_layer_left_out(X, parameters, kind):
    """Your last layer is missing. It has no bend, but its sums, the scores, belong to the answer."""
    return forward(X, parameters, kind)[:-1]


@mistake("forward", general="shape type")
def scores_alone(X, parameters, kind):
    """You return the scores alone. Return the sums of all layers, as a tuple."""
    return forward(X, parameters, kind)[-1]


@mistake("forward", general="shape tensors order")
def last_layer_first(X, parameters, kind):
    """Your sums stand in the reverse order. The first layer's come first."""
    return forward(X, parameters, kind)[::-1]


@mistake("forward", general="type")
def return_in_the_loop(X, parameters, kind):
    """You return after the first layer. Does the return stand inside the loop?"""
    return forward(X, parameters, kind)[:1]


def _deltas(X, y, parameters, kind, *, top=None, slope=None, sign=1.0):
    """A delta recursion with one thing in it changed. top(scores, y); slope(Z, kind)."""
    sums = forward(X, parameters, kind)
    found = [softmax_loss(sums[-1], y)[1] if top is None else top(sums[-1], y)]
    for place in range(len(sums) - 2, -1, -1):
        factor = bend(sums[place], kind)[1] if slope is None else slope(sums[place], kind)
        found.insert(0, sign * found[0] @ parameters[2 * place + 2].T * factor)
    return tuple(found)


@mistake("deltas", general="exchanged tensors value")
def slope_missing(X, y, parameters, kind):
    """The last delta is right. On the way down you leave the slopes of the bends out."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, kind: 1.0)


@mistake("deltas", general="tensors value exchanged")
def value_for_slope(X, y, parameters, kind):
    """The last delta is right. You multiply by the value of the bend; `bend` returns value and slope, and the slope is wanted."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, kind: bend(Z, kind)[0])


@mistake("deltas", general="tensors value")
def sum_for_slope(X, y, parameters, kind):
    """The last delta is right. You multiply by the sums Z themselves. Wanted is the slope of the bend at Z."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, kind: Z)


@mistake("deltas", general="exchanged tensors value")
def slope_at_the_value(X, y, parameters, kind):
    """The last delta is right. You take the slope at A, where it was bent already. `bend` wants the sum Z."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, kind: bend(bend(Z, kind)[0], kind)[1])


@mistake("deltas", general="tensors value")
def slope_twice(X, y, parameters, kind):
    """The last delta is right. You multiply by the slopes twice."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, kind: bend(Z, kind)[1] ** 2)


@mistake("deltas", general="tensors value")
def always_slope_of_relu(X, y, parameters, kind):
    """The last delta is right. Your slope is that of ReLU whatever `kind` says."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, _: bend(Z, "relu")[1])


@mistake("deltas", general="tensors value")
def always_slope_of_tanh(X, y, parameters, kind):
    """The last delta is right. Your slope is that of tanh whatever `kind` says."""
    return _deltas(X, y, parameters, kind, slope=lambda Z, _: bend(Z, "tanh")[1])


@mistake("deltas", general="sign value")
def target_minus_output(X, y, parameters, kind):
    """All your deltas have the wrong sign: the last one is P - Y, and the others inherit it."""
    return tuple(-delta for delta in deltas(X, y, parameters, kind))


@mistake("deltas", general="sign tensors value")
def minus_at_each_step(X, y, parameters, kind):
    """The last delta is right. You turn the sign at each step down: the recursion has no minus."""
    return _deltas(X, y, parameters, kind, sign=-1.0)


@mistake("deltas", general="factor value")
def mean_forgotten(X, y, parameters, kind):
    """Your deltas are too large, N times: the loss is a mean over the rows, so the last delta has a factor 1/N."""
    return tuple(len(X) * delta for delta in deltas(X, y, parameters, kind))


@mistake("deltas", general="factor value tensors")
def mean_at_each_step(X, y, parameters, kind):
    """The last delta is right. You divide by N again at each step down: the recursion carries the 1/N of the last delta."""
    return _deltas(X, y, parameters, kind, sign=1.0 / len(X))


@mistake("deltas", general="factor value")
def mean_twice(X, y, parameters, kind):
    """You divide by N twice: `softmax_loss` has done it already."""
    return tuple(delta / len(X) for delta in deltas(X, y, parameters, kind))


@mistake("deltas", general="value")
def slope_at_the_scores(X, y, parameters, kind):
    """You multiply the last delta by a slope. The last layer has no bend, so the recursion begins with `softmax_loss`'s delta as it is."""
    return _deltas(X, y, parameters, kind, top=lambda scores, y: softmax_loss(scores, y)[1] * bend(scores, kind)[1])


@mistake("deltas", general="exchanged value")
def targets_left_out(X, y, parameters, kind):
    """Your last delta is P / N: the targets are missing. It is (P - Y) / N."""
    return _deltas(X, y, parameters, kind, top=lambda scores, y: softmax_loss(scores, y)[1] + np.eye(scores.shape[1])[y] / len(y))


@mistake("deltas", general="value")
def scores_for_probabilities(X, y, parameters, kind):
    """You subtract the targets from the scores. They are subtracted from the probabilities: a softmax is missing."""
    return _deltas(X, y, parameters, kind, top=lambda scores, y: (scores - np.eye(scores.shape[1])[y]) / len(y))


@mistake("deltas", general="tensors value")
def before_the_slope(X, y, parameters, kind):
    """The last delta is right. The others are those by A, above the bend: keep each one after it was multiplied by the slope."""
    found = deltas(X, y, parameters, kind)
    return (*(delta @ W.T for delta, W in zip(found[1:], parameters[2::2], strict=True)), found[-1])


@mistake("deltas", general="shape order tensors")
def deltas_from_the_top(X, y, parameters, kind):
    """Your deltas stand in the order in which you found them, the last layer first. The first layer's come first."""
    return deltas(X, y, parameters, kind)[::-1]


@mistake("deltas", general="type shape tensors")
def last_delta_left_out(X, y, parameters, kind):
    """Your last delta is missing from the answer: the list begins with it."""
    return deltas(X, y, parameters, kind)[:-1]


@mistake("deltas", general="type shape tensors")
def down_to_the_inputs(X, y, parameters, kind):
    """You go one layer too far: your first tensor is the gradient by X. The deltas end at the first layer's sums."""
    found = deltas(X, y, parameters, kind)
    return (found[0] @ parameters[0].T, *found)


@mistake("deltas", general="type shape tensors")
def last_delta_alone(X, y, parameters, kind):
    """You return the last delta alone. Go on down: one delta a layer."""
    return deltas(X, y, parameters, kind)[-1:]


@mistake("deltas", general="type shape tensors")
def first_delta_missing(X, y, parameters, kind):
    """You stop one layer too early: the first layer's delta is missing. How far does your range count down?"""
    return deltas(X, y, parameters, kind)[1:]


def _gradients(X, y, parameters, kind, *, inputs=None, found=None):
    """Loss and gradients with one thing in them changed."""
    sums = forward(X, parameters, kind)
    inputs = [X, *(bend(Z, kind)[0] for Z in sums[:-1])] if inputs is None else inputs(sums)
    found = deltas(X, y, parameters, kind) if found is None else found
    pairs = [(A.T @ delta, delta.sum(axis=0)) for A, delta in zip(inputs, found, strict=True)]
    return (softmax_loss(sums[-1], y)[0], *_flat(pairs))


@mistake("loss_and_gradients", general="factor")
def gradients_divided_again(X, y, parameters, kind):
    """Your gradients are divided by N twice. The deltas have their 1/N already."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(gradient / len(X) for gradient in gradients))


@mistake("loss_and_gradients", general="factor")
def gradients_of_the_sum(X, y, parameters, kind):
    """Your gradients belong to the sum of the losses, and are N times too large. The loss is a mean."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(gradient * len(X) for gradient in gradients))


@mistake("loss_and_gradients", general="sign")
def gradients_negative(X, y, parameters, kind):
    """All your gradients have the wrong sign, and point downhill. The step turns them, not the gradient."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(-gradient for gradient in gradients))


@mistake("loss_and_gradients", general="factor tensors")
def bias_means(X, y, parameters, kind):
    """Your dW are right. You take means over the rows for the db: the deltas have their 1/N, so they are sums."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(gradient / len(X) if place % 2 else gradient for place, gradient in enumerate(gradients)))


@mistake("loss_and_gradients", general="factor tensors")
def weights_divided_again(X, y, parameters, kind):
    """Your db are right. You divide the dW by N once more: the deltas have their 1/N already."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(gradient if place % 2 else gradient / len(X) for place, gradient in enumerate(gradients)))


@mistake("loss_and_gradients", general="shape")
def biases_not_summed(X, y, parameters, kind):
    """Your bias gradients have one row an example. A bias has one entry a unit: sum over the rows."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *_flat(zip(gradients[::2], deltas(X, y, parameters, kind), strict=True)))


@mistake("loss_and_gradients", general="shape")
def biases_of_two_axes(X, y, parameters, kind):
    """Your bias gradients have two axes, (1, n). A bias has one: leave keepdims out."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(gradient[None] if place % 2 else gradient for place, gradient in enumerate(gradients)))


@mistake("loss_and_gradients", general="shape transpose")
def weights_transposed(X, y, parameters, kind):
    """Your dW are transposed. Each has the shape of its W: inputs first, then units."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *(gradient if place % 2 else gradient.T for place, gradient in enumerate(gradients)))


@mistake("loss_and_gradients", general="tensors value")
def sums_for_inputs(X, y, parameters, kind):
    """All but the dW above the first layer is right. These are made with the sums Z; what went into the layer above was f(Z)."""
    return _gradients(X, y, parameters, kind, inputs=lambda sums: [X, *sums[:-1]])


@mistake("loss_and_gradients", general="factor tensors value")
def slopes_for_inputs(X, y, parameters, kind):
    """All but the dW above the first layer is right. These are made with the slopes of the bends; what went into the layer was the value."""
    return _gradients(X, y, parameters, kind, inputs=lambda sums: [X, *(bend(Z, kind)[1] for Z in sums[:-1])])


@mistake("loss_and_gradients", general="tensors value")
def first_input_bent(X, y, parameters, kind):
    """All but dW1 is right. There you bend X; what went into the first layer is X as it is."""
    return _gradients(X, y, parameters, kind, inputs=lambda sums: [bend(X, kind)[0], *(bend(Z, kind)[0] for Z in sums[:-1])])


@mistake("loss_and_gradients", general="shape tensors order")
def gradients_from_the_top(X, y, parameters, kind):
    """Your gradients stand in the order of the way back, the last layer first. They belong in the order of the parameters."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *_flat(layers(gradients)[::-1]))


@mistake("loss_and_gradients", general="shape tensors order")
def weights_before_biases(X, y, parameters, kind):
    """You return all dW and then all db. They take turns, as the parameters do: dW1, db1, dW2, db2 ..."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *gradients[::2], *gradients[1::2])


@mistake("loss_and_gradients", general="shape tensors order")
def bias_before_weights(X, y, parameters, kind):
    """In each layer you return db before dW. They stand in the order of the parameters: dW first."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss, *_flat((db, dW) for dW, db in layers(gradients)))


@mistake("loss_and_gradients", general="type shape tensors")
def loss_left_out(X, y, parameters, kind):
    """You return the gradients without the loss. It comes first."""
    return loss_and_gradients(X, y, parameters, kind)[1:]


@mistake("loss_and_gradients", general="order shape tensors")
def loss_at_the_end(X, y, parameters, kind):
    """Your loss stands at the end. It comes first, before the gradients."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (*gradients, loss)


@mistake("loss_and_gradients", general="factor tensors")
def loss_summed(X, y, parameters, kind):
    """The gradients are right. Your loss is the sum over the rows; asked is their mean."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    return (loss * len(X), *gradients)


@mistake("loss_and_gradients", general="tensors value")
def biases_by_activations(X, y, parameters, kind):
    """All but the db below the last is right. You sum the gradient by A, above the bend: db is the sum of delta."""
    loss, *gradients = loss_and_gradients(X, y, parameters, kind)
    above = [delta.sum(axis=0) for delta in before_the_slope(X, y, parameters, kind)]
    return (loss, *_flat(zip(gradients[::2], above, strict=True)))


def _errors(f, parameters, gradients, measure):
    """measure(claimed, numbers) of each tensor."""
    found = []
    for place, claimed in enumerate(gradients):
        numbers = numerical_gradient(lambda W, place=place: f((*parameters[:place], W, *parameters[place + 1 :])), parameters[place])
        found.append(measure(claimed, numbers))
    return found


@mistake("gradient_errors", general="exchanged value tensors along")
def not_divided(f, parameters, gradients):
    """Your errors are right for tensors whose largest number is 1 alone: divide each by the largest |number| of its tensor."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(np.abs(g - n))))


@mistake("gradient_errors", general="rows value")
def divided_by_the_largest_of_all(f, parameters, gradients):
    """You divide by the largest number of all tensors, so a small tensor's error is hidden. Divide by the largest of its own tensor."""
    off = _errors(f, parameters, gradients, lambda g, n: np.max(np.abs(g - n)))
    return np.array(off) / max(_errors(f, parameters, gradients, lambda g, n: np.max(np.abs(n))))


@mistake("gradient_errors", general="value")
def means_for_maxima(f, parameters, gradients):
    """You take means over the entries. One wrong entry drowns in them: take the maximum, above and below the line."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.mean(np.abs(g - n)) / np.mean(np.abs(n))))


@mistake("gradient_errors", general="value")
def mean_over_maximum(f, parameters, gradients):
    """You average the differences of a tensor. One wrong entry drowns in a mean: take the largest."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.mean(np.abs(g - n)) / np.max(np.abs(n))))


@mistake("gradient_errors", general="value")
def lengths_for_maxima(f, parameters, gradients):
    """You divide the length of the difference by the length of the gradient. Asked are maxima, which show one wrong entry as well."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.linalg.norm(g - n) / np.linalg.norm(n)))


@mistake("gradient_errors", general="exchanged value")
def sign_kept(f, parameters, gradients):
    """You take the largest difference with its sign, so what is too small counts for nothing. Take the absolute value first."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(g - n) / np.max(np.abs(n))))


@mistake("gradient_errors", general="rows value", told_as=sign_kept)
def sign_kept_the_other_way(f, parameters, gradients):
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(n - g) / np.max(np.abs(n))))


@mistake("gradient_errors", general="exchanged value")
def sign_of_the_numbers_kept(f, parameters, gradients):
    """Below the line stands the largest number with its sign: a tensor of negative numbers is divided by a small one. Take absolute values."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(np.abs(g - n)) / np.max(n)))


@mistake("gradient_errors", general="value")
def entry_by_entry(f, parameters, gradients):
    """You divide entry by entry, so an entry near 0 makes a large error of nothing. Divide by the largest number of the tensor."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(np.abs(g - n) / np.abs(n))))


@mistake("gradient_errors", general="rows value")
def divided_by_the_claim(f, parameters, gradients):
    """You divide by the largest claimed entry. Divide by the largest numerical one: the claim is what is in doubt."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(np.abs(g - n)) / np.max(np.abs(g))))


@mistake("gradient_errors", general="factor value")
def divided_by_both(f, parameters, gradients):
    """You divide by the claimed and the numerical size together. Divide by the largest |number| alone."""
    return np.array(_errors(f, parameters, gradients, lambda g, n: np.max(np.abs(g - n)) / (np.max(np.abs(g)) + np.max(np.abs(n)))))


@mistake("gradient_errors", general="value shape type")
def one_error_for_all(f, parameters, gradients):
    """You return one error for all tensors. Return one a tensor: they say where to look."""
    return max(gradient_errors(f, parameters, gradients))


@mistake("gradient_errors", general="value shape")
def last_tensor_alone(f, parameters, gradients):
    """You return the last tensor's error alone. Collect one error a tensor in a list."""
    return gradient_errors(f, parameters, gradients)[-1:]


@mistake("gradient_errors", general="value shape")
def first_tensor_alone(f, parameters, gradients):
    """You return after the first tensor. Does the return stand inside the loop?"""
    return gradient_errors(f, parameters, gradients)[:1]


@mistake("gradient_errors", general="transformed value")
def squared_errors(f, parameters, gradients):
    """Your errors are squares of what is asked: the difference is taken as it is, without a square."""
    return gradient_errors(f, parameters, gradients) ** 2


@mistake("gradient_errors", general="value constant")
def right_or_wrong(f, parameters, gradients):
    """You return whether each tensor is off. Return how far: the errors themselves."""
    return (gradient_errors(f, parameters, gradients) > 1e-5).astype(float)


@mistake("gradient_errors", general="type")
def left_where_it_was_moved(f, parameters, gradients):
    """You ask `f` where more than one entry is moved: what was moved before was not put back. Hand `f` a fresh tuple each time."""
    held, errors = list(parameters), []
    for place, claimed in enumerate(gradients):

        def asked(W, place=place):
            held[place] = W
            return f(tuple(held))

        numbers = numerical_gradient(asked, parameters[place])
        errors.append(np.max(np.abs(claimed - numbers)) / np.max(np.abs(numbers)))
    return np.array(errors)


@mistake("gradient_errors", general="type")
def asked_where_nothing_moved(f, parameters, gradients):
    """Each time you ask `f`, nothing is moved, so all numbers are 0. Hand on the array that `numerical_gradient` moves."""
    numbers = [numerical_gradient(lambda W: f(tuple(parameters)), W) for W in parameters]
    return np.array([np.max(np.abs(g - n)) / np.max(np.abs(n)) for g, n in zip(gradients, numbers, strict=True)])


@mistake("gradient_errors", general="type")
def one_tensor_handed_on(f, parameters, gradients):
    """You ask `f` about one tensor alone. It takes all of them: put the moved one in its place among the others."""
    numbers = [numerical_gradient(f, W) for W in parameters]
    return np.array([np.max(np.abs(g - n)) / np.max(np.abs(n)) for g, n in zip(gradients, numbers, strict=True)])


def _ebp(X, Y, parameters, rate, *, output=None, slope=None, back=1.0, step=-1.0):
    """A step of error back-propagation with one thing in it changed."""
    outputs, sums = [X], []
    for W, b in layers(parameters):
        sums.append(outputs[-1] @ W + b)
        outputs.append(bend(sums[-1], "sigmoid")[0])
    P = outputs[-1]
    delta = (P - Y) / len(X) * (P * (1 - P) if output is None else output(P, sums[-1]))
    stepped = []
    for place in range(len(sums) - 1, -1, -1):
        W, b = parameters[2 * place : 2 * place + 2]
        stepped = [W + step * rate * outputs[place].T @ delta, b + step * rate * delta.sum(axis=0), *stepped]
        if place:
            h = outputs[place]
            delta = back * (h * (1 - h) if slope is None else slope(h, sums[place - 1])) * (delta @ W.T)
    return tuple(stepped)


@mistake("ebp_step", general="tensors value near")
def as_printed(X, Y, parameters, rate):
    """This does what the printed step does: the last layer still goes uphill, and every second one below it."""
    return printed_step(X, Y, parameters, rate)


@mistake("ebp_step", general="exchanged tensors value near")
def plus_mended_only(X, Y, parameters, rate):
    """The last layer goes downhill now. The minus in the recursion is still there, so every second layer below it goes uphill."""
    return printed_step(X, Y, parameters, -rate)


@mistake("ebp_step", general="exchanged value near")
def minus_mended_only(X, Y, parameters, rate):
    """All layers agree now, but all go uphill: with deltas that are derivatives, the step has a minus."""
    return ebp_step(X, Y, parameters, -rate)


@mistake("ebp_step", general="exchanged value tensors near")
def biases_uphill(X, Y, parameters, rate):
    """The weights are right. The biases still go uphill: their step has the same sign."""
    up = ebp_step(X, Y, parameters, -rate)
    return tuple(up[place] if place % 2 else new for place, new in enumerate(ebp_step(X, Y, parameters, rate)))


@mistake("ebp_step", general="exchanged value tensors near")
def ebp_biases_never_move(X, Y, parameters, rate):
    """The weights are right. The biases stay where they were: they are parameters, and step as well."""
    return tuple(parameters[place] if place % 2 else new for place, new in enumerate(ebp_step(X, Y, parameters, rate)))


@mistake("ebp_step", general="exchanged value near tensors")
def slope_of_cross_entropy(X, Y, parameters, rate):
    """Your last delta is (p - y)/N, which belongs to cross-entropy. The squared error brings in the slope of the last sigmoid, p(1 - p)."""
    return _ebp(X, Y, parameters, rate, output=lambda P, Z: 1.0)


@mistake("ebp_step", general="exchanged tensors value near")
def hidden_slopes_missing(X, Y, parameters, rate):
    """The last layer is right. Below it you leave out the slopes h(1 - h)."""
    return _ebp(X, Y, parameters, rate, slope=lambda h, Z: 1.0)


@mistake("ebp_step", general="tensors value near")
def hidden_slopes_at_the_value(X, Y, parameters, rate):
    """The last layer is right. Below it you take the sigmoid's slope at h, where it was bent already: the slope is h(1 - h)."""
    return _ebp(X, Y, parameters, rate, slope=lambda h, Z: bend(h, "sigmoid")[1])


@mistake("ebp_step", general="tensors value near")
def slopes_from_sums(X, Y, parameters, rate):
    """You compute a slope as z(1 - z). It is h(1 - h), made of what comes out of the sigmoid."""
    return _ebp(X, Y, parameters, rate, output=lambda P, Z: Z * (1 - Z), slope=lambda h, Z: Z * (1 - Z))


@mistake("ebp_step", general="exchanged value near")
def rows_not_averaged(X, Y, parameters, rate):
    """Your steps are N times too long: E is a mean over the rows."""
    return ebp_step(X, Y, parameters, rate * len(X))


@mistake("ebp_step", general="value near")
def averaged_twice(X, Y, parameters, rate):
    """Your steps are N times too short: the 1/N stands in the last delta once."""
    return ebp_step(X, Y, parameters, rate / len(X))


@mistake("ebp_step", general="exchanged value near")
def half_forgotten(X, Y, parameters, rate):
    """Your steps are twice too long: the 1/2 in E cancels the 2 of the square."""
    return ebp_step(X, Y, parameters, 2 * rate)


@mistake("ebp_step", general="tensors value near")
def new_weights_sent_back(X, Y, parameters, rate):
    """The last layer is right. You send its delta down through the new weights: all gradients are taken at the old ones."""
    outputs = [X]
    for W, b in layers(parameters):
        outputs.append(bend(outputs[-1] @ W + b, "sigmoid")[0])
    delta = (outputs[-1] - Y) / len(X) * outputs[-1] * (1 - outputs[-1])
    stepped = []
    for (W, b), h in zip(layers(parameters)[::-1], outputs[-2::-1], strict=True):
        stepped = [W - rate * h.T @ delta, b - rate * delta.sum(axis=0), *stepped]
        delta = h * (1 - h) * (delta @ stepped[0].T)
    return tuple(stepped)


@mistake("ebp_step", general="value near tensors")
def last_layer_alone(X, Y, parameters, rate):
    """Only your last layer moves. All layers step."""
    return (*parameters[:-2], *ebp_step(X, Y, parameters, rate)[-2:])


@mistake("ebp_step", general="exchanged value near beside")
def old_parameters_returned(X, Y, parameters, rate):
    """You return the parameters as they came. Return the new ones."""
    return tuple(parameters)


@mistake("ebp_step", general="value")
def gradients_returned(X, Y, parameters, rate):
    """You return the gradients. Asked are the parameters after the step: W minus rate times gradient."""
    return tuple((old - new) / rate for old, new in zip(parameters, ebp_step(X, Y, parameters, rate), strict=True))


@mistake("ebp_step", general="shape tensors order")
def ebp_from_the_top(X, Y, parameters, rate):
    """Your new parameters stand in the order of the way back, the last layer first. They belong in the order in which they came."""
    return _flat(layers(ebp_step(X, Y, parameters, rate))[::-1])


def _epoch(X, y, parameters, kind, rate, batches, *, label=None, moves=None):
    """An epoch over these batches. label(rows): which labels go with them; moves: the places that move."""
    losses = []
    for rows in batches:
        loss, *gradients = loss_and_gradients(X[rows], y[rows] if label is None else label(rows), parameters, kind)
        losses.append(loss)
        parameters = tuple(
            W - rate * dW if moves is None or place in moves else W
            for place, (W, dW) in enumerate(zip(parameters, gradients, strict=True))
        )
    return (*parameters, np.array(losses))


def _batches(order, size):
    return [order[begin : begin + size] for begin in range(0, len(order), size)]


@mistake("epoch", general="value tensors near")
def order_ignored(X, y, parameters, kind, rate, order, size):
    """Your batches hold the rows as they stand in X. Take them in the order that `order` gives."""
    return epoch(X, y, parameters, kind, rate, np.arange(len(X)), size)


@mistake("epoch", general="value tensors near")
def labels_left_behind(X, y, parameters, kind, rate, order, size):
    """You shuffle the images and leave the labels where they were. Both are taken by the same rows."""
    return epoch(X[order], y, parameters, kind, rate, np.arange(len(X)), size)


@mistake("epoch", general="value tensors near")
def images_left_behind(X, y, parameters, kind, rate, order, size):
    """You shuffle the labels and leave the images where they were. Both are taken by the same rows."""
    return epoch(X, y[order], parameters, kind, rate, np.arange(len(X)), size)


@mistake("epoch", general="shape value tensors")
def last_batch_dropped(X, y, parameters, kind, rate, order, size):
    """You drop the last batch where it is smaller than the others. Its rows count as well."""
    full = [rows for rows in _batches(order, size) if len(rows) == size] or _batches(order, size)
    return _epoch(X, y, parameters, kind, rate, full)


@mistake("epoch", general="value tensors near")
def whole_set_each_time(X, y, parameters, kind, rate, order, size):
    """Each of your steps takes all rows. It takes the rows of its batch alone."""
    return _epoch(X, y, parameters, kind, rate, [order] * len(_batches(order, size)))


@mistake("epoch", general="value tensors near")
def first_batch_each_time(X, y, parameters, kind, rate, order, size):
    """Each of your steps takes the first batch again. The slice has to begin where the last one ended."""
    batches = _batches(order, size)
    return _epoch(X, y, parameters, kind, rate, [batches[0]] * len(batches))


@mistake("epoch", general="shape value tensors")
def row_by_row(X, y, parameters, kind, rate, order, size):
    """You make a step for each row. A step takes `size` rows at once."""
    return epoch(X, y, parameters, kind, rate, order, 1)


@mistake("epoch", general="shape value tensors")
def one_batch_of_all(X, y, parameters, kind, rate, order, size):
    """You make one step with all rows. An epoch makes one step a batch."""
    return epoch(X, y, parameters, kind, rate, order, len(order))


@mistake("epoch", general="shape value tensors")
def overlapping_batches(X, y, parameters, kind, rate, order, size):
    """Your batches overlap: each begins one row after the last one. The third argument of `range` is the batch's size."""
    return _epoch(X, y, parameters, kind, rate, [order[begin : begin + size] for begin in range(len(order))])


@mistake("epoch", general="value tensors near")
def batches_one_short(X, y, parameters, kind, rate, order, size):
    """Your batches miss their last row: a slice ends *before* its end, so it is `begin + size`, without a minus 1."""
    return _epoch(X, y, parameters, kind, rate, [rows[: max(size - 1, 1)] for rows in _batches(order, size)])


@mistake("epoch", general="exchanged value tensors near")
def epoch_uphill(X, y, parameters, kind, rate, order, size):
    """Your steps go uphill: the gradient is subtracted."""
    return epoch(X, y, parameters, kind, -rate, order, size)


@mistake("epoch", general="value tensors near")
def gradients_taken_once(X, y, parameters, kind, rate, order, size):
    """You take all gradients at the parameters of the start. Each batch's are taken at the parameters as they are by then."""
    now, losses = parameters, []
    for rows in _batches(order, size):
        loss, *gradients = loss_and_gradients(X[rows], y[rows], parameters, kind)
        losses.append(loss)
        now = tuple(W - rate * dW for W, dW in zip(now, gradients, strict=True))
    return (*now, np.array(losses))


@mistake("epoch", general="value tensors near")
def each_step_from_the_start(X, y, parameters, kind, rate, order, size):
    """Each of your steps begins at the start again. It begins where the last one ended."""
    now, losses = parameters, []
    for rows in _batches(order, size):
        loss, *gradients = loss_and_gradients(X[rows], y[rows], now, kind)
        losses.append(loss)
        now = tuple(W - rate * dW for W, dW in zip(parameters, gradients, strict=True))
    return (*now, np.array(losses))


@mistake("epoch", general="value tensors near")
def last_step_alone(X, y, parameters, kind, rate, order, size):
    """Only your last batch's step counts, taken at the start: the steps before it are lost. Carry the new parameters on."""
    batches = _batches(order, size)
    losses = [loss_and_gradients(X[rows], y[rows], parameters, kind)[0] for rows in batches]
    return (*_epoch(X, y, parameters, kind, rate, batches[-1:])[:-1], np.array(losses))


@mistake("epoch", general="tensors value")
def losses_after_the_steps(X, y, parameters, kind, rate, order, size):
    """The parameters are right, but your losses are those after each step. Note each batch's loss before its step."""
    now, losses = parameters, []
    for rows in _batches(order, size):
        *now, _ = _epoch(X, y, now, kind, rate, [rows])
        losses.append(loss_and_gradients(X[rows], y[rows], tuple(now), kind)[0])
    return (*now, np.array(losses))


@mistake("epoch", general="shape tensors value")
def mean_loss(X, y, parameters, kind, rate, order, size):
    """The parameters are right, but you return one mean loss. Return each batch's."""
    *now, losses = epoch(X, y, parameters, kind, rate, order, size)
    return (*now, float(np.mean(losses)))


@mistake("epoch", general="type shape tensors")
def losses_left_out(X, y, parameters, kind, rate, order, size):
    """You return the parameters without the losses. They come last."""
    return epoch(X, y, parameters, kind, rate, order, size)[:-1]


@mistake("epoch", general="value tensors near")
def scaled_by_the_full_size(X, y, parameters, kind, rate, order, size):
    """The full batches are right. You divide the smaller last batch by the full size as well: its gradient is the mean over its own rows."""
    now, losses = parameters, []
    for rows in _batches(order, size):
        *now, loss = _epoch(X, y, now, kind, rate * len(rows) / size, [rows])
        losses.append(loss[0])
    return (*now, np.array(losses))


@mistake("epoch", general="exchanged value tensors near")
def rate_divided_by_size(X, y, parameters, kind, rate, order, size):
    """Your steps are divided by the size of the batch once more. The gradients are means already."""
    now, losses = parameters, []
    for rows in _batches(order, size):
        *now, loss = _epoch(X, y, now, kind, rate / len(rows), [rows])
        losses.append(loss[0])
    return (*now, np.array(losses))


@mistake("epoch", general="value tensors near")
def epoch_biases_never_move(X, y, parameters, kind, rate, order, size):
    """Your biases stay where they started. They step as the weights do."""
    return _epoch(X, y, parameters, kind, rate, _batches(order, size), moves=range(0, len(parameters), 2))


@mistake("epoch", general="value tensors near")
def epoch_last_layer_alone(X, y, parameters, kind, rate, order, size):
    """Only your last layer learns. All parameters step."""
    return _epoch(X, y, parameters, kind, rate, _batches(order, size), moves=(len(parameters) - 2, len(parameters) - 1))


@mistake("epoch", general="shape value tensors")
def return_after_one_batch(X, y, parameters, kind, rate, order, size):
    """You return after the first batch. Does the return stand inside the loop?"""
    return _epoch(X, y, parameters, kind, rate, _batches(order, size)[:1])


@mistake("epoch", general="exchanged tensors value near")
def start_returned(X, y, parameters, kind, rate, order, size):
    """The parameters that you return are those of the start: what your steps make is not kept."""
    return _epoch(X, y, parameters, kind, 0.0, _batches(order, size))


@mistake("epoch", general="tensors value near")
def start_returned_with_the_losses(X, y, parameters, kind, rate, order, size):
    """Your losses are right, but the parameters that you return are those of the start."""
    return (*parameters, epoch(X, y, parameters, kind, rate, order, size)[-1])


@mistake("train", general="accuracy")
def uphill(X, y, seed):
    """Your training goes uphill: the loss grows from step to step. Mend the sign of the step."""
    rng = np.random.default_rng(seed)
    parameters = start((X.shape[1], 40, 40, int(y.max()) + 1), seed)
    *parameters, _ = epoch(X, y, parameters, "relu", -0.002, rng.permutation(len(X)), 32)
    return tuple(parameters)


@mistake("train", general="start accuracy")
def never_moves(X, y, seed):
    """The parameters that you return are those of the start: what the epochs return is not kept."""
    return start((X.shape[1], 40, 40, int(y.max()) + 1), seed)


@mistake("train", general="accuracy")
def zeros_at_the_start(X, y, seed):
    """Your weights start at zero, so every hidden unit is and stays the same: nothing comes through. Use `start`."""
    rng = np.random.default_rng(seed)
    parameters = tuple(0 * part for part in start((X.shape[1], 20, 20, int(y.max()) + 1), seed))
    for _ in range(2):
        *parameters, _ = epoch(X, y, tuple(parameters), "relu", 0.1, rng.permutation(len(X)), 64)
    return tuple(parameters)


@mistake("train", general="accuracy")
def labels_in_another_order(X, y, seed):
    """Your images are shuffled and their labels are not, so there is nothing to learn. Take both by the same rows."""
    rng = np.random.default_rng(seed)
    parameters = start((X.shape[1], 20, 20, int(y.max()) + 1), seed)
    for _ in range(3):
        *parameters, _ = epoch(X[rng.permutation(len(X))], y, tuple(parameters), "relu", 0.1, np.arange(len(X)), 64)
    return tuple(parameters)


def _stepped(X, y, parameters, kind, rate, change):
    """A step by change(gradients)."""
    _, *gradients = loss_and_gradients(X, y, parameters, kind)
    return tuple(W - rate * dW for W, dW in zip(parameters, change(gradients), strict=True))


def _length(gradients):
    return np.sqrt(sum(np.sum(dW**2) for dW in gradients))


@mistake("clipped_step", general="value near tensors")
def not_clipped(X, y, parameters, kind, rate, limit):
    """You step without clipping. Where the gradients are longer than the limit, they are shortened first."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: gradients)


@mistake("clipped_step", general="value near tensors")
def each_by_itself(X, y, parameters, kind, rate, limit):
    """You clip each tensor by its own length, which turns the direction. Measure all together, and shorten all by one factor."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * min(1.0, limit / _length([dW])) for dW in gradients])


@mistake("clipped_step", general="value near tensors")
def layer_by_layer(X, y, parameters, kind, rate, limit):
    """You clip each layer by its own length, which turns the direction. Measure all together, and shorten all by one factor."""
    return _stepped(
        X, y, parameters, kind, rate,
        lambda gradients: _flat([dW * min(1.0, limit / _length(pair)) for dW in pair] for pair in layers(gradients)),
    )


@mistake("clipped_step", general="value near tensors")
def entries_cut_off(X, y, parameters, kind, rate, limit):
    """You cut each entry off at the limit, which turns the direction. Shorten all entries by one factor."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [np.clip(dW, -limit, limit) for dW in gradients])


@mistake("clipped_step", general="exchanged value near tensors")
def always_to_the_limit(X, y, parameters, kind, rate, limit):
    """You make short gradients longer: their factor is limit / length, above 1. A gradient within the limit stays as it is: min(1, ...)."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * limit / _length(gradients) for dW in gradients])


@mistake("clipped_step", general="exchanged value near tensors")
def root_forgotten(X, y, parameters, kind, rate, limit):
    """You take the sum of squares for the length: its root is missing."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * min(1.0, limit / _length(gradients) ** 2) for dW in gradients])


@mistake("clipped_step", general="value near tensors")
def lengths_added(X, y, parameters, kind, rate, limit):
    """You add the lengths of the tensors. Add their squares, and take one root at the end."""
    return _stepped(
        X, y, parameters, kind, rate,
        lambda gradients: [dW * min(1.0, limit / sum(_length([other]) for other in gradients)) for dW in gradients],
    )


@mistake("clipped_step", general="value near tensors")
def absolute_values_added(X, y, parameters, kind, rate, limit):
    """You add absolute values for the length. Add squares, and take the root."""
    return _stepped(
        X, y, parameters, kind, rate,
        lambda gradients: [dW * min(1.0, limit / sum(np.sum(np.abs(other)) for other in gradients)) for dW in gradients],
    )


@mistake("clipped_step", general="value near tensors")
def largest_entry_for_length(X, y, parameters, kind, rate, limit):
    """You take the largest entry for the length. Add the squares of all entries, and take the root."""
    return _stepped(
        X, y, parameters, kind, rate,
        lambda gradients: [dW * min(1.0, limit / max(np.max(np.abs(other)) for other in gradients)) for dW in gradients],
    )


@mistake("clipped_step", general="value near tensors")
def biases_not_measured(X, y, parameters, kind, rate, limit):
    """You measure the gradients of the weights alone. Those of the biases belong to the length as well."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * min(1.0, limit / _length(gradients[::2])) for dW in gradients])


@mistake("clipped_step", general="value near tensors")
def loss_measured(X, y, parameters, kind, rate, limit):
    """You measure the loss together with the gradients. The length is that of the gradients alone."""
    loss, *_ = loss_and_gradients(X, y, parameters, kind)
    return _stepped(
        X, y, parameters, kind, rate, lambda gradients: [dW * min(1.0, limit / _length([loss, *gradients])) for dW in gradients]
    )


@mistake("clipped_step", general="value near tensors")
def step_clipped(X, y, parameters, kind, rate, limit):
    """You clip the step, learning rate and all. Clip the gradient, and multiply by the rate after that."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * min(1.0, limit / (rate * _length(gradients))) for dW in gradients])


@mistake("clipped_step", general="value near tensors beside")
def long_gradients_thrown_away(X, y, parameters, kind, rate, limit):
    """Where the gradient is too long you do not step at all. Shorten it to the limit and step."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * float(_length(gradients) <= limit) for dW in gradients])


@mistake("clipped_step", general="exchanged value near tensors")
def factor_upside_down(X, y, parameters, kind, rate, limit):
    """Your factor stands upside down. It is limit / length, which is below 1 for a long gradient."""
    return _stepped(X, y, parameters, kind, rate, lambda gradients: [dW * max(1.0, _length(gradients) / limit) for dW in gradients])


@mistake("clipped_step", general="exchanged value near tensors")
def clipped_uphill(X, y, parameters, kind, rate, limit):
    """Your step goes uphill: the gradient is subtracted."""
    return clipped_step(X, y, parameters, kind, -rate, limit)


@mistake("clipped_step", general="exchanged value near beside", told_as=old_parameters_returned)
def clipped_start_returned(X, y, parameters, kind, rate, limit):
    return tuple(parameters)


@mistake("clipped_step", general="value")
def clipped_gradients_returned(X, y, parameters, kind, rate, limit):
    """You return the clipped gradients. Asked are the parameters after the step."""
    return tuple((old - new) / rate for old, new in zip(parameters, clipped_step(X, y, parameters, kind, rate, limit), strict=True))


@mistake("keras_deltas", general="exchanged tensors value")
def keras_by_activations(X, y, parameters, kind):
    """Below the last layer you ask for the gradient by A, behind the bend. Keep the sums, from before it, and ask for those."""
    return before_the_slope(X, y, parameters, kind)


@real("keras_deltas", "keras_by_activations")
def really_by_activations(X, y, parameters, kind):
    kept, A = [], tf.constant(X)
    pairs = [(tf.Variable(W), tf.Variable(b)) for W, b in layers(parameters)]
    with tf.GradientTape() as tape:
        for place, (W, b) in enumerate(pairs):
            A = A @ W + b
            if place < len(pairs) - 1:
                A = keras.activations.get(kind)(A)
            kept.append(A)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, kept[-1])
    return tuple(delta.numpy() for delta in tape.gradient(loss, kept))


@mistake("keras_deltas", general="value")
def keras_softmax_twice(X, y, parameters, kind):
    """You hand probabilities to a loss that was told to expect scores: a second softmax. Hand over the last sums."""

    def top(scores, y):
        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = shifted / shifted.sum(axis=1, keepdims=True)
        dp = softmax_loss(p, y)[1]
        return p * (dp - np.sum(dp * p, axis=1, keepdims=True))

    return _deltas(X, y, parameters, kind, top=top)


@mistake("keras_deltas", general="factor value")
def keras_losses_added(X, y, parameters, kind):
    """Your deltas are N times too large: the losses of the rows are added. Their mean is what counts, and what Keras takes if you leave `reduction` alone."""
    return mean_forgotten(X, y, parameters, kind)


@mistake("keras_deltas", general="shape order tensors")
def keras_from_the_top(X, y, parameters, kind):
    """Your deltas stand in the reverse order. The first layer's come first."""
    return deltas(X, y, parameters, kind)[::-1]


@mistake("keras_deltas", general="shape tensors value")
def keras_gradients_by_weights(X, y, parameters, kind):
    """You ask for the gradients by the weights. Ask for those by the sums of each layer."""
    return tuple(loss_and_gradients(X, y, parameters, kind)[1::2])


@mistake("keras_clipped_step", general="exchanged value near tensors")
def keras_clipnorm(X, y, parameters, kind, rate, limit):
    """`clipnorm` clips each tensor by its own length, which turns the direction. The option for all together is `global_clipnorm`."""
    return each_by_itself(X, y, parameters, kind, rate, limit)


@mistake("keras_clipped_step", general="exchanged value near tensors")
def keras_clipvalue(X, y, parameters, kind, rate, limit):
    """`clipvalue` cuts each entry off, which turns the direction. The option for all together is `global_clipnorm`."""
    return entries_cut_off(X, y, parameters, kind, rate, limit)


@mistake("keras_clipped_step", general="exchanged value near tensors")
def keras_not_clipped(X, y, parameters, kind, rate, limit):
    """Your optimizer does not clip. Hand it the limit when it is made: `global_clipnorm`."""
    return not_clipped(X, y, parameters, kind, rate, limit)


@mistake("keras_clipped_step", general="value near tensors")
def keras_rate_left_out(X, y, parameters, kind, rate, limit):
    """Your step has Keras's own learning rate, 0.01. Hand `rate` to SGD."""
    return clipped_step(X, y, parameters, kind, 0.01, limit)


@mistake("keras_clipped_step", general="exchanged value near beside")
def keras_start_returned(X, y, parameters, kind, rate, limit):
    """You return the parameters that you were handed. The model has the new ones: `model.get_weights()`."""
    return tuple(parameters)


@mistake("keras_clipped_step", general="value near tensors")
def keras_step_by_softmaxed(X, y, parameters, kind, rate, limit):
    """You hand probabilities to a loss that was told to expect scores: a second softmax. Hand over what the model gives."""
    found = keras_softmax_twice(X, y, parameters, kind)
    return _stepped_by(_gradients(X, y, parameters, kind, found=found)[1:], parameters, rate, limit)


@mistake("epoch", general="shape type value tensors")
def size_for_the_number(X, y, parameters, kind, rate, order, size):
    """You cut the rows into `size` batches. A batch has `size` rows: as many batches as that makes."""
    return _epoch(X, y, parameters, kind, rate, [rows for rows in np.array_split(order, size) if len(rows)])


@mistake("epoch", general="shape type value tensors")
def batches_made_even(X, y, parameters, kind, rate, order, size):
    """You spread the rows evenly over the batches. Each batch has `size` rows, and what is left makes a smaller one."""
    return _epoch(X, y, parameters, kind, rate, np.array_split(order, max(len(order) // size, 1)))


@mistake("epoch", general="value tensors near", told_as=batches_made_even)
def as_many_batches_made_even(X, y, parameters, kind, rate, order, size):
    return _epoch(X, y, parameters, kind, rate, np.array_split(order, -(-len(order) // size)))


def _taken_for_probabilities(scores, y):
    """The gradient by the scores of a Keras loss that takes them for probabilities: it clips and normalises them."""
    p, rows = np.clip(scores, 1e-7, 1 - 1e-7), np.arange(len(y))
    dp = np.ones_like(p) / p.sum(axis=1, keepdims=True)
    dp[rows, y] -= 1 / p[rows, y]
    return dp * (p == scores) / len(y)


@mistake("keras_deltas", general="value")
def keras_not_told(X, y, parameters, kind):
    """Keras was not told that it gets scores, and takes them for probabilities: say from_logits=True."""
    return _deltas(X, y, parameters, kind, top=_taken_for_probabilities)


def _taped(X, y, parameters, kind, loss):
    """Deltas on the tape with another loss(y, scores)."""
    sums, A = [], tf.constant(X)
    pairs = [(tf.Variable(W), tf.Variable(b)) for W, b in layers(parameters)]
    with tf.GradientTape() as tape:
        for W, b in pairs:
            sums.append(A @ W + b)
            A = keras.activations.get(kind)(sums[-1])
        cost = loss(y, sums[-1])
    return tuple(delta.numpy() for delta in tape.gradient(cost, sums))


@real("keras_deltas", "keras_not_told")
def really_not_told(X, y, parameters, kind):
    return _taped(X, y, parameters, kind, keras.losses.SparseCategoricalCrossentropy())


@real("keras_deltas", "keras_softmax_twice")
def really_softmax_twice(X, y, parameters, kind):
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return _taped(X, y, parameters, kind, lambda y, scores: right(y, tf.nn.softmax(scores)))


@real("keras_deltas", "keras_losses_added")
def really_losses_added(X, y, parameters, kind):
    return _taped(X, y, parameters, kind, keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum"))


def _clipped_by(X, y, parameters, kind, rate, limit, top):
    """A clipped step with another last delta."""
    found = _deltas(X, y, parameters, kind, top=top)
    return _stepped_by(_gradients(X, y, parameters, kind, found=found)[1:], parameters, rate, limit)


def _stepped_by(gradients, parameters, rate, limit):
    factor = min(1.0, limit / _length(gradients)) if _length(gradients) else 1.0
    return tuple(W - rate * factor * dW for W, dW in zip(parameters, gradients, strict=True))


@mistake("keras_clipped_step", general="value near tensors", told_as=keras_not_told)
def keras_step_not_told(X, y, parameters, kind, rate, limit):
    return _clipped_by(X, y, parameters, kind, rate, limit, _taken_for_probabilities)


@mistake("keras_clipped_step", general="exchanged value tensors")
def keras_step_summed(X, y, parameters, kind, rate, limit):
    """Your loss is a sum over the rows: without the clipping your step is as many times too long. Keras's mean is its default."""
    gradients = loss_and_gradients(X, y, parameters, kind)[1:]
    return _stepped_by([len(X) * part for part in gradients], parameters, rate, limit)


def _optimized(X, y, parameters, kind, optimizer, loss=None):
    """A step by another optimizer, or on another loss(y, scores)."""
    model = keras_network(parameters, kind)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True) if loss is None else loss
    with tf.GradientTape() as tape:
        cost = loss(y, model(X))
    optimizer.apply(tape.gradient(cost, model.trainable_weights), model.trainable_weights)
    return tuple(model.get_weights())


@real("keras_clipped_step", "keras_clipnorm")
def really_clipnorm(X, y, parameters, kind, rate, limit):
    return _optimized(X, y, parameters, kind, keras.optimizers.SGD(rate, clipnorm=limit))


@real("keras_clipped_step", "keras_clipvalue")
def really_clipvalue(X, y, parameters, kind, rate, limit):
    return _optimized(X, y, parameters, kind, keras.optimizers.SGD(rate, clipvalue=limit))


@real("keras_clipped_step", "keras_not_clipped")
def really_not_clipped(X, y, parameters, kind, rate, limit):
    return _optimized(X, y, parameters, kind, keras.optimizers.SGD(rate))


@real("keras_clipped_step", "keras_rate_left_out")
def really_rate_left_out(X, y, parameters, kind, rate, limit):
    return _optimized(X, y, parameters, kind, keras.optimizers.SGD(global_clipnorm=limit))


@real("keras_clipped_step", "keras_start_returned")
def really_start_returned(X, y, parameters, kind, rate, limit):
    _optimized(X, y, parameters, kind, keras.optimizers.SGD(rate, global_clipnorm=limit))
    return parameters


@real("keras_clipped_step", "keras_step_by_softmaxed")
def really_step_by_softmaxed(X, y, parameters, kind, rate, limit):
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(rate, global_clipnorm=limit)
    return _optimized(X, y, parameters, kind, optimizer, lambda y, scores: right(y, tf.nn.softmax(scores)))


@real("keras_clipped_step", "keras_step_summed")
def really_step_summed(X, y, parameters, kind, rate, limit):
    summed = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
    return _optimized(X, y, parameters, kind, keras.optimizers.SGD(rate, global_clipnorm=limit), summed)


@real("keras_clipped_step", "keras_step_not_told")
def really_step_not_told(X, y, parameters, kind, rate, limit):
    optimizer = keras.optimizers.SGD(rate, global_clipnorm=limit)
    return _optimized(X, y, parameters, kind, optimizer, keras.losses.SparseCategoricalCrossentropy())


@real("keras_deltas", "keras_from_the_top")
def really_from_the_top(X, y, parameters, kind):
    return _taped(X, y, parameters, kind, keras.losses.SparseCategoricalCrossentropy(from_logits=True))[::-1]


@real("keras_deltas", "keras_gradients_by_weights")
def really_gradients_by_weights(X, y, parameters, kind):
    model = keras_network(parameters, kind)
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(X))
    return tuple(gradient.numpy() for gradient in tape.gradient(loss, model.trainable_weights)[::2])
