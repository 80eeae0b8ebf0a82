package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Makes one number of those along some axes: their mean or sum, the largest or smallest, whether any or all are not 0. Samples
 * stay apart. It is what {@code keras.ops} writes into functional models, such as {@code ops.mean(x, axis=1)}. Masks end here,
 * as they do in Keras.
 *
 * <pre>{@code
 * Node mean = Reduction.of(Reduction.Function.MEAN, 1).on(sequence);      // over the steps: [B,T,F] to [B,F]
 * }</pre>
 */
public final class Reduction extends ConfiguredLayer<Reduction> {

    /** The functions there are. */
    public enum Function {
        /** The sum, divided by how many numbers there are; NaN of none. */
        MEAN,
        /** The sum. */
        SUM,
        /** The largest number; NaN if one is. */
        MAX,
        /** The smallest number; NaN if one is. */
        MIN,
        /** 1 if a number is not 0, otherwise 0. */
        ANY,
        /** 1 if no number is 0, otherwise 0. */
        ALL;

        /**
         * Its name in files.
         *
         * @return in small letters
         */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final OptionKind<Function> FUNCTIONS = new OptionKind<>("a function") {
        @Override
        public Function read(OptionReader reader, String key) {
            String word = reader.text(key);
            return Arrays.stream(Function.values()).filter(function -> function.keyword().equals(word)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(reader.owner() + ": expected as " + key + " one of "
                            + Arrays.stream(Function.values()).map(Function::keyword).toList() + ", got '" + word
                            + "'"));
        }

        @Override
        public Object write(Function value) {
            return value.keyword();
        }
    };

    private static final Option<Function> FUNCTION = Option.required("function", FUNCTIONS);
    private static final Option<List<Integer>> AXES = Option.required("axes", OptionKind.WHOLES).check(new NoBatch());
    private static final Option<Boolean> KEEPDIMS = Option.of("keepdims", OptionKind.FLAG, false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Reduction", FUNCTION, AXES, KEEPDIMS);

    /** The condition on the axes. */
    private static final class NoBatch implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> axes) {
            return axes.isEmpty() || axes.contains(0)
                    ? "expected as " + option + " some from 1 on, or from -1 down, got " + axes
                            + "; axis 0 is the batch, whose samples stay apart"
                    : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Reduction(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that makes one number of several.
     *
     * @param function how
     * @param axes     along which: 1 is the first behind the batch, negative ones count from the end
     * @return the layer
     * @throws IllegalArgumentException if there is none, or one is 0, the batch
     */
    public static Reduction of(Function function, int... axes) {
        Arguments.required(function, "Reduction.of", "function", "for example Reduction.Function.MEAN");
        Arguments.required(axes, "Reduction.of", "axes", "axes counted from 1");
        return new Reduction(Configuration.of(OPTIONS).with(FUNCTION, function)
                .with(AXES, Arrays.stream(axes).boxed().toList()));
    }

    @Override
    protected Reduction of(Configuration configuration) {
        return new Reduction(configuration);
    }

    /**
     * Says whether the axes stay, with one index each.
     *
     * @param keeps true to keep them
     * @return this layer with it
     */
    public Reduction keepDims(boolean keeps) {
        return with(KEEPDIMS, keeps);
    }

    /**
     * How one number is made.
     *
     * @return the function
     */
    public Function function() {
        return get(FUNCTION);
    }

    /**
     * Along which axes.
     *
     * @return as given
     */
    public List<Integer> axes() {
        return get(AXES);
    }

    /**
     * Whether the axes stay, with one index each.
     *
     * @return default false
     */
    public boolean keepsDims() {
        return get(KEEPDIMS);
    }
}
