package dev.gatun.tests.parity;

import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One LSTM alone, and what it makes of a sequence.
 *
 * @param sequence [B,T,U], in the order of the input's steps also when the layer runs backwards
 * @param h        [B,U] after the last step it takes
 * @param c        likewise
 */
record LoneLstm(Tensor sequence, Tensor h, Tensor c) {

    /** Columns of weights, in another system's order of the gates. */
    enum Gates {
        /** ONNX: input, output, forget, candidate. */
        ONNX(0, 2, 3, 1),
        /** TensorFlow 1: input, candidate, forget, output. */
        TF1(0, 2, 1, 3);

        private final int[] places;

        /** Where input, forget, candidate and output lie. */
        Gates(int... places) {
            this.places = places;
        }

        /** The last axis, 4U wide, in Gatun's order. */
        FixtureTensor inOrder(FixtureTensor columns) {
            int width = columns.dim(-1);
            int units = width / 4;
            double[] values = new double[columns.size()];
            for (int i = 0; i < values.length; i++) {
                int column = i % width;
                values[i] = columns.values()[i - column + places[column / units] * units + column % units];
            }
            return new FixtureTensor(columns.name(), columns.dtype(), columns.shape(), values);
        }
    }

    /** Columns [4U] in Gatun's order without those of the forget gate. */
    static FixtureTensor withoutForgetGate(FixtureTensor columns) {
        int units = columns.dim(-1) / 4;
        int[] shape = columns.shape().clone();
        shape[shape.length - 1] = 3 * units;
        double[] values = new double[columns.size() / 4 * 3];
        for (int i = 0; i < values.length; i++) {
            int row = i / (3 * units);
            int column = i % (3 * units);
            values[i] = columns.values()[row * 4 * units + (column < units ? column : column + units)];
        }
        return new FixtureTensor(columns.name(), columns.dtype(), shape, values);
    }

    /**
     * @param lstm    units, activations and direction
     * @param weights kernel [I,4U], recurrent kernel [U,4U], bias [4U], gates in Gatun's order, and peepholes
     * @param x       [B,T,I]
     * @param begin   h and c, [B,U] each; empty for zeros
     */
    static LoneLstm run(Lstm lstm, List<FixtureTensor> weights, FixtureTensor x, List<FixtureTensor> begin) {
        return run(lstm, weights, x, begin, Mask.NONE);
    }

    /** @param mask of x */
    static LoneLstm run(Lstm lstm, List<FixtureTensor> weights, FixtureTensor x, List<FixtureTensor> begin, Mask mask) {
        Input in = Input.sequence(x.dim(-1));
        Input h = Input.shape(lstm.units());
        Input c = Input.shape(lstm.units());
        Lstm whole = lstm.returnSequences().returnState();
        RecurrentOutput y = begin.isEmpty() ? whole.on(in) : whole.on(in, State.of(h, c));
        List<Node> inputs = begin.isEmpty() ? List.of(in) : List.of(in, h, c);
        try (Model model = Model.of(inputs, List.of(y, y.state().h(), y.state().c()))) {
            for (int i = 0; i < weights.size(); i++) {
                model.weights().get(i).set(Parity.tensor(weights.get(i)));
            }
            List<Tensor> given = new ArrayList<>(List.of(Parity.tensor(x)));
            begin.forEach(state -> given.add(Parity.tensor(state)));
            List<Mask> masks = new ArrayList<>(Collections.nCopies(given.size(), Mask.NONE));
            masks.set(0, mask);
            List<Tensor> results = model.predict(given, masks);
            Tensor sequence = lstm.goesBackwards() ? reversed(results.getFirst()) : results.getFirst();
            return new LoneLstm(sequence, results.get(1), results.get(2));
        }
    }

    private static Tensor reversed(Tensor steps) {
        int time = (int) steps.shape().dim(1);
        Tensor result = Tensor.zeros(steps.shape().toArray());
        for (int b = 0; b < steps.shape().dim(0); b++) {
            for (int t = 0; t < time; t++) {
                for (int u = 0; u < steps.shape().last(); u++) {
                    result.set(steps.get(b, time - 1 - t, u), b, t, u);
                }
            }
        }
        return result;
    }
}
