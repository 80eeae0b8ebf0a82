package dev.gatun.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * For each sample the products of two values, summed over an axis of each: of [B,T,F] and [B,S,F] with axes 2 and 2 comes
 * [B,T,S]. What the sum leaves of the first comes first; of two flat values [B,F] comes [B,1]. A mask ends here, as in Keras.
 */
public final class Dot extends MergeLayer<Dot> {

    private static final Option<List<Integer>> AXES = Option.required("axes", new Axes()).check(new OneOrTwo());
    private static final Option<Boolean> NORMALIZE = Option.of("normalize", OptionKind.FLAG, false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Dot", AXES, NORMALIZE);

    /** One axis for both values, or one for each. */
    private static final class Axes extends OptionKind<List<Integer>> {
        Axes() {
            super("an axis, or two");
        }

        @Override
        public List<Integer> read(OptionReader reader, String key) {
            return reader.isList(key) ? reader.integers(key) : List.of(reader.integer(key));
        }

        @Override
        public Object write(List<Integer> value) {
            List<Object> plain = new ArrayList<>();
            value.forEach(axis -> plain.add((long) axis));
            return plain.size() == 1 ? plain.getFirst() : plain;
        }
    }

    /** The condition on the axes: no batch, and as many as there are values. */
    private static final class OneOrTwo implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> axes) {
            if (axes.isEmpty() || axes.size() > 2) {
                return "expected as " + option + " one axis for both values or one for each, got " + axes;
            }
            return axes.contains(0)
                    ? "expected as " + option + " others than 0, the batch, whose samples stay apart, got " + axes
                    : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Dot(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that sums over the same axis of both values.
     *
     * @param axis 1 is the first behind the batch, negative ones count from the end
     * @return the layer
     * @throws IllegalArgumentException if it is 0, the batch
     */
    public static Dot axes(int axis) {
        return new Dot(Configuration.of(OPTIONS).with(AXES, List.of(axis)));
    }

    /**
     * A layer that sums over an axis of each value.
     *
     * @param first  that of the first: 1 is the first behind the batch, negative ones count from the end
     * @param second that of the second
     * @return the layer
     * @throws IllegalArgumentException if one is 0, the batch
     */
    public static Dot axes(int first, int second) {
        return new Dot(Configuration.of(OPTIONS).with(AXES, List.of(first, second)));
    }

    @Override
    protected Dot of(Configuration configuration) {
        return new Dot(configuration);
    }

    /**
     * Says whether what is multiplied is first divided by its length along the axis, so that cosines come out.
     *
     * @param normalize true to divide
     * @return this layer with it
     */
    public Dot normalize(boolean normalize) {
        return with(NORMALIZE, normalize);
    }

    /**
     * The axis of both values, or that of each.
     *
     * @return one or two, negative ones counted from the end
     */
    public List<Integer> axes() {
        return get(AXES);
    }

    /**
     * Whether cosines come out.
     *
     * @return default false
     */
    public boolean normalizes() {
        return get(NORMALIZE);
    }
}
