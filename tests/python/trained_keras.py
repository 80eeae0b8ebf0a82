"""Writes tests/src/test/resources/keras/training: models that Keras has trained for three steps and saved, and their weights after
two steps more. KerasTrainingTest makes the two steps with Gatun.

    KERAS_BACKEND=tensorflow python3 tests/python/trained_keras.py FOLDER
"""
import sys

import keras
import numpy as np
from keras import layers, optimizers
from safetensors.numpy import save_file

OPTIMIZERS = {
    "adam.keras": lambda: optimizers.Adam(0.01),
    "amsgrad.h5": lambda: optimizers.Adam(0.01, amsgrad=True, epsilon=1e-5),
    "adamw.weights.h5": lambda: optimizers.AdamW(0.01, weight_decay=0.02, global_clipnorm=0.5),
    "rmsprop.keras": lambda: optimizers.RMSprop(0.01, momentum=0.5, centered=True, clipnorm=0.3),
    "sgd.keras": lambda: optimizers.SGD(0.05, momentum=0.9, nesterov=True, clipvalue=0.1),
    "adagrad.h5": lambda: optimizers.Adagrad(0.05, initial_accumulator_value=0.2),
}


def model():
    """A model in a model, a frozen layer, both directions, buffers beside what is trained."""
    inner = keras.Sequential([layers.Dense(3, activation="tanh", name="wide"), layers.Dense(2, name="narrow")], name="inner")
    x = keras.Input((4, 2), name="x")
    y = layers.Bidirectional(layers.LSTM(2, return_sequences=True, name="rnn"), name="both")(x)
    frozen = layers.Dense(3, name="frozen")
    frozen.trainable = False
    y = layers.BatchNormalization(name="norm")(frozen(y))
    y = layers.TimeDistributed(inner, name="each")(y)
    y = layers.GRU(2, name="last")(y)
    return keras.Model(x, layers.Dense(1, name="out")(y), name="trained")


def main(folder):
    rng = np.random.default_rng(7)
    for name, make in OPTIMIZERS.items():
        keras.utils.set_random_seed(5)
        trained = model()
        trained.compile(optimizer=make(), loss="mse", metrics=["mae"])
        x = rng.normal(size=(5, 6, 4, 2)).astype("float32")
        y = rng.normal(size=(5, 6, 1)).astype("float32")
        for step in range(3):
            trained.train_on_batch(x[step], y[step])
        if name.endswith(".weights.h5"):
            trained.save_weights(folder + "/" + name)
        else:
            trained.save(folder + "/" + name)
        tensors = {"x": x[3:], "y": y[3:]}
        for step in (3, 4):
            trained.train_on_batch(x[step], y[step])
            for place, value in enumerate(trained.get_weights()):
                tensors[f"step{step + 1}/{place}"] = value
        save_file(tensors, folder + "/" + name[: name.index(".")] + ".safetensors")
        print(name, [variable.path for variable in trained.weights] if name == "adam.keras" else "")


if __name__ == "__main__":
    main(sys.argv[1])
