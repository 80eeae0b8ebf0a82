package dev.gatun.layers.plan;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * Where the weights of a layer lie.
 *
 * @param trained   places in the block of trained numbers, in the order of the layer's specs
 * @param buffers   places in the block of numbers that no optimizer changes, in the order of the specs
 * @param trainable whether a training may change the first
 */
public record WeightPlaces(List<ParameterBlock.Entry> trained, List<ParameterBlock.Entry> buffers, boolean trainable) {

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
}
