package dev.gatun.formats.onnx.operator;

/** What one step of a recurrent operator does to a row of states. */
interface RecurrentCell {

    /**
     * A step of one sample.
     *
     * @param gates  products of the input with its biases, gate after gate; written over
     * @param states h, and of an LSTM c, of the sample; replaced
     */
    void step(double[] gates, double[][] states);
}
