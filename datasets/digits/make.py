"""The recipe of digits.csv: scikit-learn's bundled digits as plain text.

Run ``python datasets/digits/make.py`` (needs scikit-learn, no network) to write the file anew.
"""

from __future__ import annotations

from pathlib import Path


def csv_text() -> str:
    """The whole file: a header line, then 1797 lines of 64 pixels (0..16) and the label."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    header = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)] + ["label"]
    lines = [",".join(header)]
    for pixels, label in zip(digits.data, digits.target, strict=True):
        lines.append(",".join(str(int(value)) for value in [*pixels, label]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("digits.csv").write_text(csv_text(), encoding="ascii", newline="\n")
