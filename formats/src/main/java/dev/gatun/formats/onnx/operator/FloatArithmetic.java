package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;

/** The four basic operators of float32 where both sides lie in the same order or the other one is a row: plain loops. */
final class FloatArithmetic {

    private FloatArithmetic() {}

    /** Whether the first one has the shape of the result, and the other one stands in it as it is, as a row or as one number. */
    static boolean fits(NumberArray a, NumberArray b) {
        int back = a.rank() - b.rank();
        return a.type() == NumberType.FLOAT32 && b.type() == NumberType.FLOAT32 && a.count() > 0 && b.count() > 0
                && back >= 0 && (b.count() == 1 || Arrays.equals(a.shape(), back, a.rank(), b.shape(), 0, b.rank()));
    }

    static NumberArray combined(String operator, NumberArray a, NumberArray b) {
        float[] made = new float[Storage.count(a.shape())];
        float[] left = a.floats();
        float[] right = b.count() == 1 ? repeated(b.floats()[0], Math.min(made.length, 1024)) : b.floats();
        for (int start = 0; start < made.length; start += right.length) {
            int count = Math.min(right.length, made.length - start);
            switch (operator) {
                case "Add" -> {
                    for (int i = 0; i < count; i++) {
                        made[start + i] = left[start + i] + right[i];
                    }
                }
                case "Sub" -> {
                    for (int i = 0; i < count; i++) {
                        made[start + i] = left[start + i] - right[i];
                    }
                }
                case "Mul" -> {
                    for (int i = 0; i < count; i++) {
                        made[start + i] = left[start + i] * right[i];
                    }
                }
                default -> {
                    for (int i = 0; i < count; i++) {
                        made[start + i] = left[start + i] / right[i];
                    }
                }
            }
        }
        return NumberArray.floats(a.shape(), made);
    }

    private static float[] repeated(float number, int count) {
        float[] row = new float[count];
        Arrays.fill(row, number);
        return row;
    }
}
