package dev.gatun.perf.workload;

import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;

/**
 * One convolution over time, as many steps out as in.
 *
 * @param batch   B
 * @param time    T
 * @param inputs  I, channels that it reads
 * @param filters N, channels that it makes
 * @param taps    steps that each output sees, an odd number, so that all engines pad alike
 */
public record Convolution(int batch, int time, int inputs, int filters, int taps) implements Net {

    @Override
    public Shape shape() {
        return Shape.of(batch, time, inputs);
    }

    @Override
    public Shape outputShape() {
        return Shape.of(batch, time, filters);
    }

    @Override
    public Model model() {
        return Sequential.of(Input.shape(time, inputs), Conv1D.of(filters, taps).padding("same"));
    }

    @Override
    public double forwardFlops() {
        return 2.0 * batch * time * inputs * filters * taps;
    }
}
