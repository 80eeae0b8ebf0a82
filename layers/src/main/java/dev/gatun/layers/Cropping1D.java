package dev.gatun.layers;

import java.util.List;

/** Leaves steps out at the ends: of [B,T,F] comes [B,T - before - behind,F]. A mask of the input ends here, as in Keras. */
public final class Cropping1D extends ConfiguredLayer<Cropping1D> {

    private static final Option<List<Integer>> CROPPING = Option.of("cropping", StepOptions.PAIR, List.of(1, 1))
            .check(new StepOptions.TwoNotNegative());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Cropping1D", CROPPING);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Cropping1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that leaves out as many steps before as behind.
     *
     * @param steps at each end, at least 0; Keras's default is 1
     * @return the layer
     * @throws IllegalArgumentException if it is negative
     */
    public static Cropping1D of(int steps) {
        return of(steps, steps);
    }

    /**
     * A layer that leaves steps out.
     *
     * @param before how many at the beginning, at least 0
     * @param behind how many at the end, at least 0
     * @return the layer
     * @throws IllegalArgumentException if one of them is negative
     */
    public static Cropping1D of(int before, int behind) {
        return new Cropping1D(Configuration.of(OPTIONS).with(CROPPING, List.of(before, behind)));
    }

    @Override
    protected Cropping1D of(Configuration configuration) {
        return new Cropping1D(configuration);
    }

    /**
     * How many steps are left out.
     *
     * @return at the beginning, and at the end
     */
    public List<Integer> cropping() {
        return get(CROPPING);
    }
}
