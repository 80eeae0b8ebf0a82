package dev.gatun.layers.graph;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.SampleRule;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import dev.gatun.memory.check.IndexCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's layers and how values flow between them, checked and with shapes inferred; batch and time may be unknown.
 *
 * @param name       the model's name
 * @param sequential whether it was declared as a plain chain
 * @param layers     in the order of Keras's {@code model.layers}, which is the order of weights and of the summary
 * @param steps      calls in an order in which they can run; inputs are steps without a layer to run
 * @param inputs     indices of the steps that are the model's inputs
 * @param outputs    the values that are the model's outputs
 */
public record Graph(
        String name, boolean sequential, List<NamedLayer> layers, List<Step> steps, List<Integer> inputs,
        List<Ref> outputs) {
    /**
     * Refuses what is missing and keeps copies of the lists.
     *
     * @throws NullPointerException naming what is missing
     */
    public Graph {
        Arguments.required(name, "Graph", "name", "a name");
        layers = List.copyOf(Arguments.all(layers, "Graph", "layers", "the layers"));
        steps = List.copyOf(Arguments.all(steps, "Graph", "steps", "the calls"));
        inputs = List.copyOf(Arguments.all(inputs, "Graph", "inputs", "indices of steps"));
        outputs = List.copyOf(Arguments.all(outputs, "Graph", "outputs", "values"));
    }

    /**
     * A layer with its name in the model.
     *
     * @param name  unique in the model, without a slash
     * @param layer as the user declared it
     * @param built its weights and output shapes; null for an input
     */
    public record NamedLayer(String name, Layer layer, BuiltLayer built) {
        /**
         * Refuses what is missing.
         *
         * @throws NullPointerException naming what is missing
         */
        public NamedLayer {
            Arguments.required(name, "Graph.NamedLayer", "name", "a name");
            Arguments.required(layer, "Graph.NamedLayer", "layer", "a layer");
        }

        /**
         * Where Keras's files hold the weights of this layer.
         *
         * @return for each weight its path below the layer's group, in the order of the weights; none for an input
         */
        public List<String> kerasWeights() {
            if (built == null) {
                return List.of();
            }
            return built instanceof BuiltParts parts ? parts.kerasWeights() : BuiltParts.kerasWeights(layer, built);
        }
    }

    /**
     * One call of a layer.
     *
     * @param layer        index of the layer in {@link Graph#layers}
     * @param callIndex    how many calls of the same layer came before
     * @param arguments    the values it reads, by name; none for an input
     * @param outputShapes shapes of the values it makes, batch first, unknown sizes included
     */
    public record Step(int layer, int callIndex, CallArguments<Ref> arguments, List<Shape> outputShapes) {
        /**
         * Refuses what is missing and keeps copies of the lists.
         *
         * @throws NullPointerException naming what is missing
         */
        public Step {
            Arguments.required(arguments, "Graph.Step", "arguments", "values");
            outputShapes = List.copyOf(Arguments.all(outputShapes, "Graph.Step", "outputShapes", "shapes"));
        }
    }

    /**
     * A value of the graph: one output of one step.
     *
     * @param step   index of the step in {@link Graph#steps}
     * @param output which of its outputs, counted from 0; an LSTM that returns its state has h as 1 and c as 2
     */
    public record Ref(int step, int output) {

        // Written out, since it is a key of plans: those of a record are made when they are first called, which takes a
        // start of the JVM ten milliseconds.

        @Override
        public boolean equals(Object other) {
            return other instanceof Ref that && step == that.step && output == that.output;
        }

        @Override
        public int hashCode() {
            return 31 * step + output;
        }
    }

    /**
     * Checks, orders and names what lies between inputs and outputs; no memory is taken for weights.
     *
     * @param name       the model's name
     * @param sequential whether it was declared as a plain chain
     * @param inputs     where values enter, at least one
     * @param outputs    what is computed from them, at least one
     * @return the graph, its layers named and all shapes inferred
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     */
    public static Graph of(
            String name, boolean sequential, List<? extends Node> inputs, List<? extends Node> outputs) {
        return GraphBuilder.build(name, sequential, inputs, outputs);
    }

    /**
     * A layer by itself, as a call builds it: its weights and the shapes it makes.
     *
     * @param layer  its options
     * @param name   for messages
     * @param shapes of what the first call reads, batch first; batch and time may be unknown
     * @return the layer, or the parts it is made of
     * @throws dev.gatun.memory.ShapeException if the layer cannot be given these: names layer, expected, got, fix
     */
    public static BuiltLayer built(Layer layer, String name, CallArguments<Shape> shapes) {
        Arguments.required(layer, "Graph.built", "layer", "a layer");
        Arguments.required(name, "Graph.built", "name", "a name");
        Arguments.required(shapes, "Graph.built", "shapes", "the shape of each input");
        return GraphBuilder.build(layer, name, shapes.map(shape -> new BuiltParts.Place(shape, ValueType.FLOAT32)),
                new IdentityHashMap<>());
    }

    /**
     * The graph that runs: layers that are made of others are replaced by their parts, whose names begin with that of the whole
     * and a slash.
     *
     * @return a graph of the same inputs and outputs; this one if no layer is made of others
     */
    public Graph flat() {
        return Flattening.of(this);
    }

    /**
     * Layers that stand in several places: in two layers that are made of others, or in one and beside it.
     *
     * @return for each place but the first its name and that of the first; a part's name begins with that of the whole and a slash
     */
    public Map<String, String> shared() {
        Map<BuiltLayer, String> first = new IdentityHashMap<>();
        Map<String, String> shared = new LinkedHashMap<>();
        layers.forEach(layer -> addShared(layer, first, shared));
        return shared;
    }

    private static void addShared(NamedLayer layer, Map<BuiltLayer, String> first, Map<String, String> shared) {
        if (layer.built() == null) {
            return;
        }
        String before = first.putIfAbsent(layer.built(), layer.name());
        if (before != null) {
            shared.put(layer.name(), before);
        } else if (layer.built() instanceof BuiltParts parts) {
            parts.layers().forEach(part -> addShared(part, first, shared));
        }
    }

    /**
     * The part of this graph that leads to some of its values: the same inputs and layers, the calls that are needed, and
     * these values as outputs.
     *
     * @param values names of layers and outputs, as {@link dev.gatun.layers.model.Model#upTo} takes them; at least one
     * @return the part
     * @throws NullPointerException     if the list or an element is null
     * @throws IllegalArgumentException if there is no value of such a name, naming those there are
     */
    public Graph upTo(List<String> values) {
        return GraphPart.of(this, Arguments.all(values, "Graph.upTo", "values", "names of layers and outputs"));
    }

    /**
     * The names of the outputs: that of the layer, with {@code _h} or {@code _c} behind it for a state of an LSTM.
     *
     * @return one for each output; a name that is there already has a number behind it
     */
    public List<String> outputNames() {
        return OutputNames.of(this);
    }

    /**
     * For each layer its calls, in order.
     *
     * @return one list for each layer
     */
    public List<List<Step>> calls() {
        List<List<Step>> calls = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            calls.add(new ArrayList<>());
        }
        for (Step step : steps) {
            calls.get(step.layer()).add(step);
        }
        return calls;
    }

    /**
     * The layer that a step calls.
     *
     * @param step of this graph
     * @return the layer with its name
     * @throws IndexOutOfBoundsException if the step is of another graph, which has more layers
     */
    public NamedLayer layerOf(Step step) {
        Arguments.required(step, "Graph.layerOf", "step", "a step of the graph");
        return layers.get(IndexCheck.of(step.layer(), layers.size(), "Graph.layerOf", "step.layer()", "layer"));
    }

    /**
     * The shapes that all values have for given inputs.
     *
     * @param inputShapes one for each input, batch first
     * @return for each step the shapes of its outputs
     * @throws dev.gatun.memory.ShapeException if they do not fit the layers
     */
    public List<List<Shape>> shapes(List<Shape> inputShapes) {
        return ShapeInference.of(this,
                Arguments.all(inputShapes, "Graph.shapes", "inputShapes", "a shape for each input"));
    }

    /**
     * The shapes that the outputs have for given inputs.
     *
     * @param inputShapes one for each input, batch first
     * @return one for each output
     * @throws dev.gatun.memory.ShapeException if they do not fit the layers
     */
    public List<Shape> outputShapes(List<Shape> inputShapes) {
        List<List<Shape>> all = shapes(inputShapes);
        List<Shape> shapes = new ArrayList<>(outputs.size());
        for (Ref output : outputs) {
            shapes.add(all.get(output.step()).get(output.output()));
        }
        return Collections.unmodifiableList(shapes);
    }

    /**
     * The mask that each value carries.
     *
     * @return no entry for a value of which all steps count; a mask that a layer makes is an output behind those of its step
     * @throws IllegalArgumentException if a layer refuses a mask, or is given one that does not fit
     */
    public Map<Ref, Ref> masks() {
        return MaskInference.of(this);
    }

    /**
     * This graph with a mask for some of its inputs, to be given with the data: one more input for each, in this order, behind
     * all others. The values it has keep their places.
     *
     * @param masked which inputs, counted from 0
     * @return a graph of the same outputs
     * @throws IllegalArgumentException if an input has no steps, or a layer behind it cannot leave steps out, naming it
     */
    public Graph masked(List<Integer> masked) {
        return MaskedInputs.of(this, Arguments.all(masked, "Graph.masked", "masked", "numbers of inputs"));
    }

    /**
     * The inputs that are sequences, of which a mask could leave steps out.
     *
     * @return numbers of inputs, counted from 0
     */
    public List<Integer> sequences() {
        List<Integer> sequences = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            if (MaskedInputs.isSequence(inputType(input), inputShape(input))) {
                sequences.add(input);
            }
        }
        return sequences;
    }

    /**
     * What the numbers of an input of the model are.
     *
     * @param input which input, counted from 0
     * @return as declared
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public ValueType inputType(int input) {
        return ((Input) layerOf(inputStep(input, "Graph.inputType")).layer()).type();
    }

    /**
     * What the numbers of an output of the model are.
     *
     * @param output which output, counted from 0
     * @return float32, or int32 where the layer makes whole numbers
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are
     */
    public ValueType outputType(int output) {
        int index = IndexCheck.of(output, outputs.size(), "Graph.outputType", "output", "output");
        return type(outputs.get(index));
    }

    /**
     * Whether an input of whole numbers takes floats too, see {@link Input#takesFloats()}.
     *
     * @param input which input, counted from 0
     * @return false unless it was declared so
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public boolean takesFloats(int input) {
        return ((Input) layerOf(inputStep(input, "Graph.takesFloats")).layer()).takesFloats();
    }

    /**
     * Whether sequences are given and returned time-major, see {@link Input#timeMajor(boolean)}.
     *
     * @return false unless an input says so
     */
    public boolean isTimeMajor() {
        for (int input = 0; input < inputs.size(); input++) {
            if (isTimeMajor(input)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an input is given time-major.
     *
     * @param input which input, counted from 0
     * @return false unless it was declared so
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public boolean isTimeMajor(int input) {
        return ((Input) layerOf(inputStep(input, "Graph.isTimeMajor")).layer()).isTimeMajor();
    }

    /**
     * This graph with a layer that a training may change, or may not.
     *
     * @param name      of the layer
     * @param trainable whether it may
     * @return a graph of the same values
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     */
    public Graph trainable(String name, boolean trainable) {
        Arguments.required(name, "Graph.trainable", "name", "the name of a layer");
        List<NamedLayer> changed = new ArrayList<>();
        boolean found = false;
        for (NamedLayer layer : layers) {
            boolean isIt = layer.name().equals(name);
            found |= isIt;
            changed.add(isIt
                    ? new NamedLayer(name, layer.layer().trainable(trainable), layer.built())
                    : layer);
        }
        if (!found) {
            throw new IllegalArgumentException("Model '" + this.name + "' has no layer '" + name + "'; there are "
                    + layers.stream().map(NamedLayer::name).toList());
        }
        return new Graph(this.name, sequential, changed, steps, inputs, outputs);
    }

    /** What the numbers of a value are. */
    ValueType type(Ref ref) {
        NamedLayer source = layerOf(steps.get(ref.step()));
        if (source.layer() instanceof Input input) {
            return input.type();
        }
        return source.built() == null ? ValueType.FLOAT32 : source.built().makes();
    }

    /**
     * The shape of a value.
     *
     * @param ref of this graph
     * @return batch first, unknown sizes included
     * @throws IndexOutOfBoundsException if there is no such step or it has no such output, saying which there are
     */
    public Shape shape(Ref ref) {
        Arguments.required(ref, "Graph.shape", "ref", "a value of the graph");
        Step step = steps.get(IndexCheck.of(ref.step(), steps.size(), "Graph.shape", "ref.step()", "step"));
        List<Shape> shapes = step.outputShapes();
        return shapes.get(IndexCheck.of(ref.output(), shapes.size(), "Graph.shape", "ref.output()", "output"));
    }

    /**
     * How many samples a batch has to have, because an input was declared so, or a layer has a row of numbers for each.
     *
     * @return {@link Shape#UNKNOWN} if there may be any number
     */
    public long batch() {
        for (int input : inputs) {
            long declared = steps.get(input).outputShapes().getFirst().dim(0);
            if (declared != Shape.UNKNOWN) {
                return declared;
            }
        }
        for (Step step : steps) {
            Layer layer = layerOf(step).layer();
            long batch = step.outputShapes().getFirst().dim(0);
            if (batch != Shape.UNKNOWN
                    || BuiltInTypes.ALL.of(layer).samples(layer) == SampleRule.STEPS_TO_SAMPLES) {
                return batch;
            }
        }
        return Shape.UNKNOWN;
    }

    /**
     * The declared shape of an input of the model.
     *
     * @param input which input, counted from 0
     * @return batch first, unknown sizes included
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public Shape inputShape(int input) {
        return inputStep(input, "Graph.inputShape").outputShapes().getFirst();
    }

    /**
     * The name of an input of the model.
     *
     * @param input which input, counted from 0
     * @return the name of its layer
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public String inputName(int input) {
        return layerOf(inputStep(input, "Graph.inputName")).name();
    }

    private Step inputStep(int input, String method) {
        return steps.get(inputs.get(IndexCheck.of(input, inputs.size(), method, "input", "input")));
    }
}
