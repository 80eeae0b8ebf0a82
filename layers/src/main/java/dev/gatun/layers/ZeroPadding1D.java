package dev.gatun.layers;

import java.util.List;

/** Adds steps of zeros at the ends: of [B,T,F] comes [B,before + T + behind,F]. A mask of the input ends here, as in Keras. */
public final class ZeroPadding1D extends ConfiguredLayer<ZeroPadding1D> {

    private static final Option<List<Integer>> PADDING = Option.of("padding", StepOptions.PAIR, List.of(1, 1))
            .check(new StepOptions.TwoNotNegative());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("ZeroPadding1D", PADDING).only("data_format",
            "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public ZeroPadding1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that adds as many steps before as behind.
     *
     * @param steps at each end, at least 0; Keras's default is 1
     * @return the layer
     * @throws IllegalArgumentException if it is negative
     */
    public static ZeroPadding1D of(int steps) {
        return of(steps, steps);
    }

    /**
     * A layer that adds steps.
     *
     * @param before how many before the first, at least 0
     * @param behind how many behind the last, at least 0
     * @return the layer
     * @throws IllegalArgumentException if one of them is negative
     */
    public static ZeroPadding1D of(int before, int behind) {
        return new ZeroPadding1D(Configuration.of(OPTIONS).with(PADDING, List.of(before, behind)));
    }

    @Override
    protected ZeroPadding1D of(Configuration configuration) {
        return new ZeroPadding1D(configuration);
    }

    /**
     * How many steps are added.
     *
     * @return before the first, and behind the last
     */
    public List<Integer> padding() {
        return get(PADDING);
    }
}
