"""An engine of Python's beside Gatun. Started by perf/bench, which says what to do line by line.

    peer.py check keras|torch            says the versions, or what is missing
    peer.py keras|torch WAY FOLDER N     does the task in FOLDER in the given way on N threads

Answers are JSON, one line each; "result" leaves numbers in FOLDER/result.f32. The end of the input is the end.
"""

import importlib
import json
import os
import platform
import sys
import time

NEEDED = {"keras": ("numpy", "tensorflow", "keras"), "torch": ("numpy", "torch")}
LOOK_SECONDS = 0.01
CALM_LOOKS = 2
MOST_LOOKS = 500
IDLE = 0.05  # of one core


def check(engine):
    """What this Python has of the engine, by importing it: a package may be there and broken."""
    versions = {"python": platform.python_version()}
    missing = []
    for name in NEEDED[engine]:
        try:
            versions[name] = importlib.import_module(name).__version__
        except Exception as problem:
            missing.append("%s (%s)" % (name, str(problem).split("\n")[0]))
    return {"versions": versions, "missing": missing}


class Task:
    """The numbers that Gatun was given, too."""

    def __init__(self, folder):
        import numpy

        with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
            facts = json.load(file)
        self.kind = facts["kind"]
        self.batch, self.time, self.inputs = facts["batch"], facts["time"], facts["inputs"]
        self.units, self.dense, self.per_step = facts["units"], facts["dense"], facts["perStep"]
        self.rate, self.epsilon = facts["rate"], facts["epsilon"]
        self.numbers = numpy.fromfile(os.path.join(folder, "numbers.f32"), dtype="<f4")
        self.place = 0
        self.x = self.take(self.batch, self.time, self.inputs)
        columns = self.dense[-1]["width"] if self.dense else self.units[-1]
        self.y = self.take(*((self.batch, self.time, columns) if self.per_step else (self.batch, columns)))
        self.lstm_weights = []
        inputs = self.inputs
        for units in self.units:
            self.lstm_weights.append(
                [self.take(inputs, 4 * units), self.take(units, 4 * units), self.take(4 * units)])
            inputs = units
        self.dense_weights = []
        for part in self.dense:
            self.dense_weights.append([self.take(inputs, part["width"]), self.take(part["width"])])
            inputs = part["width"]

    def take(self, *shape):
        size = 1
        for length in shape:
            size *= length
        self.place += size
        return self.numbers[self.place - size:self.place].reshape(shape)


class Keras:
    """Keras on TensorFlow; the ways are predict, call, function and train_on_batch."""

    def __init__(self, task, way, threads):
        os.environ["KERAS_BACKEND"] = "tensorflow"
        import keras
        import tensorflow

        tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
        tensorflow.config.threading.set_inter_op_parallelism_threads(threads)
        self.keras, self.tensorflow, self.task = keras, tensorflow, task
        self.model = keras.Sequential([keras.Input((task.time, task.inputs), batch_size=task.batch)])
        for layer, units in enumerate(task.units):
            sequence = layer < len(task.units) - 1 or task.per_step
            self.model.add(keras.layers.LSTM(units, return_sequences=sequence))
        for part in task.dense:
            self.model.add(keras.layers.Dense(part["width"], activation=part["function"]))
        self.model.set_weights([one for layer in task.lstm_weights + task.dense_weights for one in layer])
        self.x, self.y = tensorflow.constant(task.x), tensorflow.constant(task.y)
        self.answer = None
        if way == "train_on_batch":
            self.model.compile(optimizer=keras.optimizers.Adam(task.rate, epsilon=task.epsilon), loss="mse")
        function = tensorflow.function(lambda x: self.model(x, training=False))
        self.run = {
            "predict": lambda: self.keep(self.model.predict(task.x, batch_size=task.batch, verbose=0)),
            "call": lambda: self.keep(self.model(self.x, training=False)),
            "function": lambda: self.keep(function(self.x)),
            "train_on_batch": lambda: self.keep(self.model.train_on_batch(task.x, task.y)),
        }[way]

    def keep(self, answer):
        self.answer = answer

    def result(self):
        if self.task.kind != "TRAIN":
            return [self.answer if hasattr(self.answer, "reshape") else self.answer.numpy()]
        with self.tensorflow.GradientTape() as tape:
            loss = self.tensorflow.reduce_mean((self.model(self.x, training=True) - self.y) ** 2)
        gradients = tape.gradient(loss, self.model.trainable_variables)
        return [one.numpy() for one in [loss] + gradients]


