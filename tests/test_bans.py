"""What an exercise may not use is proved by its source, or not held against it."""

from __future__ import annotations

import pytest

from grader.judge.bans import Terms, banned_use, from_outside
from grader.judge.earlier import Earlier, Trouble, leaning

BANS = ("scipy.special.softmax", "tensorflow", "torch")


def use(*cells: str, others: tuple[str, ...] = (), forward: str = "") -> str:
    return str(banned_use(cells, "softmax", Terms(BANS, (forward,) if forward else ()), others))


@pytest.mark.parametrize(
    "cells",
    [
        ("from scipy.special import softmax as quick", "def softmax(z):\n    return quick(z, axis=1)"),
        ("def softmax(z):\n    import scipy.special\n    return scipy.special.softmax(z, 1)",),
        (
            "import scipy.special as sp",
            "def helper(z):\n    return sp.softmax(z, axis=1)",
            "def softmax(z):\n    return helper(z)",
        ),
        ("import tensorflow as tf", "def softmax(z):\n    return tf.nn.softmax(z).numpy()"),
        (
            "%matplotlib inline\nfrom tensorflow import keras",
            "def softmax(z):\n    return keras.activations.softmax(z)",
        ),
        (
            "files = !ls\nfrom scipy.special import softmax as quick",
            "def softmax(z):\n    return quick(z, axis=1)\nsoftmax?",
        ),
        (
            "%%time\nfrom scipy.special import softmax as quick\nout = %timeit -o 1",
            "def softmax(z):\n    return quick(z, axis=1)",
        ),
        ("from scipy import special", "softmax = special.softmax"),
        ("from scipy import special", "quick = special.softmax", "def softmax(z):\n    return quick(z)"),
        (
            "import tensorflow as tf\ndef train():\n    def softmax(z):\n        return z",
            "def softmax(z):\n    return tf.nn.softmax(z)",
            "def later():\n    def softmax(z):\n        return z",
        ),
        ("from torch import *", "def softmax(z):\n    return from_numpy(z)"),
        ("from scipy.special import softmax",),
        ("import torch", "quick, other = torch.softmax, 1", "def softmax(z):\n    return quick(z)"),
        (
            "import torch",
            "try:\n    quick = torch.softmax\nexcept ImportError:\n    quick = None",
            "def softmax(z):\n    return quick(z)",
        ),
        ("import torch", "for quick in [torch.softmax]:\n    pass", "def softmax(z):\n    return quick(z)"),
        ("import torch", "def softmax(z, torch=torch):\n    return torch.softmax(z)"),
        (
            "from scipy import special",
            "def softmax(z):\n    return special.softmax(z)",
            "softmax = np.vectorize(softmax)",
        ),
        ("import torch", "class softmax:\n    def __call__(self, z):\n        return torch.softmax(z)"),
        ("get_ipython().run_cell_magic('time', '', 'import torch\\ndef softmax(z):\\n    return torch.softmax(z)')",),
    ],
)
def test_a_library_that_does_the_exercise_is_found(cells: tuple[str, ...]) -> None:
    assert "by hand" in use(*cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("import numpy as np", "def softmax(z):\n    return np.exp(z)"),
        ("from scipy.special import softmax as quick, logsumexp", "def softmax(z):\n    return logsumexp(z)"),
        ("import tensorflow as tf", "def softmax(z):\n    tf = 3\n    return z * tf"),
        ("import tensorflow as tf", "def other(z):\n    return tf.nn.relu(z)", "def softmax(z):\n    return z"),
        ("def softmax(z:\n",),
        ("",),
        ("x = 1",),
        ("from scipy import special", "softmax = special.softmax", "def softmax(z):\n    return np.exp(z)"),
        ("import tensorflow as tf", "h = tf.constant(1)", "def softmax(z):\n    h = 2\n    return z * h"),
        ("from torch import *", "X, y = [1], [2]\nfor z in X:\n    pass", "def softmax(z):\n    return max(z, X, y)"),
        ("from torch import *\nfrom numpy import *", "def softmax(z):\n    return exp(z)"),
        ("from scipy.special import softmax", "def softmax(z):\n    return np.exp(z)"),
        ("def compare():\n    from scipy.special import softmax", "def softmax(z):\n    return helper(z)"),
        ("import torch", "def softmax(z: torch.Tensor) -> torch.Tensor:\n    assert not isinstance(z, torch.Tensor)"),
        ("%%writefile notes.py\nimport torch\nsoftmax = torch.softmax",),
        ("get_ipython().run_cell_magic('writefile', 'a', 'import torch\\nsoftmax = torch.softmax')",),
    ],
)
def test_what_is_not_proved_is_not_told(cells: tuple[str, ...]) -> None:
    assert use(*cells) == ""


