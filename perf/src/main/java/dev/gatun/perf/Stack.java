package dev.gatun.perf;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of LSTM layers and what ends it, in numbers, so that every engine can build the same.
 *
 * @param batch  B
 * @param time   T, steps of one call
 * @param inputs I
 * @param units  U of each layer, from the input on
 * @param end    what comes after the last layer
 */
public record Stack(int batch, int time, int inputs, List<Integer> units, End end) {

    /** What comes after the last LSTM. */
    public enum End {
        /** h of the last step is the output. */
        LAST(0),
        /** Dense 1 on h of the last step. */
        DENSE(1),
        /** Dense 15 on every step, sigmoid. */
        DENSE_PER_STEP(15);

        /** Columns of the dense layer; 0 if there is none. */
        private final int width;

        End(int width) {
            this.width = width;
        }
    }

    /** Of the input, batch first. */
    public Shape shape() {
        return Shape.of(batch, time, inputs);
    }

    /** Whether there is an output for each step. */
    public boolean perStep() {
        return end == End.DENSE_PER_STEP;
    }

    /** Columns of the output. */
    public int outputs() {
        return end.width == 0 ? units.getLast() : end.width;
    }

    /** Of the output, batch first. */
    public Shape outputShape() {
        return perStep() ? Shape.of(batch, time, outputs()) : Shape.of(batch, outputs());
    }

    /** I of a layer. */
    public int inputsOf(int layer) {
        return layer == 0 ? inputs : units.get(layer - 1);
    }

    /** A new model of any number of steps, with weights from seed 0. */
    public Model model() {
        List<Layer> layers = new ArrayList<>();
        layers.add(Input.shape(Shape.UNKNOWN, inputs));
        for (int layer = 0; layer < units.size(); layer++) {
            Lstm lstm = Lstm.units(units.get(layer));
            layers.add(layer < units.size() - 1 || perStep() ? lstm.returnSequences() : lstm);
        }
        if (end == End.DENSE) {
            layers.add(Dense.units(end.width));
        } else if (end == End.DENSE_PER_STEP) {
            layers.add(TimeDistributed.of(Dense.units(end.width)));
            layers.add(Activation.of("sigmoid"));
        }
        return Sequential.of(layers);
    }

    /** Operations of one forward pass in its products; a fused multiply-add counts as two. */
    public double forwardFlops() {
        double perStep = 0;
        for (int layer = 0; layer < units.size(); layer++) {
            perStep += 8.0 * units.get(layer) * (inputsOf(layer) + units.get(layer));
        }
        double dense = 2.0 * end.width * units.getLast() * (perStep() ? time : 1);
        return batch * (time * perStep + dense);
    }

    /** Bytes of the weights of its LSTMs. */
    public double weightBytes() {
        return weightBytes(1);
    }

    /** Bytes of weights that a forward pass at batch 1 has to read: the recurrent ones at every step, the others once. */
    public double weightBytesRead() {
        return weightBytes(time);
    }

    private double weightBytes(int steps) {
        double floats = 0;
        for (int layer = 0; layer < units.size(); layer++) {
            floats += 4.0 * units.get(layer) * (inputsOf(layer) + (double) steps * units.get(layer) + 1);
        }
        return Float.BYTES * floats;
    }
}
