package dev.gatun.layers.model;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

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
    /** @throws NullPointerException naming what is missing */
    public Graph {
        Arguments.required(name, "Graph", "name", "a name");
        Arguments.all(layers, "Graph", "layers", "the layers");
        Arguments.all(steps, "Graph", "steps", "the calls");
        Arguments.all(inputs, "Graph", "inputs", "indices of steps");
        Arguments.all(outputs, "Graph", "outputs", "values");
    }

    /**
     * A layer with its name in the model.
     *
     * @param built null for an input
     */
    public record NamedLayer(String name, Layer layer, BuiltLayer built) {
        /** @throws NullPointerException naming what is missing */
        public NamedLayer {
            Arguments.required(name, "Graph.NamedLayer", "name", "a name");
            Arguments.required(layer, "Graph.NamedLayer", "layer", "a layer");
        }
    }

    /**
     * One call of a layer.
     *
     * @param layer        index of the layer
     * @param callIndex    how many calls of the same layer came before
     * @param inputs       what it reads
     * @param outputShapes shapes of what it makes, batch first
     */
    public record Step(int layer, int callIndex, List<Ref> inputs, List<Shape> outputShapes) {
        /** @throws NullPointerException naming what is missing */
        public Step {
            Arguments.all(inputs, "Graph.Step", "inputs", "values");
            Arguments.all(outputShapes, "Graph.Step", "outputShapes", "shapes");
        }
    }

    /** Output {@code output} of step {@code step}. */
    public record Ref(int step, int output) {}

    /**
     * Checks, orders and names what lies between inputs and outputs; no memory is taken for weights.
     *
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     */
    public static Graph of(
            String name, boolean sequential, List<? extends Node> inputs, List<? extends Node> outputs) {
        return GraphBuilder.build(name, sequential, inputs, outputs);
    }

    /** For each layer its calls, in order. */
    List<List<Step>> calls() {
        List<List<Step>> calls = new ArrayList<>();
        layers.forEach(layer -> calls.add(new ArrayList<>()));
        steps.forEach(step -> calls.get(step.layer()).add(step));
        return calls;
    }

    public NamedLayer layerOf(Step step) {
        Arguments.required(step, "Graph.layerOf", "step", "a step of the graph");
        return layers.get(step.layer());
    }

    public Shape shape(Ref ref) {
        Arguments.required(ref, "Graph.shape", "ref", "a value of the graph");
        return steps.get(ref.step()).outputShapes().get(ref.output());
    }

    public Shape inputShape(int input) {
        return steps.get(inputs.get(input)).outputShapes().getFirst();
    }

    public String inputName(int input) {
        return layerOf(steps.get(inputs.get(input))).name();
    }
}
