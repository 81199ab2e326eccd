"""The encoder as an ONNX graph that gives the same answer, bit for bit, on every processor.

Every number that is multiplied and summed is a whole number: activations are rounded to a fixed grid, weights have 8 bits, and
the sums stay below 2 ** 24, so that 32-bit floats hold them exactly in whatever order a processor adds them up. Between the
products stand only operations that IEEE 754 defines to the last bit (add, multiply, divide, square root, round) and two tables.
"""

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WIDTH, HEADS, LAYERS = 384, 12, 4
DEPTH = WIDTH // HEADS
UNIT = 512
"""Steps of the grid to 1 for what the norms give, and for what attention gives."""
INNER = 256
"""For what goes into the activation and comes out."""
ASKED, HELD, SHARE = 128, 256, 4096
"""For queries and keys; for values; for the shares of attention."""
FINE, WIDEST = 1024, 2.0**21
"""For what goes into a norm, and the most steps it may have."""
FALL, STEPS = 4096, 256
"""Entries of the table of exponentials, and how many there are to 1."""
LEAST, MOST = -8, 24
"""Where the table of the activation starts and ends."""


def exponentials() -> np.ndarray:
    """e ** -(n / STEPS) in whole numbers."""
    return np.rint(np.exp(-np.arange(FALL) / STEPS) * 65536).astype(np.float32)


def activations() -> np.ndarray:
    """GELU from LEAST to MOST, in steps of the inner grid."""
    x = np.arange(LEAST * INNER, MOST * INNER) / INNER
    return np.rint(INNER * 0.5 * x * (1 + np.tanh(0.7978845608028654 * (x + 0.044715 * x**3)))).astype(np.float32)


def _units(name: str) -> tuple[int, int]:
    """Steps to 1 of what goes into a linear layer and of what comes out."""
    return INNER if name.endswith(".f2") else UNIT, INNER if name.endswith(".f1") else 1