class Torch:
    """PyTorch, time-major; layers of one size are one nn.LSTM. The second bias stays zero and untrained."""

    def __init__(self, task, way, threads):
        import torch

        torch.set_num_threads(threads)
        torch.set_num_interop_threads(1)
        self.torch, self.task = torch, task
        alike = len(set(task.units)) == 1
        self.lstms = torch.nn.ModuleList()
        inputs = task.inputs
        for units in task.units[:1] if alike else task.units:
            self.lstms.append(torch.nn.LSTM(inputs, units, num_layers=len(task.units) if alike else 1))
            inputs = units
        self.dense = torch.nn.ModuleList()
        for part in task.dense:
            self.dense.append(torch.nn.Linear(inputs, part["width"]))
            inputs = part["width"]
        self.load()
        self.x = torch.from_numpy(task.x).transpose(0, 1).contiguous()
        self.y = torch.from_numpy(task.y)
        self.states = None
        self.answer = None
        trained = [one for one in self.parameters() if one.requires_grad]
        self.optimizer = torch.optim.Adam(trained, lr=task.rate, eps=task.epsilon, fused=True)
        self.steps = 0
        self.run = {"inference_mode": self.infer, "step": self.step, "train": self.train}[way]

    def of_layer(self, layer):
        """Weights of the inputs and of h, and the two biases."""
        lstm, place = (self.lstms[0], layer) if len(self.lstms) == 1 else (self.lstms[layer], 0)
        return [getattr(lstm, name + str(place)) for name in ("weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l")]

    def parameters(self):
        """In Keras's order, the second biases among them."""
        for layer in range(len(self.task.units)):
            yield from self.of_layer(layer)
        for linear in self.dense:
            yield from (linear.weight, linear.bias)

    def load(self):
        with self.torch.no_grad():
            for layer, numbers in enumerate(self.task.lstm_weights):
                parameters = self.of_layer(layer)
                for parameter, values in zip(parameters, numbers):
                    parameter.copy_(self.torch.from_numpy(values.T.copy()))
                parameters[3].zero_().requires_grad_(False)
            for linear, numbers in zip(self.dense, self.task.dense_weights):
                linear.weight.copy_(self.torch.from_numpy(numbers[0].T.copy()))
                linear.bias.copy_(self.torch.from_numpy(numbers[1].copy()))

    def forward(self):
        values = self.x
        for lstm in self.lstms:
            values, _ = lstm(values)
        if not self.task.per_step:
            values = values[-1]
        for linear, part in zip(self.dense, self.task.dense):
            values = linear(values)
            if part["function"] != "linear":
                values = getattr(self.torch, part["function"])(values)
        return values

    def infer(self):
        with self.torch.inference_mode():
            self.answer = self.forward()

    def step(self):
        with self.torch.inference_mode():
            self.answer, self.states = self.lstms[0](self.x, self.states)

    def train(self):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss().backward()
        # Keras and Gatun add epsilon before the second moment is corrected, PyTorch after it.
        self.steps += 1
        group = self.optimizer.param_groups[0]
        group["eps"] = self.task.epsilon / (1 - group["betas"][1] ** self.steps) ** 0.5
        self.optimizer.step()

    def loss(self):
        return self.torch.nn.functional.mse_loss(self.forward(), self.y)

    def result(self):
        if self.task.kind == "STEP":
            return [self.answer[-1].numpy()]
        if self.task.kind != "TRAIN":
            return [(self.answer.transpose(0, 1) if self.task.per_step else self.answer).numpy()]
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        return [loss.detach().numpy()] + [one.grad.numpy().T for one in self.parameters() if one.requires_grad]


def calm():
    """Waits until this process uses no more processor time: threads may spin long after the last run."""
    looks = 0
    for _ in range(MOST_LOOKS):
        used = time.process_time()
        time.sleep(LOOK_SECONDS)
        looks = looks + 1 if time.process_time() - used < IDLE * LOOK_SECONDS else 0
        if looks == CALM_LOOKS:
            return
    raise SystemExit("Threads of Python work although nothing runs")


def block(run, runs):
    begin = time.perf_counter_ns()
    for _ in range(runs):
        run()
    return {"nanos": time.perf_counter_ns() - begin, "singles": []}


def singles(run, runs):
    times = []
    begin = time.perf_counter_ns()
    for _ in range(runs):
        before = time.perf_counter_ns()
        run()
        times.append(time.perf_counter_ns() - before)
    return {"nanos": time.perf_counter_ns() - begin, "singles": times}


def write(parts, folder):
    import numpy

    whole = numpy.concatenate([numpy.asarray(part, dtype="<f4").reshape(-1) for part in parts])
    whole.tofile(os.path.join(folder, "result.f32"))
    return {"numbers": int(whole.size)}


def serve(engine, folder, answer):
    for line in sys.stdin:
        word, _, count = line.strip().partition(" ")
        if word == "run":
            engine.run()
            answer({})
        elif word == "result":
            answer(write(engine.result(), folder))
        else:
            times = (block if word == "block" else singles)(engine.run, int(count))
            calm()
            answer(times)


def main():
    # Libraries may print what they like: answers have the standard output for themselves.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(words):
        answers.write(json.dumps(words) + "\n")
        answers.flush()

    if sys.argv[1] == "check":
        answer(check(sys.argv[2]))
        return
    engine, way, folder, threads = sys.argv[1:]
    made = {"keras": Keras, "torch": Torch}[engine](Task(folder), way, int(threads))
    answer({})
    serve(made, folder, answer)


main()
