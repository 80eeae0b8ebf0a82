package dev.gatun.perf.workload;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A stack of recurrent layers and what ends it, in numbers, so that every engine can build the same.
 *
 * @param batch  B
 * @param time   T, steps of one call
 * @param inputs I
 * @param units  U of each layer, from the input on
 * @param end    what comes after the last layer
 * @param cell   of all layers
 * @param sides  1, or 2 if each layer reads the sequence from both ends and hands on both outputs side by side; such layers have
 *               no biases, since DJL gives PyTorch those of two directions in an order that it does not take
 */
public record Stack(int batch, int time, int inputs, List<Integer> units, End end, Cell cell, int sides)
        implements
            Net {

    /**
     * One direction of a layer.
     *
     * @param inputs I
     * @param units  U
     */
    public record Side(int inputs, int units) {}

    /** LSTM layers that go forward. */
    public Stack(int batch, int time, int inputs, List<Integer> units, End end) {
        this(batch, time, inputs, units, end, Cell.LSTM, 1);
    }

    /** The same with another cell. */
    Stack of(Cell other) {
        return new Stack(batch, time, inputs, units, end, other, sides);
    }

    /** The same in both directions. */
    Stack bidirectional() {
        return new Stack(batch, time, inputs, units, end, cell, 2);
    }

    /** One dense layer: its columns, and its function's name in Keras. */
    public record DensePart(int width, String function) {}

    /** What comes after the last recurrent layer. */
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

    /** The dense layers after the last recurrent one. */
    public List<DensePart> dense() {
        return end.parts;
    }

    /** I of a dense layer. */
    public int denseInputs(int place) {
        return place == 0 ? width(units.size() - 1) : end.parts.get(place - 1).width();
    }

    @Override
    public Shape shape() {
        return Shape.of(batch, time, inputs);
    }

    @Override
    public boolean perStep() {
        return end == End.DENSE_PER_STEP;
    }

    /** Columns of the output. */
    public int outputs() {
        return end.parts.isEmpty() ? width(units.size() - 1) : end.parts.getLast().width();
    }

    @Override
    public Shape outputShape() {
        return perStep() ? Shape.of(batch, time, outputs()) : Shape.of(batch, outputs());
    }

    /** I of a layer. */
    public int inputsOf(int layer) {
        return layer == 0 ? inputs : width(layer - 1);
    }

    /** Whether the recurrent layers have biases. */
    public boolean hasBias() {
        return sides == 1;
    }

    /** Columns that a layer hands on. */
    private int width(int layer) {
        return sides * units.get(layer);
    }

    /** The directions of all layers, from the input on, forward first: the order of their weights in every engine. */
    public List<Side> directions() {
        List<Side> all = new ArrayList<>();
        for (int layer = 0; layer < units.size(); layer++) {
            all.addAll(Collections.nCopies(sides, new Side(inputsOf(layer), units.get(layer))));
        }
        return all;
    }

    /** Of any number of steps. */
    @Override
    public Model model() {
        List<Layer> layers = new ArrayList<>();
        layers.add(Input.shape(Shape.UNKNOWN, inputs));
        for (int layer = 0; layer < units.size(); layer++) {
            RecurrentLayer<?> recurrent = cell.layer(units.get(layer)).useBias(hasBias())
                    .returnSequences(layer < units.size() - 1 || perStep());
            layers.add(sides == 2 ? Bidirectional.of(recurrent) : recurrent);
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

    @Override
    public double forwardFlops() {
        double perStep = 0;
        for (Side side : directions()) {
            perStep += 2.0 * cell.gates() * side.units() * (side.inputs() + side.units());
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
        for (Side side : directions()) {
            floats += (double) cell.gates() * side.units() * (side.inputs() + (double) time * side.units() + 1);
        }
        return Float.BYTES * floats;
    }
}
