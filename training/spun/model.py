"""A small BERT encoder with two heads: was this word replaced, and what stood there."""

import json
import struct
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as nnf
from graph import weights_of
from torch import Tensor, nn

WIDTH, HEADS, VOCABULARY = 384, 12, 30522
TYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64}


class Layer(nn.Module):
    """One transformer layer, norm after."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.p = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # By hand: on a CPU, with 16-bit floats and stretches this short, faster than `scaled_dot_product_attention`.
        p = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask, -1)
        a = (p.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.n1(x + nnf.dropout(self.o(a), self.p, self.training))
        return self.n2(x + nnf.dropout(self.f2(nnf.gelu(self.f1(x), approximate="tanh")), self.p, self.training))


class Model(nn.Module):
    """The encoder. `cap` marks pieces of capitalised words: the vocabulary knows lower case only."""

    def __init__(self, layers: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.e, self.pos, self.cap = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(2, WIDTH)
        self.n = nn.LayerNorm(WIDTH, eps=1e-12)
        self.l = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.swap, self.doc, self.m = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1), nn.Linear(WIDTH, WIDTH)
        self.mn, self.mb = nn.LayerNorm(WIDTH), nn.Parameter(torch.zeros(VOCABULARY))
        self.p = dropout

    def forward(self, ids: Tensor, cap: Tensor, mask: Tensor) -> Tensor:
        x = self.n(self.e(ids) + self.pos.weight[: ids.shape[1]] + self.cap(cap))
        x, bias = nnf.dropout(x, self.p, self.training), torch.where(mask, 0.0, -1e9)[:, None, None, :]
        for layer in self.l:
            x = layer(x, bias)
        return x

    def original(self, hidden: Tensor, words: Tensor) -> Tensor:
        """Logits of the word that stood there, among those words."""
        return nnf.linear(self.mn(nnf.gelu(self.m(hidden), approximate="tanh")), self.e.weight[words], self.mb[words])


def from_minilm(folder: Path, layers: int) -> Model:
    """The first layers of MiniLM, with fresh heads."""
    raw = (folder / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    w = {}
    for name, about in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__":
            start, end = about["data_offsets"]
            array = np.frombuffer(raw[8 + size + start : 8 + size + end], dtype=TYPES[about["dtype"]])
            w[name.removeprefix("bert.").removeprefix("0.auto_model.")] = torch.from_numpy(array.reshape(about["shape"]).copy())
    model = Model(layers)
    with torch.no_grad():
        model.e.weight.copy_(w["embeddings.word_embeddings.weight"])
        model.pos.weight.copy_(w["embeddings.position_embeddings.weight"])
        model.cap.weight.copy_(w["embeddings.token_type_embeddings.weight"][:1].expand(2, -1))
        model.n.load_state_dict({part: w[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")})
        for number, layer in enumerate(model.l):
            at = f"encoder.layer.{number}."
            for part in ("weight", "bias"):
                attention = [w[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(attention))
                for target, name in (
                    (layer.o, "attention.output.dense"),
                    (layer.n1, "attention.output.LayerNorm"),
                    (layer.f1, "intermediate.dense"),
                    (layer.f2, "output.dense"),
                    (layer.n2, "output.LayerNorm"),
                ):
                    getattr(target, part).copy_(w[f"{at}{name}.{part}"])
    return model


def from_shipped(folder: Path, minilm: Path, layers: int) -> Model:
    """The model that `export.py` wrote to a folder, back from its 8 bits; pieces it left out are MiniLM's."""
    model = from_minilm(minilm, layers)
    state = model.state_dict()
    found = weights_of(onnx.load(folder / "encoder.onnx"))
    scales = [name for name in found if name.endswith(".scale")]
    found |= {(n := f"{name.removesuffix('.scale')}.weight"): (found[n] * found[name]).T for name in scales}
    every = {name: n for n, name in enumerate((minilm / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    kept = [every[name] for name in (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")]
    with np.load(folder / "heads.npz") as heads, torch.no_grad():
        for key in found.keys() & state.keys():
            state[key].copy_(torch.from_numpy(found[key].copy()))
        vectors = np.load(folder / "embeddings.npy") * heads["scale"][:, None]
        state["e.weight"][kept] = torch.from_numpy(vectors)
        state["mb"][kept] = torch.from_numpy(heads["bias"])
        state["pos.weight"][: len(heads["position"])] = torch.from_numpy(heads["position"].astype(np.float32))
        for key, name in (("cap.weight", "capital"), ("m.bias", "mix_bias"), ("mn.weight", "norm"), ("mn.bias", "norm_bias")):
            state[key].copy_(torch.from_numpy(heads[name]))
        state["m.weight"].copy_(torch.from_numpy(heads["mix"].astype(np.float32).T.copy()))
    return model