class _Graph:
    """Nodes and constants as they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def __call__(self, operation: str, *inputs: str, **attributes: object) -> str:
        name = f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, inputs, [name], **attributes))
        return name

    def constant(self, value: object, kind: type = np.float32, name: str = "") -> str:
        array = np.asarray(value, dtype=kind)
        name = name or f"{array.dtype} {array.tolist()}"
        self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def linear(self, x: str, name: str, w: Mapping[str, np.ndarray]) -> str:
        """Whole numbers through a linear layer; how many steps make 1, before and after, stands in `_units`."""
        unit, to = _units(name)
        weights = self("Cast", self.constant(w[f"{name}.weight"], np.int8, f"{name}.weight"), to=TensorProto.FLOAT)
        y = self("MatMul", x, weights)
        y = self("Mul", y, self.constant(w[f"{name}.scale"] * np.float32(to / unit), name=f"{name}.scale"))
        return self("Add", y, self.constant(w[f"{name}.bias"] * np.float32(to), name=f"{name}.bias"))

    def norm(self, x: str, name: str, w: Mapping[str, np.ndarray]) -> str:
        """Layer normalisation; its sums are whole numbers, too. The result is rounded, `UNIT` steps to 1."""
        double, axis = np.float64, self.constant([1], np.int64)
        h = self("Mul", self("Cast", x, to=TensorProto.DOUBLE), self.constant(FINE, double))
        h = self("Clip", self("Round", h), self.constant(-WIDEST, double), self.constant(WIDEST, double))
        width = self.constant(WIDTH, double)
        total, squares = self("ReduceSum", h, axis), self("ReduceSum", self("Mul", h, h), axis)
        spread = self("Sub", self("Mul", squares, width), self("Mul", total, total))
        deviation = self("Sqrt", self("Add", spread, self.constant(1, double)))
        h = self("Div", self("Sub", self("Mul", h, width), total), deviation)
        for operation, part in (("Mul", "weight"), ("Add", "bias")):
            h = self(operation, h, self.constant(w[f"{name}.{part}"].astype(double) * UNIT, double, f"{name}.{part}"))
        return self("Cast", self("Round", h), to=TensorProto.FLOAT)

    def table(self, x: str, entries: np.ndarray, name: str) -> str:
        return self("Gather", self.constant(entries, name=name), self("Cast", x, to=TensorProto.INT32))

    def attention(self, x: str, layer: str, w: Mapping[str, np.ndarray]) -> str:
        y = self("Reshape", self.linear(x, f"{layer}.qkv", w), self.constant([-1, 3, HEADS, DEPTH], np.int64))
        y = self("Transpose", y, perm=[1, 2, 0, 3])
        steps = self.constant(np.array([ASKED, ASKED, HELD]).reshape(3, 1, 1, 1), name="steps")
        y = self("Round", self("Mul", y, steps))
        q, k, v = (self("Gather", y, self.constant(n, np.int64), axis=0) for n in range(3))
        scores = self("MatMul", q, self("Transpose", k, perm=[0, 2, 1]))
        fall = self("Sub", self("ReduceMax", scores, self.constant([2], np.int64)), scores)
        fall = self("Round", self("Mul", fall, self.constant(STEPS / (ASKED * ASKED * DEPTH**0.5))))
        shares = self.table(self("Min", fall, self.constant(FALL - 1)), exponentials(), "exponentials")
        total = self("Cast", self("ReduceSum", shares, self.constant([2], np.int64)), to=TensorProto.DOUBLE)
        part = self("Cast", self("Div", self.constant(SHARE, np.float64), total), to=TensorProto.FLOAT)
        shares = self("Round", self("Mul", shares, part))
        y = self("Transpose", self("MatMul", shares, v), perm=[1, 0, 2])
        y = self("Mul", self("Reshape", y, self.constant([-1, WIDTH], np.int64)), self.constant(UNIT / (SHARE * HELD)))
        return self.linear(self("Round", y), f"{layer}.o", w)

    def forward(self, x: str, layer: str, w: Mapping[str, np.ndarray]) -> str:
        y = self("Round", self.linear(x, f"{layer}.f1", w))
        y = self("Clip", y, self.constant(LEAST * INNER), self.constant(MOST * INNER - 1))
        y = self.table(self("Sub", y, self.constant(LEAST * INNER)), activations(), "activations")
        return self.linear(y, f"{layer}.f2", w)


def exact_graph(w: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """The graph, of the 8-bit weights, scales and biases of linear layers and of norms.

    Input `x`: summed embeddings of one stretch. Outputs: hidden states in steps of 1 / `UNIT`, log odds that each piece was put
    in, log odds that the stretch is spun.
    """
    g = _Graph()
    x, one = g.norm("x", "n", w), g.constant(1 / UNIT)
    for number in range(LAYERS):
        layer = f"l.{number}"
        x = g.norm(g("Add", g.attention(x, layer, w), g("Mul", x, one)), f"{layer}.n1", w)
        x = g.norm(g("Add", g.forward(x, layer, w), g("Mul", x, one)), f"{layer}.n2", w)
    flat = g.constant([-1], np.int64)
    swap = g("Reshape", g.linear(x, "swap", w), flat)
    first = g("Gather", x, g.constant([0], np.int64), axis=0)
    doc = g("Reshape", g.linear(first, "doc", w), flat)
    for name, output in (("hidden", x), ("swap", swap), ("doc", doc)):
        g.nodes.append(helper.make_node("Identity", [output], [name]))
    shapes = {"hidden": ["t", WIDTH], "swap": ["t"], "doc": [1]}
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["t", WIDTH])]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, list(g.constants.values()))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def weights_of(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """What `exact_graph` made a graph of."""
    arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    found = {}
    for name in (n.removesuffix(".weight") for n in arrays if n.endswith(".weight")):
        weight, bias = arrays[f"{name}.weight"], arrays[f"{name}.bias"]
        if weight.dtype == np.int8:
            unit, to = _units(name)
            found |= {f"{name}.weight": weight, f"{name}.scale": arrays[f"{name}.scale"] * np.float32(unit / to)}
            found[f"{name}.bias"] = bias / np.float32(to)
        else:
            found |= {f"{name}.{part}": (array / UNIT).astype(np.float32) for part, array in (("weight", weight), ("bias", bias))}
    return found
