"""Write the trained encoder as the run time wants it: layers as ONNX with 8-bit weights, embeddings in 8 bits, heads, vocabulary.

python export.py --corpus corpus.pkl --minilm FOLDER --model encoder.pt --out FOLDER
"""

import argparse
import pickle
import re
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as nnf
from model import HEADS, WIDTH, Model
from onnxruntime.quantization import QuantType, quantize_dynamic

SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
KEPT = re.compile(r"(##)?[a-z]+|(##)?\d{1,2}|\d{3,4}|(##)?[\x00-\x7f]|[^\w]")
POSITIONS = 192


class Runtime(torch.nn.Module):
    """The layers on one stretch of summed embeddings: hidden states, log odds of replacement, log odds of a spun stretch."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        x = self.model.n(x)
        for layer in self.model.l:
            length = x.shape[0]
            q, k, v = layer.qkv(x).reshape(length, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3).unbind(0)
            p = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, -1)
            x = layer.n1(x + layer.o((p @ v).transpose(0, 1).reshape(length, WIDTH)))
            x = layer.n2(x + layer.f2(nnf.gelu(layer.f1(x), approximate="tanh")))
        return x, self.model.swap(x).squeeze(-1), self.model.doc(x[0]).squeeze(-1)


def main() -> None:
    """Write `encoder.onnx`, `embeddings.npy`, `heads.npz` and `vocabulary.txt`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "minilm", "model", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    given = parser.parse_args()
    model = Model(given.layers)
    model.load_state_dict(torch.load(given.model))
    model.eval()
    counts = pickle.loads(given.corpus.read_bytes())[2]
    every = (given.minilm / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    kept = [n for n, name in enumerate(every) if name in SPECIAL or KEPT.fullmatch(name)]
    kept.sort(key=lambda n: (every[n] not in SPECIAL, n))
    names = [every[n] for n in kept]
    (given.out / "vocabulary.txt").write_text("\n".join(names), encoding="utf-8")
    vectors = model.e.weight.detach()[kept].numpy()
    scale = np.abs(vectors).max(1, keepdims=True) / 127
    np.save(given.out / "embeddings.npy", np.round(vectors / scale).astype(np.int8))
    np.savez(
        given.out / "heads.npz",
        scale=scale[:, 0].astype(np.float32),
        position=model.pos.weight.detach()[:POSITIONS].numpy().astype(np.float16),
        capital=model.cap.weight.detach().numpy(),
        mix=model.m.weight.detach().numpy().T.astype(np.float16),
        mix_bias=model.m.bias.detach().numpy(),
        norm=model.mn.weight.detach().numpy(),
        norm_bias=model.mn.bias.detach().numpy(),
        bias=model.mb.detach().numpy()[kept],
        frequency=np.log(np.array([counts.get(name, 0) for name in names], dtype=np.float32) + 1),
    )
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        axes = {name: {0: "t"} for name in ("x", "hidden", "swap")}
        outputs = ["hidden", "swap", "doc"]
        torch.onnx.export(
            Runtime(model),
            (torch.randn(50, WIDTH),),
            str(plain),
            input_names=["x"],
            output_names=outputs,
            dynamic_axes=axes,
            dynamo=False,
            opset_version=20,
        )
        quantize_dynamic(
            plain,
            given.out / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )


if __name__ == "__main__":
    main()
