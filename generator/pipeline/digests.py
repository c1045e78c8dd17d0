"""The digests of documents, kept beside their analyses: what need not be worked out again in every build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, get_type_hints

import msgspec

from generator.corpus.digest import Digest, Digester
from generator.model import Annotated
from generator.pipeline.stowed import Stowed
from generator.pipeline.version import corpus_version
from generator.pipeline.workers import NoWorkers, worker_crew
from generator.session import Session

# Digests that are kept at a time: some megabytes, and few enough that a build that is ended has kept most of its work.
_AT_ONCE = 400
# Articles that a worker gets at a time: an eighth of those at once, so that the others wait little for the last.
_BATCH = 50
# Of more articles nothing is kept for the next build of the same process: of these it is some thirty kilobytes each. A
# larger corpus is built once by a process, as a rule, and what comes after the stages needs the memory.
MOST_REMEMBERED = 4000
# Below this many, which take a second, starting processes is not worth it.
PARALLEL_DIGESTS = 250


class Store(Protocol):
    """Where digests are kept between builds."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those `keys` that are known."""

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all of `entries`."""

    def use(self, keys: Sequence[str]) -> None:
        """Keep what stands under `keys`, which is not asked for now."""


class Digests:
    """The digests of a corpus by document id, encoded: decoded, they would take as much memory as the articles.

    A stage decodes its own part of them, and lets go of it when it is done.
    """

    def __init__(
        self, encoded: Stowed, places: Mapping[str, str], again: Callable[[str], bytes], *, known: bool = True
    ) -> None:
        """`encoded` has the digest of a document under the key that `places` has of its id.

        `again` works the digest of a document out where what was kept of it is none; `known` says whether the keys tell
        what the documents follow from.
        """
        self.keys: Mapping[str, str] = places if known else {}
        """Of each document what it and its digest follow from, as a digest; empty where that is not known."""
        self._encoded = encoded
        self._places = places
        self._again = again

    @classmethod
    def of(cls, annotated: Sequence[Annotated]) -> Digests:
        """The digests of documents, worked out here."""
        digester = Digester()
        return cls.by_document({one.document.id: msgspec.msgpack.encode(digester.digest(one)) for one in annotated})

    @classmethod
    def by_document(cls, encoded: Mapping[str, bytes]) -> Digests:
        """The digests of documents, encoded, by id."""
        stowed = Stowed()
        stowed.put(encoded)
        return cls(stowed, {document: document for document in encoded}, encoded.__getitem__, known=False)

    def part(self, name: str, kind: Any = None) -> Part:
        """The part of the digests that the field `name` of `Digest` holds, by document id.

        `kind` is a type with the first fields of that part's, where no more of it is needed.
        """
        return Part((self._encoded, self._places), name, kind or get_type_hints(Digest)[name], self._again)


class Part(Mapping[str, Any]):
    """One field of the digests by document id, decoded whenever it is asked for."""

    def __init__(
        self, found: tuple[Stowed, Mapping[str, str]], name: str, kind: Any, again: Callable[[str], bytes]
    ) -> None:
        self._encoded, self._places = found
        self._again = again
        # Of a value of this type MessagePack's decoder passes over all other fields.
        only = msgspec.defstruct("Only", [("value", kind, msgspec.field(name=name))])
        self._decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(only)

    def __getitem__(self, document: str) -> Any:
        key = self._places[document]
        try:
            return self._decoder.decode(self._encoded[key]).value
        except msgspec.DecodeError:
            # Whole, and yet no digest: something else was put under its key.
            self._encoded.replace(key, self._again(document))
            return self._decoder.decode(self._encoded[key]).value

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def find_digests(
    annotated: Sequence[Annotated],
    keys: Sequence[str],
    store: Store,
    progress: Callable[[int, int], None],
    jobs: int = 1,
    *,
    fetched: Stowed | None = None,
    folder: Path | None = None,
    session: Session | None = None,
) -> Digests:
    """The digests of documents, from `store` where it has them; what it lacks is worked out and put there.

    `keys` are those of the analyses; `progress` is called with (done, to do) while digests are worked out, on `jobs`
    processes where there are many; `fetched` is what `fetch_digests` gave, else they go to `folder` where they are too
    many for memory. `session` has those of the last build, where they are few. Raises `EnvironmentFault` where the
    system ends a process.
    """
    version = corpus_version()
    own = {one.document.id: digest_key(key, version) for one, key in zip(annotated, keys, strict=True)}
    encoded = fetched if fetched is not None else _held(session, len(own), folder)
    _fetch([key for key in own.values() if key not in encoded], store, encoded)
    missing = [(one, key) for one, key in zip(annotated, keys, strict=True) if own[one.document.id] not in encoded]
    done = 0
    with closing(_worked_out(missing, store, jobs)) as working:
        for made in working:
            found = {own[document]: value for document, value in made.items()}
            store.put_many(found)
            encoded.put(found)
            done += len(made)
            progress(done, len(missing))
    encoded.keep(own.values())
    store.use(list(own.values()))
    documents = {one.document.id: one for one in annotated}
    return Digests(encoded, own, lambda document: digested(documents[document]))


def _held(session: Session | None, documents: int, folder: Path | None) -> Stowed:
    """The digests of the last build, where `session` keeps them; else none."""
    if session is None or not session.lasting or documents > MOST_REMEMBERED:
        return Stowed(folder)
    return session.hold("encoded digests", "", Stowed)


def fetch_digests(keys: Iterable[str], store: Store, folder: Path | None = None) -> Stowed:
    """Those digests that are known of documents whose analyses have these `keys`, by keys of their own.

    They go to `folder` where they are too many for memory.
    """
    version = corpus_version()
    found = Stowed(folder)
    _fetch([digest_key(key, version) for key in keys], store, found)
    return found


def _fetch(keys: Sequence[str], store: Store, into: Stowed) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        into.put(store.get_many(keys[start : start + _AT_ONCE]))


def _worked_out(
    missing: Sequence[tuple[Annotated, str]], store: Store, jobs: int
) -> Generator[dict[str, bytes], None, None]:
    """The digests of `missing`, which come with the keys of their analyses, by document id, some at a time."""
    parts = [missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)]
    if jobs > 1 and len(missing) >= PARALLEL_DIGESTS:
        try:
            with worker_crew(jobs) as crew:
                while parts:
                    sent = _encoded(parts[0], store)
                    batches = [sent[start : start + _BATCH] for start in range(0, len(sent), _BATCH)]
                    digests = [digest for batch in crew.executor.map(digest_batch, batches) for digest in batch]
                    yield _named(parts.pop(0), digests)
        except NoWorkers:
            # No semaphores, no processes or no files to be had: this process does it alone.
            pass
    for part in parts:
        yield _named(part, digest_batch(_encoded(part, store)))


def _encoded(articles: Sequence[tuple[Annotated, str]], store: Store) -> list[bytes]:
    """Articles as the store has them: what is read of one that is asked for its parts would stay in memory."""
    known = store.get_many([key for _, key in articles])
    return [known.get(key) or msgspec.msgpack.encode(one) for one, key in articles]


def _named(articles: Sequence[tuple[Annotated, str]], digests: Sequence[bytes]) -> dict[str, bytes]:
    """The digests by document id; what was made of no article is made of the article itself."""
    return {one.document.id: digest or digested(one) for (one, _), digest in zip(articles, digests, strict=True)}


@lru_cache(maxsize=1)
def _digester() -> Digester:
    """The digester of a worker."""
    return Digester()


def digest_batch(encoded: Sequence[bytes]) -> list[bytes]:
    """The digests of documents: both encoded, as they pass between processes; empty of what is no document."""
    decoder = msgspec.msgpack.Decoder(Annotated)
    found: list[bytes] = []
    for one in encoded:
        try:
            found.append(digested(decoder.decode(one)))
        except msgspec.DecodeError:
            # Whole, and yet no article: something else was put under its key.
            found.append(b"")
    return found


def digested(annotated: Annotated) -> bytes:
    """The digest of a document, encoded."""
    return msgspec.msgpack.encode(_digester().digest(annotated))


def digest_key(key: str, version: str) -> str:
    """Under which the store keeps the digest of the document whose analysis has the key `key`.

    `version` is that of the stages over the corpus.
    """
    return hashlib.sha256(f"{version} {key}".encode()).hexdigest()
