"""The digests of documents, kept beside their analyses: what need not be worked out again in every build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any, Protocol, get_type_hints

import msgspec

from generator.corpus.digest import Digest, Digester
from generator.model import Annotated
from generator.pipeline.version import corpus_version
from generator.pipeline.workers import NoWorkers, worker_crew

# Digests that are kept at a time: some megabytes, and few enough that a build that is ended has kept most of its work.
_AT_ONCE = 400
# Articles that a worker gets at a time: an eighth of those at once, so that the others wait little for the last.
_BATCH = 50
# Below this many, which take a second, starting processes is not worth it.
PARALLEL_DIGESTS = 250


class Store(Protocol):
    """Where digests are kept between builds."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those `keys` that are known."""

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all of `entries`."""


class Digests:
    """The digests of a corpus by document id, encoded: decoded, they would take as much memory as the articles.

    A stage decodes its own part of them, and lets go of it when it is done.
    """

    def __init__(
        self, encoded: dict[str, bytes], again: Callable[[str], bytes], keys: Mapping[str, str] | None = None
    ) -> None:
        """`again` works the digest of a document out where what was kept of it is none."""
        self.keys: Mapping[str, str] = keys or {}
        """Of each document what it and its digest follow from, as a digest; empty where that is not known."""
        self._encoded = encoded
        self._again = again

    @classmethod
    def of(cls, annotated: Sequence[Annotated]) -> Digests:
        """The digests of documents, worked out here."""
        digester = Digester()
        encoded = {one.document.id: msgspec.msgpack.encode(digester.digest(one)) for one in annotated}
        return cls(encoded, encoded.__getitem__)

    def part(self, name: str, kind: Any = None) -> Part:
        """The part of the digests that the field `name` of `Digest` holds, by document id.

        `kind` is a type with the first fields of that part's, where no more of it is needed.
        """
        return Part(self._encoded, name, kind or get_type_hints(Digest)[name], self._again)


class Part(Mapping[str, Any]):
    """One field of the digests by document id, decoded whenever it is asked for."""

    def __init__(self, encoded: dict[str, bytes], name: str, kind: Any, again: Callable[[str], bytes]) -> None:
        self._encoded = encoded
        self._again = again
        # Of a value of this type MessagePack's decoder passes over all other fields.
        only = msgspec.defstruct("Only", [("value", kind, msgspec.field(name=name))])
        self._decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(only)

    def __getitem__(self, document: str) -> Any:
        try:
            return self._decoder.decode(self._encoded[document]).value
        except msgspec.DecodeError:
            # Whole, and yet no digest: something else was put under its key.
            self._encoded[document] = self._again(document)
            return self._decoder.decode(self._encoded[document]).value

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def find_digests(
    annotated: Sequence[Annotated],
    keys: Sequence[str],
    store: Store,
    progress: Callable[[int, int], None],
    jobs: int = 1,
    *,
    fetched: Mapping[str, bytes] | None = None,
) -> Digests:
    """The digests of documents, from `store` where it has them; what it lacks is worked out and put there.

    `keys` are those of the analyses; `progress` is called with (done, to do) while digests are worked out, on `jobs`
    processes where there are many; `fetched` is what `fetch_digests` gave. Raises `EnvironmentFault` where the system
    ends one of them.
    """
    version = corpus_version()
    own = {one.document.id: digest_key(key, version) for one, key in zip(annotated, keys, strict=True)}
    known = dict(fetched or {})
    known.update(store.get_many([key for key in own.values() if key not in known]))
    encoded = {document: known[key] for document, key in own.items() if key in known}
    missing = [one for one in annotated if one.document.id not in encoded]
    done = 0
    with closing(_worked_out(missing, jobs)) as working:
        for made in working:
            store.put_many({own[document]: value for document, value in made.items()})
            encoded.update(made)
            done += len(made)
            progress(done, len(missing))
    documents = {one.document.id: one for one in annotated}
    return Digests(encoded, lambda document: digest_batch([msgspec.msgpack.encode(documents[document])])[0], own)


def fetch_digests(keys: Iterable[str], store: Store) -> Mapping[str, bytes]:
    """Those digests that are known of documents whose analyses have these `keys`, by keys of their own."""
    version = corpus_version()
    return store.get_many([digest_key(key, version) for key in keys])


def _worked_out(missing: Sequence[Annotated], jobs: int) -> Generator[dict[str, bytes], None, None]:
    """The digests of `missing` by document id, some at a time."""
    parts = [missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)]
    if jobs > 1 and len(missing) >= PARALLEL_DIGESTS:
        try:
            with worker_crew(jobs) as crew:
                while parts:
                    batches = [parts[0][start : start + _BATCH] for start in range(0, len(parts[0]), _BATCH)]
                    sent = [[msgspec.msgpack.encode(one) for one in batch] for batch in batches]
                    digests = [digest for batch in crew.executor.map(digest_batch, sent) for digest in batch]
                    yield {one.document.id: digest for one, digest in zip(parts.pop(0), digests, strict=True)}
        except NoWorkers:
            # No semaphores, no processes or no files to be had: this process does it alone.
            pass
    digester = Digester()
    for part in parts:
        yield {one.document.id: msgspec.msgpack.encode(digester.digest(one)) for one in part}


@lru_cache(maxsize=1)
def _digester() -> Digester:
    """The digester of a worker."""
    return Digester()


def digest_batch(encoded: Sequence[bytes]) -> list[bytes]:
    """The digests of documents: both encoded, as they pass between processes."""
    decoder = msgspec.msgpack.Decoder(Annotated)
    return [digested(decoder.decode(one)) for one in encoded]


def digested(annotated: Annotated) -> bytes:
    """The digest of a document, encoded."""
    return msgspec.msgpack.encode(_digester().digest(annotated))


def digest_key(key: str, version: str) -> str:
    """Under which the store keeps the digest of the document whose analysis has the key `key`.

    `version` is that of the stages over the corpus.
    """
    return hashlib.sha256(f"{version} {key}".encode()).hexdigest()
