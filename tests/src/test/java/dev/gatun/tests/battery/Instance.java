package dev.gatun.tests.battery;

import dev.gatun.layers.Layer;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A layer with everything the battery has to be told about it; what is not told has the value for a layer that keeps its
 * input's shape, has no weights and runs step by step.
 *
 * @param layer      the layer; the battery names it {@value Battery#NAME}
 * @param inputs     shapes, batch first and unknown
 * @param outputs    shapes, batch first and unknown
 * @param parameters how many
 * @param steps      whether a model of it can be streamed, if it is given a sequence
 * @param ids        how many whole numbers it knows that it reads instead of floats; 0 for a layer that reads floats
 * @param reference  the same in double precision
 */
record Instance(
        Layer layer, List<Shape> inputs, List<Shape> outputs, long parameters, boolean steps, int ids,
        Reference reference) {

    /** Adds the layer {@value Battery#NAME} to a graph of doubles. */
    @FunctionalInterface
    interface Reference {
        List<RefGraph.Value> of(RefGraph graph, List<RefGraph.Value> inputs);
    }

    static Instance of(Layer layer, Reference reference) {
        return new Instance(layer, List.of(), List.of(), 0, true, 0, reference);
    }

    /** One more input; sizes without the batch. */
    Instance takes(long... dims) {
        return new Instance(layer, with(inputs, dims), outputs, parameters, steps, ids, reference);
    }

    /** One more output; sizes without the batch. */
    Instance gives(long... dims) {
        return new Instance(layer, inputs, with(outputs, dims), parameters, steps, ids, reference);
    }

    Instance parameters(long count) {
        return new Instance(layer, inputs, outputs, count, steps, ids, reference);
    }

    Instance notStepByStep() {
        return new Instance(layer, inputs, outputs, parameters, false, ids, reference);
    }

    /** It reads whole numbers, 0 to one less than this. */
    Instance ids(int count) {
        return new Instance(layer, inputs, outputs, parameters, steps, count, reference);
    }

    private static List<Shape> with(List<Shape> shapes, long... dims) {
        long[] all = new long[dims.length + 1];
        all[0] = Shape.UNKNOWN;
        System.arraycopy(dims, 0, all, 1, dims.length);
        List<Shape> more = new ArrayList<>(shapes);
        more.add(Shape.of(all));
        return List.copyOf(more);
    }

    /** Whether it is given one sequence and gives one value. */
    boolean isSequenceToOne() {
        return inputs.size() == 1 && outputs.size() == 1 && inputs.getFirst().rank() == (ids > 0 ? 2 : 3);
    }

    @Override
    public String toString() {
        return layer.kind() + " " + layer.config() + " on " + Arrays.toString(inputs.toArray());
    }
}
