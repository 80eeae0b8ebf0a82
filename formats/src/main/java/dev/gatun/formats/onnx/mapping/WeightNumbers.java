package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;

/** Numbers of weights as float32. */
final class WeightNumbers {

    private WeightNumbers() {}

    static float[] floats(NumberArray array) {
        if (array.numbers() instanceof float[] floats) {
            return floats;
        }
        float[] floats = new float[array.count()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) array.number(i);
        }
        return floats;
    }

    static float[] part(float[] numbers, int first, int count) {
        return Arrays.copyOfRange(numbers, first, first + count);
    }

    static void requireShape(NumberArray array, String what, int... expected) {
        if (!Arrays.equals(array.shape(), expected)) {
            throw new NotMapped("has " + what + " of shape " + Arrays.toString(array.shape()) + ", expected "
                    + Arrays.toString(expected));
        }
    }
}
