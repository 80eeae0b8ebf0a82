package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.mapping.CellActivations.CellFunction;
import java.util.List;

/**
 * What a recurrent operator brings with it for one direction: rows are gates of {@code units} each.
 *
 * @param units     H
 * @param width     I, of the input
 * @param kernel    W, [gates H, I]
 * @param recurrent R, [gates H, H]
 * @param bias      of the input, then of the state, [2 gates H]; null if there is none
 * @param peepholes [3 H]; null if there are none
 * @param functions in the operator's order
 */
record Direction(
        int units, int width, float[] kernel, float[] recurrent, float[] bias, float[] peepholes,
        List<CellFunction> functions) {

    /** @param gates how many the operator has */
    static Direction of(NodeCall call, int gates, int direction, int directions, List<CellFunction> functions) {
        NumberArray kernel = call.numbers(1);
        NumberArray recurrent = call.numbers(2);
        if (kernel.rank() != 3 || recurrent.rank() != 3) {
            throw new NotMapped("has weights of shapes " + kernel + " and " + recurrent + ", expected three axes");
        }
        int units = recurrent.size(2);
        int width = kernel.size(2);
        long said = call.node().whole("hidden_size", units);
        if (said != units || units < 1 || width < 1) {
            throw new NotMapped("says hidden_size " + said + ", but has a recurrent weight of shape " + recurrent);
        }
        WeightNumbers.requireShape(kernel, "weights W", directions, gates * units, width);
        WeightNumbers.requireShape(recurrent, "weights R", directions, gates * units, units);
        return new Direction(units, width, part(kernel, direction, directions), part(recurrent, direction, directions),
                optional(call, 3, "a bias B", directions, direction, 2 * gates * units),
                optional(call, 7, "peepholes P", directions, direction, 3 * units), functions);
    }

    private static float[] optional(
            NodeCall call, int input, String what, int directions, int direction, int size) {
        if (!call.has(input)) {
            return null;
        }
        WeightNumbers.requireShape(call.numbers(input), what, directions, size);
        return part(call.numbers(input), direction, directions);
    }

    private static float[] part(NumberArray array, int direction, int directions) {
        int count = array.count() / directions;
        return WeightNumbers.part(WeightNumbers.floats(array), direction * count, count);
    }
}
