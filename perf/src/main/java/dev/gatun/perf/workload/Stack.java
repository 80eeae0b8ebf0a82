package dev.gatun.perf.workload;

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

    /** One dense layer: its columns, and its function's name in Keras. */
    public record DensePart(int width, String function) {}

    /** What comes after the last LSTM. */
    public enum End {
        /** h of the last step is the output. */
        LAST(),
        /** Dense 1 on h of the last step. */
        DENSE(new DensePart(1, "linear")),
        /** Dense 256, tanh, and Dense 128, relu, on h of the last step. */
        DENSE_TWICE(new DensePart(256, "tanh"), new DensePart(128, "relu")),
        /** Dense 15 on every step, sigmoid. */
        DENSE_PER_STEP(new DensePart(15, "sigmoid"));

        private final List<DensePart> parts;

        End(DensePart... parts) {
            this.parts = List.of(parts);
        }
    }

    /** The dense layers after the last LSTM. */
    public List<DensePart> dense() {
        return end.parts;
    }

    /** I of a dense layer. */
    public int denseInputs(int place) {
        return place == 0 ? units.getLast() : end.parts.get(place - 1).width();
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
        return end.parts.isEmpty() ? units.getLast() : end.parts.getLast().width();
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
        for (DensePart part : end.parts) {
            if (perStep()) {
                layers.add(TimeDistributed.of(Dense.units(part.width())));
                layers.add(Activation.of(part.function()));
            } else {
                layers.add(Dense.units(part.width()).activation(part.function()));
            }
        }
        return Sequential.of(layers);
    }

    /** Operations of one forward pass in its products; a fused multiply-add counts as two. */
    public double forwardFlops() {
        double perStep = 0;
        for (int layer = 0; layer < units.size(); layer++) {
            perStep += 8.0 * units.get(layer) * (inputsOf(layer) + units.get(layer));
        }
        double dense = 0;
        for (int place = 0; place < end.parts.size(); place++) {
            dense += 2.0 * end.parts.get(place).width() * denseInputs(place) * (perStep() ? time : 1);
        }
        return batch * (time * perStep + dense);
    }

    /** Bytes of weights that a forward pass at batch 1 has to read: the recurrent ones at every step, the others once. */
    public double weightBytesRead() {
        double floats = 0;
        for (int layer = 0; layer < units.size(); layer++) {
            floats += 4.0 * units.get(layer) * (inputsOf(layer) + (double) time * units.get(layer) + 1);
        }
        return Float.BYTES * floats;
    }
}
