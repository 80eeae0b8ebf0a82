"""Checks .onnx files that Gatun wrote with the checker of onnx, and compares ONNX Runtime's outputs with Gatun's.

    mvn verify -Dgatun.onnx.out=/tmp/onnx-out        # the tests keep what they write, or
    java ... -Dgatun.onnx.out=/tmp/onnx-out          # one of them alone
    python3 tests/python/check_onnx.py /tmp/onnx-out

Beside each NAME.onnx lies NAME.json with in_0, in_1, ... and out_0, ... Of each file: onnx.checker with full_check; shapes
inferred strictly, with data propagation; names of inputs and outputs, and that inferred sizes are not others than those
the file says; outputs of onnxruntime, within 1e-5 of the largest number. Prints what is wrong, and how many agree; ends
with 1 if something is.
"""

import glob
import json
import os
import sys

import numpy as np
import onnx
import onnxruntime

LIMIT = 1e-5


def tensor(json_tensor, kind):
    numbers = [float(number) if isinstance(number, str) else number for number in json_tensor["data"]]
    return np.array(numbers, dtype=json_tensor["dtype"]).reshape(json_tensor["shape"]).astype(kind)


def sizes(value):
    return [d.dim_value if d.HasField("dim_value") else d.dim_param for d in value.type.tensor_type.shape.dim]


def problem_of_shapes(model, numbers):
    """What the file says of its outputs, against what follows from its nodes and what came out."""
    said = {output.name: sizes(output) for output in model.graph.output}
    # Without what the file says of the outputs, so that it is inferred.
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    for output in bare.graph.output:
        output.type.tensor_type.ClearField("shape")
    inferred = onnx.shape_inference.infer_shapes(bare, check_type=True, strict_mode=True, data_prop=True)
    for output in inferred.graph.output:
        shape = sizes(output)
        if not output.type.tensor_type.HasField("shape"):
            continue
        if len(shape) != len(said[output.name]):
            return f"{output.name} says {said[output.name]}, inferred {shape}"
        for own, other in zip(said[output.name], shape):
            known = isinstance(own, int) and isinstance(other, int)
            if known and own != other or own == "batch" and isinstance(other, int):
                return f"{output.name} says {said[output.name]}, inferred {shape}"
    for at, shape in enumerate(said.values()):
        if f"out_{at}" in numbers:
            got = numbers[f"out_{at}"]["shape"]
            if len(got) != len(shape) or any(isinstance(a, int) and a != b for a, b in zip(shape, got)):
                return f"output {at} says {shape}, is {got}"
    return None


def difference(model, numbers):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    kinds = {"tensor(float)": "float32", "tensor(int32)": "int32", "tensor(bool)": "bool"}
    given = {}
    for at, value in enumerate(session.get_inputs()):
        if f"in_{at}" in numbers:
            given[value.name] = tensor(numbers[f"in_{at}"], kinds[value.type])
    worst = 0.0
    for at, got in enumerate(session.run(None, given)):
        if f"out_{at}" not in numbers:
            continue
        want = tensor(numbers[f"out_{at}"], "float64")
        got = got.astype("float64")
        if got.shape != want.shape:
            raise ValueError(f"shape {got.shape}, expected {want.shape}")
        if not (np.isnan(got) == np.isnan(want)).all():
            return np.inf
        apart = np.abs(np.where(got == want, 0, got - want))
        size = np.abs(np.where(np.isfinite(want), want, 0))
        worst = max(worst, np.nanmax(apart, initial=0) / max(np.nanmax(size, initial=0), 1e-4))
    return worst


def problem(path, numbers):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    of_shapes = problem_of_shapes(model, numbers)
    if of_shapes:
        return of_shapes
    worst = difference(model, numbers)
    return worst if worst > LIMIT else None


def main(folder):
    agree = differ = 0
    for path in sorted(glob.glob(os.path.join(folder, "*.onnx"))):
        with open(path[:-len("onnx")] + "json") as file:
            numbers = json.load(file)
        try:
            wrong = problem(path, numbers)
        except Exception as failed:
            wrong = f"{type(failed).__name__}: {str(failed)[:400]}"
        if wrong is not None:
            differ += 1
            print(os.path.basename(path), numbers.get("what"), "->", wrong)
        else:
            agree += 1
    print(f"{agree} agree, {differ} differ")
    return differ > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
