package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/** Exchanges axes: of [B,T,F] with dims (2, 1) comes [B,F,T]. The batch stays first. */
public final class Permute extends ConfiguredLayer<Permute> {

    private static final Option<List<Integer>> DIMS = Option.required("dims", OptionKind.WHOLES)
            .check(new Permutation());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Permute", DIMS);

    /** The condition on the axes: each once, counted from 1. */
    private static final class Permutation implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> dims) {
            boolean[] seen = new boolean[dims.size() + 1];
            for (int axis : dims) {
                if (axis < 1 || axis > dims.size() || seen[axis]) {
                    return "expected each axis from 1 to " + dims.size() + " once as dims, got " + dims
                            + "; axes count from 1, without the batch";
                }
                seen[axis] = true;
            }
            return dims.isEmpty() ? "expected at least one axis as dims; axes count from 1, without the batch" : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Permute(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that exchanges axes.
     *
     * @param dims for each axis of the output the axis of the input it is, counted from 1, without the batch
     * @return the layer
     * @throws IllegalArgumentException if an axis is missing or named twice
     */
    public static Permute dims(int... dims) {
        Arguments.required(dims, "Permute.dims", "dims", "axes counted from 1, without the batch");
        return new Permute(Configuration.of(OPTIONS).with(DIMS, Arrays.stream(dims).boxed().toList()));
    }

    @Override
    protected Permute of(Configuration configuration) {
        return new Permute(configuration);
    }

    /**
     * For each axis of the output the axis of the input it is.
     *
     * @return counted from 1, without the batch
     */
    public List<Integer> dims() {
        return get(DIMS);
    }

    /**
     * Whether every axis stays where it is.
     *
     * @return true if the layer changes nothing
     */
    public boolean isIdentity() {
        for (int axis = 0; axis < dims().size(); axis++) {
            if (dims().get(axis) != axis + 1) {
                return false;
            }
        }
        return true;
    }
}
