"""Write the trained encoder as the run time wants it: layers as ONNX with 8-bit weights, embeddings in 8 bits, heads, vocabulary.

python export.py --corpus corpus.pkl --minilm FOLDER --model encoder.pt --out FOLDER
"""

import argparse
import pickle
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from graph import exact_graph
from model import Model

SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
KEPT = re.compile(r"(##)?[a-z]+|(##)?\d{1,2}|\d{3,4}|(##)?[\x00-\x7f]|[^\w]")
POSITIONS = 192


def weights(model: Model) -> dict[str, np.ndarray]:
    """Norms as they are, linear layers with 8-bit weights, a scale for each output and the biases: by name."""
    found = {}
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.LayerNorm):
            found |= {f"{name}.{part}": getattr(module, part).detach().numpy() for part in ("weight", "bias")}
        if isinstance(module, torch.nn.Linear) and name != "m":
            wide = module.weight.detach().numpy().T
            scale = np.abs(wide).max(0) / np.float32(127)
            found |= {f"{name}.weight": np.round(wide / scale).astype(np.int8), f"{name}.scale": scale}
            found[f"{name}.bias"] = module.bias.detach().numpy()
    return found


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
    onnx.save(exact_graph(weights(model)), given.out / "encoder.onnx")


if __name__ == "__main__":
    main()
