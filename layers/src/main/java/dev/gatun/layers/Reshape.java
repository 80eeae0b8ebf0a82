package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the numbers of a sample, in their order, other axes: of [B,12] come [B,3,4], of [B,T,4] with (-1, 2) the steps
 * [B,2 T,2]. A mask ends here, as in Keras.
 */
public final class Reshape extends ConfiguredLayer<Reshape> {

    /** What stands for the size that follows from the others. */
    public static final int REST = -1;

    private static final int MOST_AXES = 3;
    private static final Option<List<Integer>> TARGET = Option.required("target_shape", OptionKind.WHOLES)
            .check(new Sizes());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Reshape", TARGET);

    /** The condition on the sizes: at least 1, but for one that follows from the others. */
    private static final class Sizes implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> sizes) {
            if (sizes.isEmpty() || sizes.size() > MOST_AXES) {
                return "expected 1 to " + MOST_AXES + " sizes as " + option + ", without the batch, got " + sizes;
            }
            int open = 0;
            for (int size : sizes) {
                open += size == REST ? 1 : 0;
                if (size < 1 && size != REST) {
                    return "expected sizes of at least 1 as " + option
                            + ", or -1 for one that follows from the others, got "
                            + sizes;
                }
            }
            return open < 2 ? null : "expected at most one -1 among the sizes of " + option + ", got " + sizes;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Reshape(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that gives values another shape.
     *
     * @param sizes of the axes without the batch, at most three; one may be {@link #REST}, which follows from the others
     * @return the layer
     * @throws IllegalArgumentException if a size is something else, or two are to follow from the others
     */
    public static Reshape to(int... sizes) {
        Arguments.required(sizes, "Reshape.to", "sizes", "sizes without the batch");
        return new Reshape(Configuration.of(OPTIONS).with(TARGET, Arrays.stream(sizes).boxed().toList()));
    }

    @Override
    protected Reshape of(Configuration configuration) {
        return new Reshape(configuration);
    }

    /**
     * The sizes of the axes without the batch.
     *
     * @return one of them may be {@link #REST}
     */
    public List<Integer> targetShape() {
        return get(TARGET);
    }
}
