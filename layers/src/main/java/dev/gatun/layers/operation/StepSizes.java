package dev.gatun.layers.operation;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;

/** How many steps a layer makes of a sequence, and where it begins in it. */
public interface StepSizes {

    /**
     * How many steps come out.
     *
     * @param inputs steps that go in
     * @return less than 1 if the sequence is too short
     */
    long steps(long inputs);

    /**
     * Steps of padding before the first.
     *
     * @param inputs steps that go in
     * @return at least 0
     */
    int before(int inputs);

    /**
     * What is wrong with a sequence that is too short.
     *
     * @return a sentence's end: {@code needs 3 steps or more}
     */
    String shortest();

    /**
     * The shape of what comes out.
     *
     * @param who     the layer with its name, for messages
     * @param input   [B,T,...]
     * @param columns features that come out, or unknown
     * @return [B,T',columns]; T' is unknown where T is
     * @throws ShapeException if the sequence is too short or too long
     */
    default Shape output(String who, Shape input, long columns) {
        long inputs = input.dim(1);
        if (inputs == Shape.UNKNOWN) {
            return Shape.of(input.dim(0), Shape.UNKNOWN, columns);
        }
        long steps = steps(inputs);
        if (steps < 1) {
            throw new ShapeException(who + " " + shortest() + ", got shape " + input);
        }
        if (steps > Integer.MAX_VALUE) {
            throw new ShapeException(who + " would make " + steps + " steps of shape " + input
                    + ", more than a sequence may have; give shorter sequences");
        }
        return Shape.of(input.dim(0), steps, columns);
    }
}
