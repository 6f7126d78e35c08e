"""The recipe of creditcard.csv: the data frame `CreditCard` of the R package AER, as plain text.

Debian's package r-cran-aer 1.2-10 has it in usr/lib/R/site-library/AER/data/CreditCard.rda; the package rdata on PyPI
reads that without R. So: ``pip install rdata`` and then ``python datasets/creditcard/make.py CreditCard.rda``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def csv_text(columns: Mapping[str, Sequence[object]]) -> str:
    """The whole file: one column after the other, numbers with the 15 digits that R writes."""
    lines = zip(*columns.values(), strict=True)
    return "".join(",".join(map(_written, line)) + "\n" for line in [tuple(columns), *lines])


def _written(entry: object) -> str:
    return entry if isinstance(entry, str) else f"{entry:.15g}"


if __name__ == "__main__":
    import rdata

    frame = rdata.read_rda(sys.argv[1])["CreditCard"]
    text = csv_text({name: frame[name].tolist() for name in frame})
    Path(__file__).with_name("creditcard.csv").write_text(text, encoding="ascii", newline="\n")
