package dev.gatun.layers;

import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraphBuilder;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import dev.gatun.memory.check.IndexCheck;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A call of a layer that is being written as ONNX nodes: what it reads, its weights, and the nodes it adds. Values are known by
 * their names in the ONNX graph.
 */
public final class OnnxCall {

    private final String name;
    private final CallArguments<OnnxValue> arguments;
    private final List<Optional<OnnxValue>> masks;
    private final Function<String, Tensor> weights;
    private final OnnxGraphBuilder graph;

    /**
     * A call.
     *
     * @param name      of the layer in the model
     * @param arguments what it reads; the mask is the one it was given by name or that its input carries
     * @param weights   the numbers of a weight of the layer, by its name within the layer
     * @param graph     takes the nodes
     */
    public OnnxCall(
            String name, CallArguments<OnnxValue> arguments, Function<String, Tensor> weights, OnnxGraphBuilder graph) {
        this(name, arguments, Collections.nCopies(arguments == null ? 0 : arguments.inputs().size(), Optional.empty()),
                weights, graph);
    }

    /**
     * A call of which the inputs carry masks.
     *
     * @param name      of the layer in the model
     * @param arguments what it reads; the mask is the one it was given by name or that its input carries
     * @param masks     what each of the inputs carries, whatever the call was given by name; one for each
     * @param weights   the numbers of a weight of the layer, by its name within the layer
     * @param graph     takes the nodes
     */
    public OnnxCall(
            String name, CallArguments<OnnxValue> arguments, List<Optional<OnnxValue>> masks,
            Function<String, Tensor> weights, OnnxGraphBuilder graph) {
        this.name = Arguments.required(name, "OnnxCall", "name", "the name of the layer");
        this.arguments = Arguments.required(arguments, "OnnxCall", "arguments", "what the layer reads");
        this.masks = List.copyOf(Arguments.all(masks, "OnnxCall", "masks", "one for each input"));
        this.weights = Arguments.required(weights, "OnnxCall", "weights", "what gives the numbers of a weight");
        this.graph = Arguments.required(graph, "OnnxCall", "graph", "what takes the nodes");
    }

    /**
     * The name of the layer in the model.
     *
     * @return for messages
     */
    public String name() {
        return name;
    }

    /**
     * What the call reads.
     *
     * @return values by argument; the mask is null if all steps count
     */
    public CallArguments<OnnxValue> arguments() {
        return arguments;
    }

    /**
     * The mask that one of the inputs carries.
     *
     * @param input which of them, counted from 0
     * @return empty if all its steps count
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public Optional<OnnxValue> mask(int input) {
        return masks.get(IndexCheck.of(input, masks.size(), "OnnxCall.mask", "input", "input"));
    }

    /**
     * This call within the body of a loop.
     *
     * @param body takes the nodes
     * @return a call of the same layer, which reads and weighs the same
     */
    public OnnxCall in(OnnxGraphBuilder body) {
        return new OnnxCall(name, arguments, masks, weights,
                Arguments.required(body, "OnnxCall.in", "body", "OnnxGraphBuilder.body"));
    }

    /**
     * An empty body for a loop of this call.
     *
     * @param own its name within the layer
     * @return what collects it
     */
    public OnnxGraphBuilder body(String own) {
        return graph.body(name + "/" + Arguments.required(own, "OnnxCall.body", "own", "a name"));
    }

    /**
     * How many samples there are.
     *
     * @return the name of the value, int64 of one axis
     */
    public String batch() {
        return size(input(), 0);
    }

    /**
     * The size of an axis of a value, whatever it is in a run.
     *
     * @param value the name of the value
     * @param axis  counted from 0
     * @return the name of the value, int64 of one axis
     */
    public String size(String value, int axis) {
        Arguments.required(value, "OnnxCall.size", "value", "the name of a value");
        return node("Slice", node("Shape", value), constants(axis), constants(axis + 1L), constants(0), constants(1));
    }

