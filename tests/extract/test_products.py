"""The matrix products of the model: whose they are, and how many threads they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from threadpoolctl import ThreadpoolController

from kg.extract.products import fast_products, one_thread
from kg.model import Document

if TYPE_CHECKING:
    from kg.extract import Extractor

OPENBLAS = len(ThreadpoolController().select(internal_api="openblas"))


def _threads() -> list[int]:
    return [found["num_threads"] for found in ThreadpoolController().info() if found["user_api"] == "blas"]


def test_that_the_products_take_one_thread_and_give_the_others_back() -> None:
    before = _threads()
    with one_thread():
        assert all(number == 1 for number in _threads())
    assert _threads() == before


@pytest.mark.skipif(not OPENBLAS, reason="NumPy has another library here")
def test_that_numpys_products_are_used_in_the_context_only() -> None:
    from thinc.api import Linear

    with fast_products():
        assert not Linear(2, 2).ops.use_blis
    assert Linear(2, 2).ops.use_blis


@pytest.mark.model
@pytest.mark.skipif(not OPENBLAS, reason="NumPy has another library here")
def test_that_the_model_uses_them(extractor: Extractor) -> None:
    for name in ("tok2vec", "tagger", "ner"):
        model = extractor.nlp.get_pipe(name).model
        assert not model.ops.use_blis


@pytest.mark.model
def test_that_the_bits_do_not_depend_on_what_was_read_before(extractor: Extractor) -> None:
    text = "Halden Motors bought Quill Labs in May. Its chief executive, Karin Moe, founded Orbix in 1999."
    document = Document("alone", text)
    alone = extractor.parse(document).tensor.tobytes()
    extractor.parse(Document("before", "Nils Keane left the board of Ostara Bank on Monday. " * 7))
    assert extractor.parse(document).tensor.tobytes() == alone
