package dev.gatun.layers.plan;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * Where the weights of a layer lie.
 *
 * @param trained   places in the block of trained numbers, in the order of the layer's specs
 * @param buffers   places in the block of numbers that no optimizer changes, in the order of the specs
 * @param trainable whether a training may change the first
 * @param byRows    of trained weights that gradients reach by rows, those that have one; by place
 */
public record WeightPlaces(
        List<ParameterBlock.Entry> trained, List<ParameterBlock.Entry> buffers, boolean trainable,
        Map<ParameterBlock.Entry, RowSet> byRows) {

    /** Those of a layer without weights. */
    public static final WeightPlaces NONE = new WeightPlaces(List.of(), List.of(), true);

    /**
     * Keeps copies of the lists.
     *
     * @throws NullPointerException naming what is missing
     */
    public WeightPlaces {
        trained = List.copyOf(Arguments.all(trained, "WeightPlaces", "trained", "places, none is fine"));
        buffers = List.copyOf(Arguments.all(buffers, "WeightPlaces", "buffers", "places, none is fine"));
        byRows = Map.copyOf(Arguments.all(byRows, "WeightPlaces", "byRows", "rows by place, none is fine"));
    }

    /**
     * Places of weights that gradients reach as a whole.
     *
     * @param trained   places in the block of trained numbers, in the order of the layer's specs
     * @param buffers   places in the block of numbers that no optimizer changes, in the order of the specs
     * @param trainable whether a training may change the first
     * @throws NullPointerException naming what is missing
     */
    public WeightPlaces(
            List<ParameterBlock.Entry> trained, List<ParameterBlock.Entry> buffers, boolean trainable) {
        this(trained, buffers, trainable, Map.of());
    }

    /** {@return whether there are weights that a training changes} */
    public boolean isTrained() {
        return trainable && !trained.isEmpty();
    }

    /**
     * The place of a trained weight.
     *
     * @param index which, counted from 0
     * @return bytes from the start of the block
     */
    public long at(int index) {
        return trained.get(index).baseBytes();
    }

    /**
     * The rows of a trained weight that have a gradient, for an operation to add to when it goes back.
     *
     * @param index which weight, counted from 0
     * @return null unless the weight's {@link dev.gatun.layers.WeightSpec} has rows
     */
    public RowSet rows(int index) {
        return byRows.get(trained.get(index));
    }
}