def test_odd_source_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms(bans=["scipy"])
    long = "import scipy\ndef f(x):\n    return " + " + ".join(["0"] * 1500) + " + scipy.special.softmax(x)"
    assert "scipy.special.softmax" in str(banned_use([long], "f", terms))
    branches = "if x == 0:\n    y = 0\n" + "".join(f"elif x == {n}:\n    y = {n}\n" for n in range(1, 700))
    assert str(banned_use([branches, "def f(x):\n    return x"], "f", terms)) == ""
    deep = "def f(x):\n    return g(" + " + ".join(["x"] * 1500) + ") - g(x)"
    assert "differences of g" in str(banned_use([deep], "f", Terms(forwards=["g"])))
    monkeypatch.setattr("IPython.core.inputtransformer2.TRANSFORM_LOOP_LIMIT", 3)
    assert str(banned_use(["%time 1\n" * 9, "def f(x):\n    return x"], "f", terms)) == ""


def test_another_exercise_answers_for_itself() -> None:
    cells = (
        "import tensorflow as tf",
        "def scores(z):\n    return tf.constant(z)",
        "def softmax(z):\n    return scores(z)",
    )
    assert use(*cells) != ""
    assert use(*cells, others=("scores", "softmax")) == ""
    assert use(*cells, others=("softmax", "scores")) != "", "a later exercise may use Keras: it is no excuse here"


@pytest.mark.parametrize(
    "backward",
    [
        "for i in range(3):\n        g[i] = (loss(z + h) - loss(z - h)) / 2\n    return g",
        "return (loss(z + 1e-6) - loss(z - 1e-6)) / 2e-6",
        "base = loss(z)\n    for i in range(3):\n        up = loss(z + h[i])\n"
        "        g[i] = (up - base) / h\n    return g",
        "f = lambda w: loss(w)\n    return (f(z + 1e-6) - f(z)) / 1e-6",
        "def at(w):\n        return loss(w)\n    return (at(z + 1e-6) - at(z)) / 1e-6",
    ],
)
def test_differences_as_a_backward_are_found(backward: str) -> None:
    assert "takes differences of loss" in use(f"def softmax(z):\n    {backward}", forward="loss")


def test_differences_of_a_function_that_is_handed_over_are_found() -> None:
    cells = (
        "def slope(f, x):\n    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5",
        "def softmax(z):\n    return slope(lambda w: loss(w), z)",
    )
    assert "takes differences of loss" in use(*cells, forward="loss")


@pytest.mark.parametrize(
    "backward",
    [
        "return loss(z + 1e-20j).imag / 1e-20",
        "w = z.astype(complex)\n    w[0] += step\n    return np.imag(loss(w))",
    ],
)
def test_a_step_into_the_complex_numbers_is_no_backward(backward: str) -> None:
    assert "complex numbers" in use(f"def softmax(z):\n    {backward}", forward="loss")
    assert use(f"def softmax(z):\n    {backward}") == ""


def test_a_keras_half_that_speaks_of_no_keras_is_none() -> None:
    terms = Terms(uses=("keras", "tf"))
    assert "keras or tf" in str(banned_use(["def keras_net(X, w):\n    return X @ w"], "keras_net", terms))
    assert str(banned_use(["def keras_net(X, w):\n    return tf.matmul(X, w)"], "keras_net", terms)) == ""
    helper = ["def made(w):\n    return keras.layers.Dense(1)", "def keras_net(X, w):\n    return made(w)(X)"]
    assert str(banned_use(helper, "keras_net", terms)) == ""


