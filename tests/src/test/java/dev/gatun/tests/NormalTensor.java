package dev.gatun.tests;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.Random;

/** Tensors of normal numbers, the same every time. */
public final class NormalTensor {

    private NormalTensor() {}

    public static Tensor of(long seed, long... dims) {
        Random random = new Random(seed);
        float[] numbers = new float[(int) Shape.of(dims).elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Tensor.of(numbers, dims);
    }
}
