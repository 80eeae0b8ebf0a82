package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.RecurrentCell;
import java.util.List;

/**
 * A cell of a user's own with states of any number and width, as those of Keras's own tests: each is {@code x K + h R}, where h is
 * the first state before the step. What it returns is the sum of the states, or the states side by side where they differ in
 * width.
 */
public final class LinearCell extends ConfiguredLayer<LinearCell> implements RecurrentCell {

    private static final Option<List<Integer>> SIZES = Option.required("sizes", OptionKind.WHOLES);

    public static final OptionSet OPTIONS = OptionSet.of("LinearCell", SIZES);

    public LinearCell(Configuration configuration) {
        super(configuration);
    }

    public static LinearCell of(Integer... sizes) {
        return new LinearCell(Configuration.of(OPTIONS).with(SIZES, List.of(sizes)));
    }

    @Override
    protected LinearCell of(Configuration configuration) {
        return new LinearCell(configuration);
    }

    @Override
    public List<Integer> stateSizes() {
        return get(SIZES);
    }

    /** Whether the states are added. */
    public boolean adds() {
        return stateSizes().stream().distinct().count() == 1;
    }

    @Override
    public int outputSize() {
        return adds() ? stateSizes().getFirst() : stateSizes().stream().mapToInt(size -> size).sum();
    }
}
