package dev.gatun.perf.paired;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weights of one direction of a recurrent layer as Keras has them: an LSTM's gates in the order input, forget, candidate,
 * output, a GRU's update, reset, candidate. Other engines have the gates in another order, which is given as their places here.
 *
 * @param units     U
 * @param kernel    [I,GU]
 * @param recurrent [U,GU]
 * @param bias      [GU], or [2,GU] if the recurrent product has its own; none if the layer has no bias
 */
public record GateWeights(int units, float[] kernel, float[] recurrent, float[] bias) {

    /** The kernel as [GU,I]. */
    public float[] kernel(int... order) {
        return transposed(kernel, order);
    }

    /** The recurrent kernel as [GU,U]. */
    public float[] recurrent(int... order) {
        return transposed(recurrent, order);
    }

    /** The biases, [GU] each; none, one, or the recurrent product's behind it. */
    public List<float[]> biases(int... order) {
        int columns = order.length * units;
        List<float[]> all = new ArrayList<>();
        for (int first = 0; first < bias.length; first += columns) {
            all.add(transposed(Arrays.copyOfRange(bias, first, first + columns), order));
        }
        return all;
    }

    private float[] transposed(float[] matrix, int... order) {
        int gates = order.length;
        int rows = matrix.length / (gates * units);
        float[] result = new float[matrix.length];
        for (int gate = 0; gate < gates; gate++) {
            for (int unit = 0; unit < units; unit++) {
                for (int row = 0; row < rows; row++) {
                    result[(gate * units + unit) * rows + row] = matrix[(row * gates + order[gate]) * units + unit];
                }
            }
        }
        return result;
    }

    /** What {@link #kernel}, {@link #recurrent} or one of {@link #biases} made, as it was before. */
    public static float[] back(float[] matrix, int units, int... order) {
        int gates = order.length;
        int rows = matrix.length / (gates * units);
        float[] result = new float[matrix.length];
        for (int gate = 0; gate < gates; gate++) {
            for (int unit = 0; unit < units; unit++) {
                for (int row = 0; row < rows; row++) {
                    result[(row * gates + order[gate]) * units + unit] = matrix[(gate * units + unit) * rows + row];
                }
            }
        }
        return result;
    }
}
