package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;

/** Which of two numbers of a tensor is the larger: whole ones exactly, both zeros equal, NaN above all. */
@FunctionalInterface
interface NumberOrder {

    /** @return below 0, 0 or above 0, as the first is smaller, equal or larger */
    int compare(int first, int second);

    static NumberOrder of(NumberArray array) {
        return switch (array.numbers()) {
            case float[] floats -> (a, b) -> compare(floats[a], floats[b]);
            case double[] doubles -> (a, b) -> compare(doubles[a], doubles[b]);
            case boolean[] booleans -> (a, b) -> Boolean.compare(booleans[a], booleans[b]);
            default -> {
                long[] longs = array.longs();
                yield array.type().isUnsigned()
                        ? (a, b) -> Long.compareUnsigned(longs[a], longs[b])
                        : (a, b) -> Long.compare(longs[a], longs[b]);
            }
        };
    }

    private static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
}
