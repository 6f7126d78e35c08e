"""The recipe of iris.csv: scikit-learn's bundled irises as plain text.

Run ``python datasets/iris/make.py`` (needs scikit-learn, no network) to write the file anew.
"""

from __future__ import annotations

from pathlib import Path


def csv_text() -> str:
    """The whole file: a header line, then 150 lines of four lengths in cm and the species."""
    from sklearn.datasets import load_iris

    iris = load_iris()
    lines = ["sepal_length,sepal_width,petal_length,petal_width,species"]
    for lengths, label in zip(iris.data, iris.target, strict=True):
        lines.append(",".join([*(f"{length:.1f}" for length in lengths), str(iris.target_names[label])]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("iris.csv").write_text(csv_text(), encoding="ascii", newline="\n")
