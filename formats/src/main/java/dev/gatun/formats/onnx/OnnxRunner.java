package dev.gatun.formats.onnx;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.OnnxParser;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.run.GraphPlan;
import dev.gatun.formats.onnx.run.GraphPlanner;
import dev.gatun.formats.onnx.run.RecurrentNotes;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs an ONNX file as it stands, node after node, with the results of ONNX Runtime: for graphs that are no stack of layers.
 * Nothing of it can be trained, and it has no streams; a file that {@code Model.load} reads becomes a model that can. Numbers lie
 * on the heap. Any number of threads may run one runner at the same time.
 */
public final class OnnxRunner {

    private final ParsedModel model;
    private final GraphPlan plan;

    private OnnxRunner(ParsedModel model, GraphPlan plan) {
        this.model = model;
        this.plan = plan;
    }

    /**
     * Reads a file and makes it ready to run: operators are found, and what needs no input is computed.
     *
     * @param path of an ONNX file with operators of version 7 to 23
     * @return the runner
     * @throws FormatException if the file is not sound, or has nodes that cannot run here: names all of them
     * @throws IOException     if the file cannot be read
     */
    public static OnnxRunner open(Path path) throws IOException {
        Arguments.required(path, "OnnxRunner.open", "path", "the path of an ONNX file");
        try (ModelSource source = ModelSource.of(path)) {
            return open(source);
        }
    }

    /**
     * Reads a file or a stream and makes it ready to run: operators are found, and what needs no input is computed.
     *
     * @param source of an ONNX file with operators of version 7 to 23
     * @return the runner
     * @throws FormatException if the file is not sound, or has nodes that cannot run here: names all of them
     * @throws IOException     if the file cannot be read
     */
    public static OnnxRunner open(ModelSource source) throws IOException {
        Arguments.required(source, "OnnxRunner.open", "source", "what ModelSource.of gives");
        return of(OnnxParser.parse(source));
    }

    /** @throws FormatException if the file has nodes that cannot run here: names all of them */
    static OnnxRunner of(ParsedModel model) throws FormatException {
        try {
            return new OnnxRunner(model, GraphPlanner.plan(model));
        } catch (OutOfMemoryError | StackOverflowError tooLarge) {
            throw new FormatException(model.file(), "needs more memory than this JVM has to compute its constants; give"
                    + " it more with -Xmx").because(tooLarge);
        } catch (RuntimeException unsound) {
            throw new FormatException(model.file(), "cannot be run: " + FormatException.reason(unsound))
                    .because(unsound);
        }
    }

    /**
     * What goes in.
     *
     * @return in the graph's order; those with a default are optional
     */
    public List<OnnxPort> inputs() {
        ParsedGraph graph = model.graph();
        return graph.inputs().stream().map(value -> port(value, graph.initializers().containsKey(value.name())))
                .toList();
    }

    /**
     * What comes out.
     *
     * @return in the graph's order
     */
    public List<OnnxPort> outputs() {
        return model.graph().outputs().stream().map(value -> port(value, false)).toList();
    }

    private static OnnxPort port(ParsedValue value, boolean isOptional) {
        Optional<Shape> shape = Optional.ofNullable(value.axes())
                .map(axes -> Shape.of(axes.stream().mapToLong(ParsedValue.Axis::size).toArray()));
        return new OnnxPort(value.name(), Optional.ofNullable(value.type()), shape, isOptional);
    }

    /**
     * Where engines differ on what this graph holds, and which rule is followed.
     *
     * @return a sentence for each node and rule; empty if all engines agree
     */
    public List<String> notes() {
        return RecurrentNotes.of(model.graph());
    }

    /**
     * Runs the graph.
     *
     * @param inputs by name; those that are optional may be left out
     * @return each output by name, in the graph's order
     * @throws IllegalArgumentException if an input is missing, unknown, or of another type or shape than the graph says, or values
     *                                  do not fit a node: names it
     * @throws IllegalStateException    if the memory of this JVM does not suffice, if Loops make more than 131,072 turns in
     *                                  all, or if the thread is interrupted: names the node
     */
    public Map<String, OnnxArray> run(Map<String, OnnxArray> inputs) {
        Arguments.all(inputs, "OnnxRunner.run", "inputs", "an array for each input");
        Map<String, NumberArray> given = new HashMap<>();
        for (ParsedValue input : model.graph().inputs()) {
            OnnxArray value = inputs.get(input.name());
            if (value != null) {
                require(input, value.numbers());
                given.put(input.name(), value.numbers());
            } else if (!model.graph().initializers().containsKey(input.name())) {
                throw new IllegalArgumentException("OnnxRunner.run: the input " + FormatException.quote(input.name())
                        + " is missing; give " + input.type() + " " + input.shape());
            }
        }
        inputs.keySet().stream().filter(name -> !given.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("OnnxRunner.run: there is no input " + FormatException.quote(name)
                    + ", expected " + model.graph().inputs().stream().map(ParsedValue::name).toList());
        });
        try {
            return made(plan.run(given));
        } catch (OutOfMemoryError | StackOverflowError tooLarge) {
            throw new IllegalStateException(
                    "OnnxRunner.run: " + model.file() + " needs more memory for these inputs than"
                            + " this JVM has; give it more with -Xmx, or run fewer samples at a time",
                    tooLarge);
        }
    }

    private Map<String, OnnxArray> made(List<NumberArray> values) {
        Map<String, OnnxArray> made = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            made.put(model.graph().outputs().get(i).name(), new OnnxArray(values.get(i)));
        }
        return made;
    }

    private static void require(ParsedValue input, NumberArray given) {
        boolean fits = input.type() == null || input.type() == given.type();
        boolean hasRank = input.axes() == null || input.axes().size() == given.rank();
        for (int axis = 0; fits && hasRank && input.axes() != null && axis < given.rank(); axis++) {
            long size = input.axes().get(axis).size();
            fits = size == ParsedValue.UNKNOWN || size == given.size(axis);
        }
        if (!fits || !hasRank) {
            throw new IllegalArgumentException("OnnxRunner.run: the input " + FormatException.quote(input.name())
                    + " is " + given + ", expected " + input.type() + " " + input.shape()
                    + "; OnnxArray.as changes a type");
        }
    }
}