    /**
     * The whole numbers from 0 to one less than a size.
     *
     * @param size int64 of one axis
     * @return the name of the value, int64 of one axis
     */
    public String indices(String size) {
        String end = node("Squeeze", Arguments.required(size, "OnnxCall.indices", "size", "the name of a value"),
                constants(0));
        return node("Range", node("Squeeze", constants(0), constants(0)), end,
                node("Squeeze", constants(1), constants(0)));
    }

    /**
     * The same numbers in another type; true counts as 1, and whatever is not 0 as true.
     *
     * @param value the name of a value
     * @param type  of the numbers that are made
     * @return the name of the value
     */
    public String cast(String value, OnnxType type) {
        Arguments.required(value, "OnnxCall.cast", "value", "the name of a value");
        Arguments.required(type, "OnnxCall.cast", "type", "for example OnnxType.FLOAT");
        return node("Cast", List.of(value), Map.of("to", OnnxAttribute.of(type.number())));
    }

    /**
     * A value as float32, whichever type it is of.
     *
     * @param value what it is
     * @return its name, or that of its numbers in the other type
     */
    public String floats(OnnxValue value) {
        Arguments.required(value, "OnnxCall.floats", "value", "a value of the graph");
        return value.type() == OnnxType.FLOAT ? value.name() : cast(value.name(), OnnxType.FLOAT);
    }

    /**
     * Numbers that are the same for all samples.
     *
     * @param value with an axis of 1, or none, where the samples are to be
     * @param shape int64 of one axis: the shape with all samples
     * @return the name of the value
     */
    public String repeated(String value, String... shape) {
        Arguments.required(value, "OnnxCall.repeated", "value", "the name of a value");
        List<String> sizes = Arguments.all(shape, "OnnxCall.repeated", "shape", "names of sizes");
        return node("Expand", value, node("Concat", sizes, Map.of("axis", OnnxAttribute.of(0))));
    }

    /**
     * The name of the first of the data.
     *
     * @return of most layers the only one
     */
    public String input() {
        return arguments.input().name();
    }

    /**
     * The numbers of a weight.
     *
     * @param weight its name within the layer, for example {@code kernel}
     * @return in Keras's shape and order
     */
    public Tensor weight(String weight) {
        return weights.apply(Arguments.required(weight, "OnnxCall.weight", "weight", "a name, for example kernel"));
    }

    /**
     * A weight as an initializer in Keras's shape and order.
     *
     * @param weight its name within the layer, for example {@code kernel}
     * @return the name of the value
     */
    public String initializer(String weight) {
        Arguments.required(weight, "OnnxCall.initializer", "weight", "a name, for example kernel");
        return graph.initializer(name + "/" + weight, unique -> {
            Tensor numbers = weight(weight);
            return OnnxTensor.floats(unique, numbers.shape(), numbers.toArray());
        });
    }

    /**
     * Numbers of the layer as an initializer: a weight in the operator's shape and order. A layer called twice writes them once.
     *
     * @param own    their name within the layer, for example {@code W}
     * @param shape  in ONNX
     * @param values row-major
     * @return the name of the value
     */
    public String initializer(String own, Shape shape, float... values) {
        Arguments.required(own, "OnnxCall.initializer", "own", "a name for the numbers");
        Arguments.required(shape, "OnnxCall.initializer", "shape", "known sizes");
        Arguments.required(values, "OnnxCall.initializer", "values", "as many numbers as the shape has");
        return graph.initializer(name + "/" + own, unique -> OnnxTensor.floats(unique, shape, values));
    }

    /**
     * A single number, which all layers share.
     *
     * @param value the number
     * @return the name of the value, a float32 without axes
     */
    public String constant(float value) {
        return graph.initializer("constant/" + value, unique -> OnnxTensor.floats(unique, Shape.of(), value));
    }