@pytest.mark.parametrize(
    "backward",
    [
        "return loss(z) * (1 - loss(z))",
        "value = loss(z)\n    return value - value**2",
        "return loss(z) - loss(z)**2",
        "return np.stack([g * (1 - loss(row)**2) for row in z])",
        "for row in z:\n        a = loss(row)\n        g.append(d * (1 - a**2))\n    return g",
        "return loss(z) - y",
    ],
)
def test_a_derivation_that_uses_the_forward_is_no_differencing(backward: str) -> None:
    assert use(f"def softmax(z):\n    {backward}", forward="loss") == ""


def test_a_local_name_is_no_call_of_an_exercise() -> None:
    cells = [
        "def loss(z):\n    return z.sum()",
        "def keras_loss(z):\n    loss = keras.losses.MSE()\n    return loss(z)",
    ]
    assert str(banned_use(cells, "keras_loss", Terms(twins="loss"), ["loss", "keras_loss"])) == ""
    assert str(leaning(cells, "keras_loss", {"loss": Earlier(Trouble.WRONG)}).text) == ""


@pytest.mark.parametrize(
    "answer",
    [
        "def f(x):\n    from tensorflow.keras.layers import Dense\n    return Dense(1)(x)",
        "from keras.layers import Dense as D\ndef f(x):\n    return D(1)(x)",
        "import tensorflow.keras as K\ndef f(x):\n    return K.layers.Dense(1)(x)",
        "from tensorflow.keras import layers\ndef made():\n    return layers.Dense(1)\ndef f(x):\n    return made()(x)",
        "import tensorflow\ndef f(x):\n    return tensorflow.matmul(x, x)",
        "import tensorflow as T\ndef f(x):\n    return T.matmul(x, x)",
    ],
)
def test_keras_by_any_name_is_keras(answer: str) -> None:
    assert str(banned_use([answer], "f", Terms(uses=["keras", "tf"]))) == ""
    assert "GradientTape" in str(banned_use([answer], "f", Terms(uses=["GradientTape"])))


def test_an_imported_tape_is_a_tape() -> None:
    tape = (
        "from tensorflow import GradientTape as Tape\ndef f(x):\n    with Tape() as t:\n        return t.gradient(x, x)"
    )
    assert str(banned_use([tape], "f", Terms(uses=["GradientTape"]))) == ""


def test_two_kinds_of_one_layer_are_no_difference_quotient() -> None:
    kinds = (
        "def back(dA, X, W, kind):\n    A = layer(X, W, kind)\n"
        "    return np.where(layer(X, W, 'linear') - A == 0, dA, 0)"
    )
    assert str(banned_use([kinds], "back", Terms(forwards=["layer"]))) == ""
    step = "def back(dA, X, W, kind):\n    return (layer(X, W + 1e-6, 'relu') - layer(X, W, kind)) / 1e-6"
    assert "differences of layer" in str(banned_use([step], "back", Terms(forwards=["layer"])))


def test_the_keras_half_may_not_call_its_twin() -> None:
    cells = [
        "def loss(z):\n    return z.sum()",
        "def helper(z):\n    return loss(z)",
        "def keras_loss(z):\n    return helper(z)",
        "def honest(z):\n    return float(keras.ops.sum(z))",
    ]
    told = str(banned_use(cells, "keras_loss", Terms(twins="loss"), ["loss", "keras_loss", "honest"]))
    assert told == "Here Keras is to compute what your `loss` computes: do not call `loss`."
    assert str(banned_use(cells, "honest", Terms(twins="loss"), ["loss", "keras_loss", "honest"])) == ""
    without_keras = Terms(bans=["tensorflow.nn.elu", "keras", "tensorflow.keras"], twins="loss")
    told = str(banned_use(cells, "keras_loss", without_keras, ["loss", "keras_loss", "honest"]))
    assert told == "Here TensorFlow is to compute what your `loss` computes: do not call `loss`."


def test_reading_the_notebooks_data_beside_the_arguments_is_told() -> None:
    cells = [
        "def f(x):\n    return points @ x",
        "def g(points):\n    return points",
        "def h(x):\n    k = x\n    return k",
    ]
    assert "reads `points` from outside" in str(from_outside(cells, "f", ["points", "k"]))
    assert str(from_outside(cells, "g", ["points"])) == ""
    assert str(from_outside(cells, "h", ["points", "k"])) == ""
    own = ["def points(x):\n    return x", "def f(x):\n    return points(x)"]
    assert str(from_outside(own, "f", ["points"])) == "", "a function of the student's under the data's name"


