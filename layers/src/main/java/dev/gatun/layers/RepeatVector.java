package dev.gatun.layers;

/** Makes a sequence of equal steps: of [B,F] comes [B,n,F], as a decoder reads what an encoder ends with. */
public final class RepeatVector extends ConfiguredLayer<RepeatVector> {

    private static final Option<Integer> N = Option.required("n", OptionKind.WHOLE).check(new AtLeastOne());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("RepeatVector", N);

    /** The condition on the number of steps. */
    private static final class AtLeastOne implements OptionCheck<Integer> {
        @Override
        public String problem(String option, Integer value) {
            return value >= 1 ? null : "expected at least 1 step as " + option + ", got " + value;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public RepeatVector(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that repeats.
     *
     * @param n how many steps it makes, at least 1
     * @return the layer
     * @throws IllegalArgumentException if there are none
     */
    public static RepeatVector times(int n) {
        return new RepeatVector(Configuration.of(OPTIONS).with(N, n));
    }

    @Override
    protected RepeatVector of(Configuration configuration) {
        return new RepeatVector(configuration);
    }

    /**
     * How many steps it makes.
     *
     * @return at least 1
     */
    public int n() {
        return get(N);
    }
}
