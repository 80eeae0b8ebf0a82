package dev.gatun.perf.workload;

import dev.gatun.layers.Input;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;

/**
 * A sequence that attends to itself, the heads together as wide as the input.
 *
 * @param batch  B
 * @param time   T
 * @param inputs I
 * @param heads  H, a divisor of I
 */
public record SelfAttention(int batch, int time, int inputs, int heads) implements Net {

    @Override
    public Shape shape() {
        return Shape.of(batch, time, inputs);
    }

    @Override
    public Shape outputShape() {
        return shape();
    }

    /** Columns of one head. */
    public int headWidth() {
        return inputs / heads;
    }

    @Override
    public Model model() {
        Input input = Input.shape(time, inputs);
        return Model.of(input, MultiHeadAttention.of(heads, headWidth()).on(input));
    }

    /** Four projections, the scores, and the sums of values. */
    @Override
    public double forwardFlops() {
        return 2.0 * batch * time * inputs * (4.0 * inputs + 2.0 * time);
    }
}
