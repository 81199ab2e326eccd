"""A language model in a GGUF file, read by llama.cpp through llama-cpp-python (MIT), on one core and without a GPU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOM, BATCH, BRANCHES = 2048, 256, 63
"""Tokens that the model holds, that it reads at a time, and continuations that it follows at a time."""


class Llama:
    """The model in memory. Raises `ModuleNotFoundError` without llama-cpp-python, `ValueError` for a file that it can't read."""

    def __init__(self, path: Path) -> None:
        import ctypes

        import llama_cpp.llama_cpp as library  # type: ignore[import-not-found, unused-ignore]
        import numpy

        self.np, self.ctypes, self.library = numpy, ctypes, library
        self._silence = library.llama_log_callback(lambda *_: None)
        library.llama_log_set(self._silence, None)
        library.llama_backend_init()
        how = library.llama_model_default_params()
        how.n_gpu_layers = 0
        self.model = library.llama_model_load_from_file(str(path).encode(), how)
        if not self.model:
            raise ValueError(f"{path} is no model that llama.cpp can read; name a GGUF file of a language model")
        self.vocabulary = library.llama_model_get_vocab(self.model)
        self.size = library.llama_vocab_n_tokens(self.vocabulary)
        room = library.llama_context_default_params()
        room.n_ctx, room.n_batch, room.n_ubatch, room.n_seq_max = ROOM, BATCH, BATCH, BRANCHES + 1
        room.n_threads = room.n_threads_batch = 1
        room.kv_unified = True
        self.context = library.llama_init_from_model(self.model, room)
        if not self.context:
            raise ValueError(f"{path} can't be run by llama.cpp; name a GGUF file of a left-to-right language model")
        self.memory = library.llama_get_memory(self.context)
        self.batch = library.llama_batch_init(BATCH, 0, 1)
        begin = [library.llama_vocab_bos(self.vocabulary)] if library.llama_vocab_get_add_bos(self.vocabulary) else []
        self.spaced = False
        self.spaced = self.piece(self.tokens("a")[0]) == b" a"
        self.begin = [*begin, *self.tokens("\n")]

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's tokens; some models put a space before a text that has none."""
        data = (text.removeprefix(" ") if self.spaced else text).encode()
        room = (self.library.llama_token * (len(data) + 8))()
        count = self.library.llama_tokenize(self.vocabulary, data, len(data), room, len(room), False, False)
        return list(room[:count])

    def piece(self, token: int) -> bytes:
        """What a token stands for, in UTF-8; a token may hold part of a character."""
        room = self.ctypes.create_string_buffer(256)
        count = self.library.llama_token_to_piece(self.vocabulary, token, room, len(room), 0, False)
        return bytes(room.raw[: max(0, count)])

    def read(self, tokens: Sequence[int], asked: Sequence[Sequence[int]]) -> list[list[float]]:
        """Read a stretch, and say for each place how likely the tokens asked for there are, as logs, after what stands before."""
        self.library.llama_memory_clear(self.memory, True)
        line = [*self.begin, *tokens][:-1]
        wanted = [False] * (len(self.begin) - 1) + list(map(bool, asked))
        rows = self._decode([(token, at, 0, want) for at, (token, want) in enumerate(zip(line, wanted, strict=True))])
        return [[float(row[token]) for token in some] if some and (row := next(rows)) is not None else [] for some in asked]

    def follow(self, branches: Sequence[tuple[int, Sequence[int]]]) -> list[float]:
        """For each continuation, from a place of the stretch read last: how likely its tokens after the first are, as a log."""
        found: list[float] = []
        for first in range(0, len(branches), BRANCHES):
            some = branches[first : first + BRANCHES]
            steps = []
            for number, (at, tokens) in enumerate(some, 1):
                place = at + len(self.begin)
                self.library.llama_memory_seq_cp(self.memory, 0, number, 0, place)
                steps += [(token, place + k, number, True) for k, token in enumerate(tokens[:-1])]
            rows = self._decode(steps)
            for number, (_, tokens) in enumerate(some, 1):
                found.append(sum(float(next(rows)[token]) for token in tokens[1:]))
                self.library.llama_memory_seq_rm(self.memory, number, -1, -1)
        return found

    def _decode(self, steps: Sequence[tuple[int, int, int, bool]]) -> Iterator[Any]:
        """Log-probabilities of all tokens after each step that wants them. A step: token, place, continuation, whether wanted."""
        np, batch = self.np, self.batch
        for first in range(0, len(steps), BATCH):
            some = steps[first : first + BATCH]
            batch.n_tokens = len(some)
            for k, (token, place, branch, wanted) in enumerate(some):
                batch.token[k], batch.pos[k], batch.logits[k] = token, place, wanted
                batch.n_seq_id[k], batch.seq_id[k][0] = 1, branch
            if code := self.library.llama_decode(self.context, batch):
                raise RuntimeError(f"llama.cpp gave up on a text with code {code}")
            if count := sum(step[3] for step in some):
                for row in np.ctypeslib.as_array(self.library.llama_get_logits(self.context), shape=(count, self.size)):
                    top = row.max()
                    yield row - (top + np.log(np.exp(row - top).sum()))
