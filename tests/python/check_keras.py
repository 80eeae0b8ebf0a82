"""Loads .keras files that Gatun wrote in Keras 3 and compares what they predict with what Gatun predicted.

    mvn verify -Dgatun.keras.out=/tmp/keras-out      # the tests keep what they write, or
    java ... -Dgatun.keras.out=/tmp/keras-out        # one of them alone
    python3 tests/python/check_keras.py /tmp/keras-out

Beside each NAME.keras lies NAME.json with in_0, in_1, ... and out_0, ...; prints what differs by more than 1e-6 of the
largest number, and how many agree. Ends with 1 if one differs.
"""

import glob
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

LIMIT = 2e-6


def tensor(json_tensor):
    numbers = [float(number) if isinstance(number, str) else number for number in json_tensor["data"]]
    return np.array(numbers, dtype=json_tensor["dtype"]).reshape(json_tensor["shape"])


def tensors(numbers, kind):
    found = []
    while f"{kind}_{len(found)}" in numbers:
        found.append(tensor(numbers[f"{kind}_{len(found)}"]))
    return found


def difference(model, numbers):
    inputs = tensors(numbers, "in")
    made = keras.tree.flatten(model(inputs if len(inputs) > 1 else inputs[0], training=False))
    wanted = tensors(numbers, "out")
    if len(made) != len(wanted):
        raise ValueError(f"{len(made)} outputs, expected {len(wanted)}")
    worst = 0.0
    for got, want in zip(made, wanted):
        got = np.asarray(got).astype("float64")
        want = want.astype("float64")
        if got.shape != want.shape:
            raise ValueError(f"shape {got.shape}, expected {want.shape}")
        if not (np.isnan(got) == np.isnan(want)).all():
            return np.inf
        apart = np.abs(np.where(got == want, 0, got - want))
        size = np.abs(np.where(np.isfinite(want), want, 0))
        worst = max(worst, np.nanmax(apart, initial=0) / max(np.nanmax(size, initial=0), 1e-4))
    return worst


def main(folder):
    agree = differ = 0
    for path in sorted(glob.glob(os.path.join(folder, "*.keras"))):
        with open(path[:-len("keras")] + "json") as file:
            numbers = json.load(file)
        keras.utils.clear_session()
        try:
            worst = difference(keras.saving.load_model(path), numbers)
        except Exception as failed:
            worst = f"{type(failed).__name__}: {str(failed)[:300]}"
        if isinstance(worst, str) or worst > LIMIT:
            differ += 1
            print(numbers.get("what", path), "->", worst)
        else:
            agree += 1
    print(f"{agree} agree, {differ} differ")
    return differ > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
