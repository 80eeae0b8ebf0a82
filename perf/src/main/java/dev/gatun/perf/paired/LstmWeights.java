package dev.gatun.perf.paired;

/**
 * Weights of one LSTM layer as Keras has them: gates in the order input, forget, candidate, output.
 *
 * @param inputs    I
 * @param units     U
 * @param kernel    [I,4U]
 * @param recurrent [U,4U]
 * @param bias      [4U]
 */
public record LstmWeights(int inputs, int units, float[] kernel, float[] recurrent, float[] bias) {

    /**
     * A matrix [rows,4U] as [4U,rows] with the gates in another order.
     *
     * @param order for each gate of the result, its place here; PyTorch is 0, 1, 2, 3 and ONNX 0, 3, 1, 2
     */
    public static float[] transposed(float[] matrix, int units, int... order) {
        int rows = matrix.length / (4 * units);
        float[] result = new float[matrix.length];
        for (int gate = 0; gate < 4; gate++) {
            for (int unit = 0; unit < units; unit++) {
                for (int row = 0; row < rows; row++) {
                    result[(gate * units + unit) * rows + row] = matrix[row * 4 * units + order[gate] * units + unit];
                }
            }
        }
        return result;
    }

    /** A matrix [4U,rows] with the gates in Keras's order as [rows,4U]. */
    public static float[] back(float[] matrix, int units) {
        int rows = matrix.length / (4 * units);
        float[] result = new float[matrix.length];
        for (int column = 0; column < 4 * units; column++) {
            for (int row = 0; row < rows; row++) {
                result[row * 4 * units + column] = matrix[column * rows + row];
            }
        }
        return result;
    }
}
