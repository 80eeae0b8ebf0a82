package dev.gatun.formats.gatun;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.Options;
import dev.gatun.layers.model.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.Weight;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one model: everything is checked before memory is taken for its weights. */
final class GatunReader {

    /** More than any optimizer keeps for each weight. */
    private static final int MOST_SLOTS = 16;

    private final SafetensorsFile file;

    GatunReader(SafetensorsFile file) {
        this.file = file;
    }

    /** A training as the file has it; its moments are not read yet. */
    private record Training(Map<String, Object> optimizer, Map<String, Object> progress, int slots) {}

    Model read() throws FormatException {
        requireVersion();
        Graph graph = parsed(GatunFormat.MODEL, GatunReader::graph);
        Map<String, String> user = parsed(GatunFormat.USER, GatunReader::texts);
        Training training = file.metadata().containsKey(GatunFormat.TRAINING)
                ? parsed(GatunFormat.TRAINING, GatunReader::training)
                : null;
        requireTensors(WeightShapes.of(graph), training == null ? 0 : training.slots());
        try {
            return build(graph, user, training);
        } catch (RuntimeException failed) {
            throw wrong(GatunProblem.NOT_BUILT, "the model cannot be built: " + failed.getMessage()).because(failed);
        }
    }

    private void requireVersion() throws FormatException {
        String version = file.metadata().get(GatunFormat.FORMAT);
        if (version == null) {
            throw wrong(GatunProblem.NOT_A_MODEL, "is a safetensors file, but not a model of Gatun's: its metadata have"
                    + " no " + GatunFormat.FORMAT + "; give a file that Model.save wrote");
        }
        int number;
        try {
            number = Integer.parseInt(version);
        } catch (NumberFormatException damaged) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION, GatunFormat.FORMAT + " is " + quote(version)
                    + ", expected a number; save the model again").because(damaged);
        }
        if (number > GatunFormat.VERSION) {
            throw wrong(GatunProblem.NEWER_VERSION, "has format version " + number + ", written by a newer Gatun; this"
                    + " one reads up to " + GatunFormat.VERSION + ": update it");
        }
        if (number < 1) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION, GatunFormat.FORMAT + " is " + number
                    + ", expected 1 to " + GatunFormat.VERSION + "; save the model again");
        }
    }

    /** Makes something of a JSON object in the metadata. */
    @FunctionalInterface
    private interface Parsing<T> {
        T of(Map<String, Object> map);
    }

    private <T> T parsed(String key, Parsing<T> parsing) throws FormatException {
        String text = file.metadata().get(key);
        if (text == null) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION,
                    "has no " + key + " in its metadata; save the model again");
        }
        try {
            return parsing.of(PlainJson.object(key, text));
        } catch (RuntimeException broken) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION, "its " + key + " is not understood: " + broken.getMessage()
                    + "; save the model again").because(broken);
        }
    }

    /** Sizes that overflow are refused here too. */
    private static Graph graph(Map<String, Object> map) {
        Graph graph = ModelConfig.nodes(map).graph();
        WeightShapes.bytes(WeightShapes.of(graph));
        return graph;
    }

    private static Map<String, String> texts(Map<String, Object> map) {
        Map<String, String> texts = new LinkedHashMap<>();
        Options options = new Options("User's metadata", map);
        map.keySet().forEach(key -> texts.put(key, options.text(key)));
        return texts;
    }

    private static Training training(Map<String, Object> map) {
        Options options = new Options("Training state", map);
        int slots = options.integer("slots");
        if (slots < 0 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("expected 0 to " + MOST_SLOTS + " slots, got " + slots);
        }
        Training training = new Training(options.map("optimizer"), options.map("progress"), slots);
        options.requireNothingLeft();
        return training;
    }

    private void requireTensors(Map<String, Shape> shapes, int slots) throws FormatException {
        Set<String> expected = new HashSet<>();
        for (Map.Entry<String, Shape> weight : shapes.entrySet()) {
            requireTensor(weight.getKey(), weight.getValue(), expected);
            for (int slot = 0; slot < slots; slot++) {
                requireTensor(GatunFormat.slotName(slot, weight.getKey()), weight.getValue(), expected);
            }
        }
        for (TensorInfo info : file.tensors()) {
            if (!expected.contains(info.name())) {
                throw wrong(GatunProblem.UNEXPECTED_TENSOR, "has a tensor " + quote(info.name())
                        + " that its configuration does not need; save the model again");
            }
        }
    }

    private void requireTensor(String name, Shape shape, Set<String> expected) throws FormatException {
        if (!file.contains(name)) {
            throw wrong(GatunProblem.MISSING_TENSOR, "has no tensor " + quote(name) + " of shape " + shape
                    + ", which its configuration needs; save the model again");
        }
        TensorInfo info = file.info(name);
        if (!info.shape().equals(shape)) {
            throw wrong(GatunProblem.WRONG_SHAPE, "tensor " + quote(name) + " has shape " + info.shape()
                    + ", but its configuration says " + shape + "; save the model again");
        }
        if (!info.dtype().equals("F32")) {
            throw wrong(GatunProblem.WRONG_DTYPE, "tensor " + quote(name) + " has dtype " + quote(info.dtype())
                    + ", expected F32; save the model again");
        }
        expected.add(name);
    }

    private Model build(Graph graph, Map<String, String> user, Training training) throws FormatException {
        Model model = Model.zeros(graph);
        try (TensorArena staging = TensorArena.open("reading " + file.path().getFileName())) {
            long largest = model.weights().stream().mapToLong(weight -> weight.shape().floatBytes()).max().orElse(0);
            MemorySegment segment = staging.allocate(largest, "one tensor");
            copy(model, model.parameters(), "", segment);
            model.metadata().putAll(user);
            if (training != null) {
                model.trainingState(state(model, training, segment));
            }
            return model;
        } catch (FormatException | RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private TrainingState state(Model model, Training training, MemorySegment staging) throws FormatException {
        List<ParameterBlock> slots = model.moments(training.slots());
        for (int slot = 0; slot < slots.size(); slot++) {
            copy(model, slots.get(slot), GatunFormat.slotName(slot, ""), staging);
        }
        return new TrainingState(training.optimizer(), training.progress(), slots);
    }

    /** By way of memory of our own: a mapped tensor may lie at any 4 bytes. */
    private void copy(Model model, ParameterBlock target, String prefix, MemorySegment staging)
            throws FormatException {
        for (Weight weight : model.weights()) {
            Tensor tensor = new Tensor(staging, 0, weight.shape(), weight.shape().last());
            file.copyTo(prefix + weight.name(), tensor);
            weight.set(target, tensor);
        }
    }

    private FormatException wrong(GatunProblem problem, String reason) {
        return new FormatException(file.path(), problem, reason);
    }
}