    /**
     * Sizes or axes, which all layers share.
     *
     * @param values the whole numbers
     * @return the name of the value, int64 of one axis
     */
    public String constants(long... values) {
        Arguments.required(values, "OnnxCall.constants", "values", "whole numbers");
        return graph.initializer("constant/" + Arrays.toString(values), unique -> OnnxTensor.longs(unique, values));
    }

    /**
     * Adds a node without attributes that makes one value.
     *
     * @param operator ONNX's name, for example {@code MatMul}
     * @param reads    names of the values it reads, in the operator's order
     * @return the name of the value it makes
     */
    public String node(String operator, String... reads) {
        return node(operator, Arguments.all(reads, "OnnxCall.node", "reads", "names of values"), Map.of());
    }

    /**
     * Adds a node that makes one value.
     *
     * @param operator   ONNX's name, for example {@code Transpose}
     * @param reads      names of the values it reads, in the operator's order
     * @param attributes by name
     * @return the name of the value it makes
     */
    public String node(String operator, List<String> reads, Map<String, OnnxAttribute> attributes) {
        Arguments.required(operator, "OnnxCall.node", "operator", "an operator's name, for example MatMul");
        Arguments.all(reads, "OnnxCall.node", "reads", "names of values");
        Arguments.all(attributes, "OnnxCall.node", "attributes", "values by name");
        return node(operator, reads, List.of(operator), attributes).getFirst();
    }

    /**
     * Adds a node that makes several values.
     *
     * @param operator   ONNX's name, for example {@code LSTM}
     * @param reads      names of the values it reads, in the operator's order; an empty name leaves an optional one out
     * @param makes      names within the layer for the values it makes, in the operator's order; an empty name leaves an
     *                   optional one out
     * @param attributes by name
     * @return the names in the graph of the values it makes, empty for those left out
     * @throws IllegalArgumentException if it makes none
     */
    public List<String> node(
            String operator, List<String> reads, List<String> makes, Map<String, OnnxAttribute> attributes) {
        Arguments.required(operator, "OnnxCall.node", "operator", "an operator's name, for example MatMul");
        Arguments.all(reads, "OnnxCall.node", "reads", "names of values");
        Arguments.all(makes, "OnnxCall.node", "makes", "names for values");
        Arguments.all(attributes, "OnnxCall.node", "attributes", "values by name");
        List<String> wishes = makes.stream().map(own -> own.isEmpty() ? "" : name + "/" + own).toList();
        return graph.node(operator, reads, wishes, attributes);
    }

    /**
     * Adds the nodes of an activation.
     *
     * @param function what is applied
     * @param value    the name of what it is applied to
     * @return the name of what comes out; the value itself for a linear activation
     */
    public String activation(ActivationFunction function, String value) {
        Arguments.required(function, "OnnxCall.activation", "function", "for example ActivationFunction.RELU");
        Arguments.required(value, "OnnxCall.activation", "value", "the name of a value");
        return new OnnxActivation(this, value).of(function);
    }

    /**
     * Whether the recurrent operators (LSTM, GRU, RNN) have all of these.
     *
     * @param functions activations of a cell
     * @return false if {@link #cellActivations} refuses one of them
     */
    public boolean hasCellActivations(ActivationFunction... functions) {
        return Arguments.all(functions, "OnnxCall.hasCellActivations", "functions",
                "for example ActivationFunction.TANH").stream().allMatch(OnnxCellActivation::isKnown);
    }

    /**
     * The activations of a recurrent operator (LSTM, GRU, RNN), which knows fewer functions than there are operators.
     *
     * @param functions in the operator's order
     * @return the attributes {@code activations}, {@code activation_alpha} and {@code activation_beta}, those that are needed
     * @throws IllegalArgumentException naming a function that the recurrent operators do not have
     */
    public Map<String, OnnxAttribute> cellActivations(ActivationFunction... functions) {
        return OnnxCellActivation.attributes(name, Arguments.all(functions, "OnnxCall.cellActivations", "functions",
                "for example ActivationFunction.TANH"));
    }
}
