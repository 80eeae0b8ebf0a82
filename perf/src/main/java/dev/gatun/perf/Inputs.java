package dev.gatun.perf;

import dev.gatun.engine.random.Philox;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;

/** Inputs that are the same in every run. */
final class Inputs {

    private Inputs() {}

    /** Uniform in [-1, 1). */
    static Tensor random(Shape shape, Philox random) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.uniform(i) - 1;
        }
        return Tensor.of(values, shape.toArray());
    }
}
