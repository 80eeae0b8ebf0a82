package dev.gatun.layers.type.normalization;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which numbers of a value share a mean: those of one place of the axes that are kept.
 *
 * @param steps    places on the axis of time, 1 if it is not kept or there is none
 * @param features places on the axis of features, 1 if it is not kept
 * @param shape    of the means, as Keras has it: the sizes of the axes that are kept
 */
record KeptAxes(int steps, int features, Shape shape) {

    /**
     * @param owner whose axes they are, for messages
     * @param axes  counted with the batch as 0, negative ones from the end
     * @param input [B,F] or [B,T,F]
     */
    static KeptAxes of(String owner, List<Integer> axes, Shape input) {
        List<Integer> sorted = new ArrayList<>();
        for (int given : axes) {
            int axis = given < 0 ? given + input.rank() : given;
            if (axis < 1 || axis >= input.rank() || sorted.contains(axis)) {
                throw new ShapeException(owner + " has a mean for each place of the axes " + axes
                        + ", got shape " + input + ", which has the axes 1 to " + (input.rank() - 1)
                        + " besides the batch; name each once");
            }
            if (input.dim(axis) == Shape.UNKNOWN || input.dim(axis) < 1) {
                throw new ShapeException(owner + " has a mean for each place of axis " + given + ", got shape " + input
                        + "; give this axis of the input a size");
            }
            sorted.add(axis);
        }
        sorted.sort(null);
        int last = input.rank() - 1;
        return new KeptAxes(last > 1 && sorted.contains(1) ? Math.toIntExact(input.dim(1)) : 1,
                sorted.contains(last) ? Math.toIntExact(input.dim(last)) : 1,
                Shape.of(sorted.stream().mapToLong(input::dim).toArray()));
    }

    int places() {
        return Math.multiplyExact(steps, features);
    }

    /** From the place of a step to that of the next. */
    int stepStride() {
        return steps == 1 ? 0 : features;
    }

    /** From the place of a feature to that of the next. */
    int featureStride() {
        return features == 1 ? 0 : 1;
    }
}
