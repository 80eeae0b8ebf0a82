package dev.gatun.formats.gatun;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.memory.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a header says about a model, checked before memory is taken for its weights. The reader asks it of the file, and the
 * writer of what it is about to write: so what is saved can be loaded.
 */
final class GatunHeader {

    private static final String AGAIN = "save the model again";

    private final String file;
    private final Map<String, String> metadata;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final String fix;

    private GatunHeader(String file, Map<String, String> metadata, List<TensorInfo> tensors, String fix) {
        this.file = file;
        this.metadata = metadata;
        this.fix = fix;
        for (TensorInfo tensor : tensors) {
            this.tensors.put(tensor.name(), tensor);
        }
    }

    /**
     * A model without its numbers.
     *
     * @param training null if it was never trained
     */
    record Contents(Graph graph, Map<String, String> user, TrainingHeader training) {}

    /** @throws FormatException with a {@link GatunProblem} for what a file holds */
    static Contents ofFile(String file, Map<String, String> metadata, List<TensorInfo> tensors)
            throws FormatException {
        return new GatunHeader(file, metadata, tensors, AGAIN).read();
    }

    /** @throws FormatException if a file with this header could not be loaded */
    static void requireLoadable(String file, Map<String, String> metadata, List<TensorInfo> tensors)
            throws FormatException {
        new GatunHeader(file, metadata, tensors, "the file could not be loaded, so it is not written").read();
    }

    /** @throws FormatException if it says that it is a model of Gatun's, and its version or its training is not understood */
    static List<TensorInfo> weights(SafetensorsFile file) throws FormatException {
        if (!file.metadata().containsKey(GatunFormat.FORMAT) || !file.metadata().containsKey(GatunFormat.TRAINING)) {
            return file.tensors();
        }
        GatunHeader header = new GatunHeader(file.name(), file.metadata(), file.tensors(), AGAIN);
        FormatVersion version = header.version();
        List<String> moments = header.training(version).moments();
        return file.tensors().stream()
                .filter(tensor -> moments.stream().noneMatch(moment -> tensor.name().startsWith(moment)
                        && file.contains(tensor.name().substring(moment.length()))))
                .toList();
    }

    private Contents read() throws FormatException {
        FormatVersion version = version();
        Graph graph = graph();
        Map<String, String> user = user();
        TrainingHeader training = metadata.containsKey(GatunFormat.TRAINING) ? training(version) : null;
        requireTensors(WeightShapes.of(graph), WeightShapes.trained(graph),
                training == null ? List.of() : training.moments());
        return new Contents(graph, user, training);
    }

    private FormatVersion version() throws FormatException {
        String version = metadata.get(GatunFormat.FORMAT);
        if (version == null) {
            throw new FormatException(file, GatunProblem.NOT_A_MODEL, "is a safetensors file, but not a model of"
                    + " Gatun's: its metadata have no " + GatunFormat.FORMAT + "; give a file that Model.save wrote");
        }
        int number;
        try {
            number = Integer.parseInt(version);
        } catch (NumberFormatException damaged) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION, GatunFormat.FORMAT + " is " + quote(version)
                    + ", expected a number").because(damaged);
        }
        int latest = FormatVersion.LATEST.number();
        if (number > latest) {
            throw new FormatException(file, GatunProblem.NEWER_VERSION, "has format version " + number
                    + ", written by a newer Gatun; this one reads up to version " + latest
                    + ": update it, or save the model with a Gatun that writes version " + latest);
        }
        if (number < 1) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION, GatunFormat.FORMAT + " is " + number
                    + ", expected 1 to " + latest);
        }
        return FormatVersion.of(number);
    }

    /** Sizes that overflow are refused here too. */
    private Graph graph() throws FormatException {
        String text = text(GatunFormat.MODEL);
        try {
            Graph graph = ModelConfig.nodes(PlainJson.object(GatunFormat.MODEL, text)).graph();
            WeightShapes.bytes(WeightShapes.of(graph));
            return graph;
        } catch (RuntimeException broken) {
            throw notUnderstood(GatunFormat.MODEL, broken);
        }
    }

    private Map<String, String> user() throws FormatException {
        String text = text(GatunFormat.USER);
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            Map<String, Object> map = PlainJson.object(GatunFormat.USER, text);
            OptionReader options = new OptionReader("User's metadata", map);
            for (String key : map.keySet()) {
                texts.put(key, options.text(key));
            }
            return texts;
        } catch (RuntimeException broken) {
            throw notUnderstood(GatunFormat.USER, broken);
        }
    }

    private TrainingHeader training(FormatVersion version) throws FormatException {
        String text = text(GatunFormat.TRAINING);
        try {
            return TrainingHeader.read(version, PlainJson.object(GatunFormat.TRAINING, text));
        } catch (RuntimeException broken) {
            throw notUnderstood(GatunFormat.TRAINING, broken);
        }
    }

    private String text(String key) throws FormatException {
        String text = metadata.get(key);
        if (text == null) {
            throw wrong(GatunProblem.BROKEN_CONFIGURATION, "has no " + key + " in its metadata");
        }
        return text;
    }

    private FormatException notUnderstood(String key, RuntimeException broken) {
        FormatException told = wrong(GatunProblem.BROKEN_CONFIGURATION,
                "its " + key + " is not understood: " + FormatException.reason(broken));
        return told.because(broken);
    }

    private void requireTensors(Map<String, Shape> shapes, Map<String, Shape> trained, List<String> moments)
            throws FormatException {
        for (Map.Entry<String, Shape> weight : shapes.entrySet()) {
            requireTensor(weight.getKey(), weight.getValue());
        }
        for (Map.Entry<String, Shape> weight : trained.entrySet()) {
            for (String moment : moments) {
                requireTensor(moment + weight.getKey(), weight.getValue());
            }
        }
        for (String left : tensors.keySet()) {
            throw wrong(GatunProblem.UNEXPECTED_TENSOR, "has a tensor " + quote(left)
                    + " that its configuration does not need");
        }
    }

    private void requireTensor(String name, Shape shape) throws FormatException {
        TensorInfo info = tensors.remove(name);
        if (info == null) {
            throw wrong(GatunProblem.MISSING_TENSOR, "has no tensor " + quote(name) + " of shape " + shape
                    + ", which its configuration needs");
        }
        if (!info.shape().equals(shape)) {
            throw wrong(GatunProblem.WRONG_SHAPE, "tensor " + quote(name) + " has shape " + info.shape()
                    + ", but its configuration says " + shape);
        }
        if (!info.dtype().equals("F32")) {
            throw wrong(GatunProblem.WRONG_DTYPE, "tensor " + quote(name) + " has dtype " + quote(info.dtype())
                    + ", expected F32");
        }
    }

    private FormatException wrong(GatunProblem problem, String reason) {
        return new FormatException(file, problem, reason + "; " + fix);
    }
}
