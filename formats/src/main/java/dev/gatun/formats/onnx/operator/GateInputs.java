package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;

/**
 * What one direction of a recurrent node reads.
 *
 * @param x         [T, B, I]
 * @param w         [D, gates * units, I]
 * @param r         [D, gates * units, units]
 * @param b         [D, 2 * gates * units], or null
 * @param direction counted from 0
 * @param gates     of a unit
 * @param kept      what the node has made of its weights
 * @param order     which step of x a sample reads at a step
 */
record GateInputs(
        NumberArray x, NumberArray w, NumberArray r, NumberArray b, int direction, int gates, Kept kept, Order order) {

    /** Backwards or not, within each sample's length. */
    interface Order {
        /** @return below zero if the sample has ended */
        int of(int step, int sample);
    }

    int time() {
        return x.size(0);
    }

    int batch() {
        return x.size(1);
    }

    int features() {
        return x.size(2);
    }

    int units() {
        return r.size(2);
    }

    /** Where the weights of a unit's gate begin. */
    int row(NumberArray weights, int gate, int unit) {
        return ((direction * gates + gate) * units() + unit) * weights.size(2);
    }

    /** Both biases, but that of a GRU's candidate behind its recurrent weights, which is apart. */
    double bias(int gate, int unit) {
        return half(0, gate, unit) + (isApart(gate) ? 0 : half(1, gate, unit));
    }

    /** The bias behind the recurrent weights. */
    double biasApart(int gate, int unit) {
        return half(1, gate, unit);
    }

    private boolean isApart(int gate) {
        return gates == OnnxGruCell.GATES && gate == OnnxGruCell.CANDIDATE;
    }

    private double half(int half, int gate, int unit) {
        return b == null ? 0 : b.number(((direction * 2 + half) * gates + gate) * units() + unit);
    }
}
