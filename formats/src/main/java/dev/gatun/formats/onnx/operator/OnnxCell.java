package dev.gatun.formats.onnx.operator;

import java.util.function.IntPredicate;

/** What one step of a recurrent operator does to the states of all samples. */
interface OnnxCell {

    /**
     * A step.
     *
     * @param sums   of biases and inputs, to which the cell adds the products of states
     * @param states h, and of an LSTM c, by sample and unit; replaced
     * @param goesOn whether a sample has this step; the others keep their states
     */
    void step(GateSums sums, double[][][] states, IntPredicate goesOn);
}
