package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Softmax over one axis or several, e^x over the sum of all e^x, as a layer of its own; values keep their shape. A call may be
 * given which numbers count: the others are 0, and so is all where none counts.
 */
public final class Softmax extends ConfiguredLayer<Softmax> {

    private static final Option<List<Integer>> AXIS = Option
            .of("axis", OptionKind.WHOLE_OR_WHOLES, List.of(-1)).check(new Axes());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Softmax", AXIS);

    /** The condition on the axes: at least one, none twice, and not the samples. */
    private static final class Axes implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> axes) {
            if (axes.isEmpty() || new HashSet<>(axes).size() < axes.size()) {
                return "expected axes that differ, at least one, as " + option + ", got " + axes
                        + "; -1 is that of the features";
            }
            return axes.contains(0)
                    ? "got " + option + " " + axes + ", but axis 0 are the samples, which do not meet; "
                            + "give 1 for time, -1 for features"
                    : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Softmax(Configuration configuration) {
        super(configuration);
    }

    /**
     * Softmax over the features.
     *
     * @return the layer
     */
    public static Softmax of() {
        return new Softmax(Configuration.of(OPTIONS));
    }

    /**
     * Softmax over some axes together.
     *
     * @param axes counted from 0, which are the samples, or from the end: -1 are the features
     * @return the layer
     * @throws IllegalArgumentException if there is none, one is named twice, or it is that of the samples
     */
    public static Softmax axis(int... axes) {
        Arguments.required(axes, "Softmax.axis", "axes", "for example -1");
        return new Softmax(Configuration.of(OPTIONS).with(AXIS, Arrays.stream(axes).boxed().toList()));
    }

    @Override
    protected Softmax of(Configuration configuration) {
        return new Softmax(configuration);
    }

    /**
     * Applies this layer to some of the numbers of a value.
     *
     * @param input [B,F] or [B,T,F]
     * @param mask  which of its numbers count, an {@link Input#mask(long, long)} [B,T,F], or of [B,F] an
     *              {@link Input#mask(long)}; axes of size 1 stand for all
     * @return of the same shape, 0 where a number does not count
     * @throws NullPointerException if one is null
     */
    public Node on(Node input, Node mask) {
        Arguments.required(input, "Softmax.on", "input", "a value of the graph");
        Arguments.required(mask, "Softmax.on", "mask", "for example an Input.mask(5, 4)");
        return call(CallArguments.of(List.of(input, mask))).output(0);
    }

    /**
     * The axes.
     *
     * @return default the last one alone
     */
    public List<Integer> axes() {
        return get(AXIS);
    }

    /**
     * Whether it is the features alone, so that every row stands by itself.
     *
     * @return true for the default
     */
    public boolean isOfRows() {
        return axes().equals(List.of(-1));
    }
}
