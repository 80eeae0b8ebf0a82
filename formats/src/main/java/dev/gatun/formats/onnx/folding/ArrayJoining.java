package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.lang.reflect.Array;
import java.util.List;

/** Arrays put together along an axis, in whole stretches. */
final class ArrayJoining {

    private ArrayJoining() {}

    /** @param before how many stretches each of them has */
    static NumberArray joined(List<NumberArray> arrays, int[] shape, int axis, int before) {
        int count = NumberArray.count(shape);
        Object joined = Array.newInstance(arrays.getFirst().numbers().getClass().getComponentType(), count);
        int at = 0;
        for (int stretch = 0; stretch < before; stretch++) {
            for (NumberArray array : arrays) {
                int length = array.count() / before;
                System.arraycopy(array.numbers(), stretch * length, joined, at, length);
                at += length;
            }
        }
        return switch (joined) {
            case float[] floats -> NumberArray.floats(arrays.getFirst().type(), shape, floats);
            case double[] doubles -> NumberArray.doubles(shape, doubles);
            case long[] longs -> NumberArray.longs(arrays.getFirst().type(), shape, longs);
            default -> NumberArray.booleans(shape, (boolean[]) joined);
        };
    }
}
