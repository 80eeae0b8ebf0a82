package dev.gatun.tests.bits;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.Random;

/** Numbers at the edges of what a float is, strewn among ordinary ones. */
public enum Extremes {
    ZEROS(0f, -0f), SUBNORMALS(Float.MIN_VALUE, -Float.MIN_VALUE, 0x1p-127f, -0x1p-130f, Float.MIN_NORMAL), LARGEST(
            Float.MAX_VALUE, -Float.MAX_VALUE, 0x1p127f,
            0x1p64f), INFINITIES(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY), NAN(Float.NaN), EVERYTHING(0f, -0f,
                    Float.MIN_VALUE, -0x1p-130f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY, Float.NaN);

    private final float[] numbers;

    Extremes(float... numbers) {
        this.numbers = numbers;
    }

    /** A copy of the tensor with about one number in eight replaced, at least one. */
    public Tensor into(Tensor tensor) {
        return Tensor.of(into(tensor.toArray()), tensor.shape().toArray());
    }

    /** As for a tensor. */
    public float[] into(float[] numbersBefore) {
        float[] values = numbersBefore.clone();
        Random random = new Random(values.length);
        for (int i = 0; i < values.length; i++) {
            if (i == values.length / 2 || random.nextInt(8) == 0) {
                values[i] = numbers[random.nextInt(numbers.length)];
            }
        }
        return values;
    }

    /** Into every weight of a model. */
    public void into(Model model) {
        model.weights().forEach(weight -> weight.set(into(weight.get())));
    }
}
