"""Whose matrix products the model uses: NumPy's, where NumPy has OpenBLAS.

spaCy brings BLIS along, which has no code for newer processors: there OpenBLAS is up to three times faster.
It runs in one thread, so that worker processes do not take the cores from one another. Documents still go
through the model one by one: a row of a product can have other bits among more rows.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

import numpy as np
from thinc.api import NumpyOps, get_current_ops, use_ops
from threadpoolctl import ThreadpoolController


def fast_products() -> AbstractContextManager[Any]:
    """A pipeline that is loaded in this context has NumPy's products; on a GPU or a Mac it has its own."""
    usual = type(get_current_ops()) is NumpyOps
    return use_ops("numpy", use_blis=False) if usual and len(_openblas()) else nullcontext()


def one_thread() -> AbstractContextManager[Any]:
    """In this context the products take one thread."""
    limited: AbstractContextManager[Any] = _openblas().limit(limits=1)
    return limited


@cache
def _openblas() -> Any:
    """The OpenBLAS of NumPy; empty where it was built with another library."""
    config: Any = np.show_config(mode="dicts")
    named = "openblas" in config["Build Dependencies"]["blas"]["name"]
    return ThreadpoolController().select(internal_api="openblas" if named else "")