def as_class(body: str) -> str:
    return f"class Layer:\n    def __init__(self, W):\n        self.W = W\n    {body}"


@pytest.mark.parametrize(
    "backward",
    [
        "def backward(self, X):\n        return (self.forward(X + h) - self.forward(X - h)) / (2 * h)",
        "def backward(self, X):\n        base = self.forward(X)\n        return (self.forward(X + h) - base) / h",
        "def up(self, X):\n        self.high = self.forward(X + h)\n"
        "    def backward(self, X):\n        self.up(X)\n        return (self.high - self.forward(X)) / h",
        "def at(self, X):\n        return self.forward(X)\n"
        "    def backward(self, X):\n        return (self.at(X + h) - self.at(X - h)) / h",
        "def at(self, X):\n        return loss(X)\n"
        "    def backward(self, X):\n        return (self.at(X + h) - self.at(X - h)) / h",
        "def backward(self, X):\n        return (loss(X + h) - loss(X - h)) / h",
        "if True:\n        def backward(self, X):\n            f = lambda z: self.forward(z)\n"
        "            return (f(X + h) - f(X - h)) / h",
    ],
)
def test_differences_as_a_method_are_found(backward: str) -> None:
    terms = Terms(forwards=["Layer.forward", "loss"])
    for cell in (as_class(backward), f"if True:\n    @dataclass\n    class Base: pass\n{as_class(backward)}"):
        assert "takes differences of" in str(banned_use([cell], "Layer", terms))


@pytest.mark.parametrize(
    "backward",
    [
        "def backward(self, d):\n        return d * (1 - self.out**2)",
        "def forward(self, X):\n        self.out = loss(X)\n        self.W = self.W - self.rate * self.dW\n"
        "    def other(self, X):\n        self.then = loss(2 * X)",
        "def one(self, X):\n        value = loss(X)\n        return value - value.max()\n"
        "    def two(self, X):\n        value = loss(2 * X)\n        return value - value.max()",
        "def one(self, X):\n        self.out = loss(X)\n    def two(self, X):\n        self.out = loss(2 * X)\n"
        "        return self.out - self.out.max()",
        "def backward(self, X):\n        return self.forward(X) - self.target",
        "def backward(self, X):\n        return self.before.forward(X) - self.after.forward(2 * X)",
    ],
)
def test_a_method_that_keeps_values_of_the_forward_is_no_differencing(backward: str) -> None:
    assert str(banned_use([as_class(backward)], "Layer", Terms(forwards=["Layer.forward", "loss"]))) == ""


def test_a_class_is_held_against_all_its_terms() -> None:
    cells = [
        "import tensorflow as tf",
        "def loss(z):\n    return z.sum()",
        "class Base:\n    def __init__(self, loss, points):\n        self.loss, self.points = loss, points",
        "class Layer(Base):\n    def forward(self, X):\n        return loss(X) + points",
        "class Clean(Base):\n    def forward(self, loss):\n        return self.loss(loss) + self.points",
        "class Kept(Base, metaclass=Clean):\n    scale = tf.constant(1.0)",
    ]
    wrong = {"loss": Earlier(Trouble.WRONG)}
    assert str(leaning(cells, "Layer", wrong).text) == "It uses `loss`, whose check has not passed: mend it first."
    assert str(leaning(cells, "Clean", wrong).text) == ""
    assert "reads `points` from outside" in str(from_outside(cells, "Layer", ["points"]))
    assert str(from_outside(cells, "Clean", ["points"])) == ""
    assert "do not call `loss`" in str(banned_use(cells, "Layer", Terms(twins="loss")))
    assert str(banned_use(cells, "Clean", Terms(twins="loss"))) == ""
    assert "tensorflow.constant" in str(banned_use(cells, "Kept", Terms(bans=["tensorflow"])))
    assert str(banned_use(cells, "Kept", Terms(uses=["keras", "tf"]))) == ""
    assert "keras or tf" in str(banned_use(cells, "Layer", Terms(uses=["keras", "tf"])))
