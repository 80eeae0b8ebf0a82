package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.layers.ActivationFunction;

/**
 * A gate of a cell.
 *
 * @param function      of the sum
 * @param input         columns of the kernel; null for zeros
 * @param state         columns of the recurrent kernel; null for zeros
 * @param bias          of the sum; of the input's half if there are two
 * @param recurrentBias of the state's half; null if there is one sum
 */
public record Line(ActivationFunction function, Part input, Part state, double[] bias, double... recurrentBias) {

    static Line of(Gate gate, Source x, Source h) {
        return new Line(gate.function(), gate.sums().parts().get(x), gate.sums().parts().get(h), gate.sums().bias(),
                (double[]) null);
    }

    /** Of one that begins at zeros the state's half is not looked at. */
    boolean isEqual(Line other, boolean isFirst) {
        int units = bias.length;
        return function.equals(other.function) && isEqual(input, other.input, units)
                && (isFirst || isEqual(state, other.state, units)) && isEqual(bias, other.bias)
                && isEqual(recurrentBias, other.recurrentBias);
    }

    private static boolean isEqual(Part one, Part other, int units) {
        return one == null || other == null ? one == other : one.isEqual(other, units);
    }

    private static boolean isEqual(double[] one, double... other) {
        return one == null || other == null ? one == other : Sums.areClose(one, other);
    }

    /** The same where its input is a sum; null if it multiplies that once more. */
    Line over(Sums sums, Part part) {
        int units = bias.length;
        if (input == null || input.kernel() != null || input.factor() != 1 || input.left() + units > sums.width()) {
            return null;
        }
        double[] both = bias.clone();
        for (int unit = 0; unit < units; unit++) {
            both[unit] += sums.bias()[input.left() + unit];
        }
        return new Line(function, part.cut(input.left(), units), state, both, recurrentBias);
    }

    /** A number of the kernel. */
    public float kernel(int row, int unit) {
        return input == null ? 0 : (float) input.at(row, unit);
    }

    /** A number of the recurrent kernel. */
    public float recurrent(int row, int unit) {
        return state == null ? 0 : (float) state.at(row, unit);
    }
}
