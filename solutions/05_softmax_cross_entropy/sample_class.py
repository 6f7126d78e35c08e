"""A made-up class for the demo: each student is a way in which notebooks really come back.

A student is a function of the fully answered notebook and of the release, and gives a file name and its bytes.
"""

import json

import nbformat

NAME = "05_softmax_cross_entropy.ipynb"


def _file(notebook, name=NAME):
    return name, nbformat.writes(notebook).encode()


def _replace(notebook, *pairs):
    for old, new in pairs:
        cells = [cell for cell in notebook.cells if old in cell.source]
        if len(cells) != 1:
            raise ValueError(f"{old!r} stands in {len(cells)} cells")
        cells[0].source = cells[0].source.replace(old, new)
    return notebook


def _unanswered_after(answered, release, last):
    """Answers up to the exercise ``last``; from there on the release."""
    seen = False
    for mine, blank in zip(answered.cells, release.cells, strict=True):
        if seen:
            mine.source = blank.source
        seen = seen or f"exercise: {last}" in mine.source
    return answered


def all_right(answered, release):
    return _file(answered)


def forgets_the_mean(answered, release):
    return _file(_replace(answered, ("return dz / len(z)", "return dz")))


def global_maximum(answered, release):
    return _file(_replace(answered, ("np.max(z, axis=1, keepdims=True)", "np.max(z)")))


def softmax_twice(answered, release):
    return _file(_replace(
        answered, ("loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, tf.constant(X) @ W + b)",
                   "loss = keras.losses.SparseCategoricalCrossentropy()(y, tf.constant(X) @ W + b)")))


def not_attempted(answered, release):
    return _file(release)


def half_done(answered, release):
    return _file(_unanswered_after(answered, release, "soft_cross_entropy"))


def syntax_error(answered, release):
    return _file(_replace(answered, ("e = np.exp(shifted)", "e = np.exp(shifted")))


def deleted_and_duplicated(answered, release):
    cells = answered.cells
    first = next(i for i, cell in enumerate(cells) if "check: softmax" in cell.source)
    second = next(i for i, cell in enumerate(cells) if "check: log_sum_exp" in cell.source)
    twin = nbformat.from_dict(json.loads(json.dumps(cells[second])))
    twin.id = "a-twin"
    cells.insert(second, twin)
    del cells[first]
    return _file(answered)


def endless_loop(answered, release):
    return _file(_replace(answered, ("\n    for _ in range(300):", "\n    while True:")))


def flood(answered, release):
    return _file(_replace(answered, ("m = z.max(axis=1)", "m = z.max(axis=1); [print('shape', z.shape) for _ in range(50_000)]")))


def colab_copy(answered, release):
    for cell in answered.cells:
        cell.metadata = nbformat.NotebookNode()
        cell.pop("id", None)
    answered.metadata = nbformat.from_dict({"colab": {"provenance": []}})
    answered.nbformat_minor = 0
    return "Copy of " + NAME, json.dumps(answered).encode()


def renamed(answered, release):
    return _file(answered, NAME.replace(".ipynb", " (1).ipynb"))


def not_json(answered, release):
    return NAME, b"%PDF-1.7 this is another file"


STUDENTS = {
    "ada": all_right, "ben": forgets_the_mean, "cleo": global_maximum, "dan": softmax_twice, "eve": not_attempted,
    "finn": half_done, "gus": syntax_error, "hana": deleted_and_duplicated, "ivan": endless_loop, "june": flood,
    "kim": colab_copy, "lea": renamed, "max": not_json,
}
