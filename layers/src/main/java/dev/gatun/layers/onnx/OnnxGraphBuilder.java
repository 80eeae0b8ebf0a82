package dev.gatun.layers.onnx;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Collects a graph and gives names: what is wished for, with a number behind it if another value has it. */
public final class OnnxGraphBuilder {

    private final String name;
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers;
    private final Map<String, String> initializerNames;
    private final Set<String> names;

    /**
     * An empty graph.
     *
     * @param name the model's name
     */
    public OnnxGraphBuilder(String name) {
        this.name = Arguments.required(name, "OnnxGraphBuilder", "name", "a name");
        this.initializers = new ArrayList<>();
        this.initializerNames = new HashMap<>();
        this.names = new HashSet<>();
    }

    private OnnxGraphBuilder(String name, OnnxGraphBuilder around) {
        this.name = name;
        this.initializers = around.initializers;
        this.initializerNames = around.initializerNames;
        this.names = around.names;
    }

    /**
     * A graph within this one, the body of a loop: it may read what this one has made, shares its names, and leaves
     * initializers to it.
     *
     * @param own its name
     * @return an empty graph
     */
    public OnnxGraphBuilder body(String own) {
        return new OnnxGraphBuilder(Arguments.required(own, "OnnxGraphBuilder.body", "own", "a name"), this);
    }

    /**
     * What {@link #body} has collected.
     *
     * @return its inputs, outputs and nodes, without initializers
     */
    public OnnxGraph bodyGraph() {
        return new OnnxGraph(name, inputs, outputs, nodes, List.of());
    }

    /**
     * One more input of the graph.
     *
     * @param wish  its name
     * @param type  of its numbers
     * @param shape batch first, unknown sizes included
     * @return the value
     */
    public OnnxValue input(String wish, OnnxType type, Shape shape) {
        Arguments.required(wish, "OnnxGraphBuilder.input", "wish", "a name");
        OnnxValue input = new OnnxValue(
                unique(wish), Arguments.required(type, "OnnxGraphBuilder.input", "type", "for example OnnxType.FLOAT"),
                Arguments.required(shape, "OnnxGraphBuilder.input", "shape", "batch first"));
        inputs.add(input);
        return input;
    }

    /**
     * One more output of the graph: a value under a name of its own, so that one value may be given out twice.
     *
     * @param wish  the name
     * @param value what is given out
     * @return the value under that name
     */
    public OnnxValue output(String wish, OnnxValue value) {
        Arguments.required(wish, "OnnxGraphBuilder.output", "wish", "a name");
        Arguments.required(value, "OnnxGraphBuilder.output", "value", "a value of the graph");
        String given = node("Identity", List.of(value.name()), List.of(wish), Map.of()).getFirst();
        OnnxValue output = new OnnxValue(given, value.type(), value.shape());
        outputs.add(output);
        return output;
    }

    /**
     * One more node.
     *
     * @param operator   ONNX's name, for example {@code MatMul}
     * @param reads      names of the values it reads, in the operator's order; an empty name leaves an optional one out
     * @param wishes     names for the values it makes, in the operator's order; an empty name leaves an optional one out
     * @param attributes by name
     * @return names of the values it makes, empty where the wish was
     * @throws IllegalArgumentException if it makes none
     */
    public List<String> node(
            String operator, List<String> reads, List<String> wishes, Map<String, OnnxAttribute> attributes) {
        Arguments.required(operator, "OnnxGraphBuilder.node", "operator", "an operator's name, for example MatMul");
        Arguments.all(reads, "OnnxGraphBuilder.node", "reads", "names of values");
        Arguments.all(wishes, "OnnxGraphBuilder.node", "wishes", "names for values");
        Arguments.all(attributes, "OnnxGraphBuilder.node", "attributes", "values by name");
        List<String> made = wishes.stream().map(wish -> wish.isEmpty() ? "" : unique(wish)).toList();
        nodes.add(new OnnxNode(nodeName(made), operator, reads, made, attributes));
        return made;
    }

    private static String nodeName(List<String> made) {
        return made.stream().filter(value -> !value.isEmpty()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "OnnxGraphBuilder.node: a node makes at least one value, got no name for any; give one"));
    }

    /**
     * Numbers that the graph brings with it, once for each key: a layer that is called twice finds what its first call wrote.
     *
     * @param key  equal for equal numbers; the name to wish for
     * @param make the tensor of a name
     * @return the name of the value
     */
    public String initializer(String key, Function<String, OnnxTensor> make) {
        Arguments.required(key, "OnnxGraphBuilder.initializer", "key", "a name for the numbers");
        Arguments.required(make, "OnnxGraphBuilder.initializer", "make", "what makes the tensor of a name");
        String known = initializerNames.get(key);
        if (known != null) {
            return known;
        }
        OnnxTensor tensor = make.apply(unique(key));
        initializers.add(tensor);
        initializerNames.put(key, tensor.name());
        return tensor.name();
    }

    private String unique(String wish) {
        String unique = wish;
        for (int number = 1; !names.add(unique); number++) {
            unique = wish + "_" + number;
        }
        return unique;
    }

    /**
     * What has been collected.
     *
     * @return the graph
     */
    public OnnxGraph graph() {
        return new OnnxGraph(name, inputs, outputs, nodes, initializers);
    }
}
