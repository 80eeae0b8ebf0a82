package dev.gatun.formats.keras.arrays;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The weights of a recurrent layer with gates, in the layouts that Keras had before the one of today: three arrays for each gate
 * (Keras 1), and those of cuDNN.
 *
 * @param inputs  how many features it reads
 * @param units   how many it makes
 * @param gates   4 of an LSTM, 3 of a GRU
 * @param bias    shape of the bias; null for none
 */
record RecurrentArrays(int inputs, int units, int gates, Shape bias) {

    private static final int LSTM = 4;
    private static final int GRU = 3;
    private static final int ARRAYS = 3;

    /** Keras 1 lists input, candidate, forget, output; since Keras 2 they lie as input, forget, candidate, output. */
    private static final int[] LSTM_PLACES = {0, 2, 1, 3};
    private static final int[] GRU_PLACES = {0, 1, 2};

    /** @return null if no such layer's weights begin at a place */
    static RecurrentArrays at(List<ModelWeight> weights, int place) {
        if (place + 1 >= weights.size() || !isRole(weights.get(place), "kernel")
                || !isRole(weights.get(place + 1), "recurrent_kernel")) {
            return null;
        }
        long[] kernel = WeightPlaces.sizes(weights.get(place).shape(), 2);
        long[] recurrent = WeightPlaces.sizes(weights.get(place + 1).shape(), 2);
        if (kernel == null || recurrent == null) {
            return null;
        }
        long gates = recurrent[1] / recurrent[0];
        boolean hasBias = place + 2 < weights.size() && isRole(weights.get(place + 2), "bias");
        return gates == LSTM || gates == GRU
                ? new RecurrentArrays((int) kernel[0], (int) recurrent[0], (int) gates,
                        hasBias ? weights.get(place + 2).shape() : null)
                : null;
    }

    private static boolean isRole(ModelWeight weight, String role) {
        return weight.role().equals(role);
    }

    /** The arrays of this layer, taken from the front of those that are left; null if they are in today's layout. */
    List<SavedArray> taken(Deque<SavedArray> left) {
        if (bias == null) {
            return null;
        }
        List<SavedArray> next = left.stream().limit((long) ARRAYS * gates).toList();
        if (areGates(next)) {
            next.forEach(array -> left.remove());
            return joined(next);
        }
        if (areCudnn(next)) {
            List<SavedArray> three = next.subList(0, ARRAYS);
            three.forEach(array -> left.remove());
            return ofCudnn(three);
        }
        return null;
    }

    private boolean areGates(List<SavedArray> next) {
        Shape[] shapes = {Shape.of(inputs, units), Shape.of(units, units), Shape.of(units)};
        if (next.size() < ARRAYS * gates || !bias.equals(Shape.of((long) gates * units))) {
            return false;
        }
        for (int i = 0; i < next.size(); i++) {
            if (!next.get(i).shape().equals(shapes[i % ARRAYS])) {
                return false;
            }
        }
        return true;
    }

    private List<SavedArray> joined(List<SavedArray> apart) {
        List<SavedArray> whole = new ArrayList<>();
        int[] rows = {inputs, units, 1};
        for (int kind = 0; kind < ARRAYS; kind++) {
            List<SavedArray> parts = new ArrayList<>();
            for (int place : gates == LSTM ? LSTM_PLACES : GRU_PLACES) {
                parts.add(apart.get(place * ARRAYS + kind));
            }
            Shape shape = kind == 2 ? bias : Shape.of(rows[kind], (long) gates * units);
            int count = rows[kind];
            whole.add(new SavedArray(parts.getFirst().name(), String.join(", ", parts.stream().map(SavedArray::place)
                    .toList()), shape, () -> beside(parts, count, shape)));
        }
        return whole;
    }

    /** Rows of the gates, one behind the other. */
    private Tensor beside(List<SavedArray> parts, int rows, Shape shape) throws FormatException {
        float[] whole = new float[rows * gates * units];
        for (int gate = 0; gate < gates; gate++) {
            float[] part = parts.get(gate).numbers().read().toArray();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(part, row * units, whole, (row * gates + gate) * units, units);
            }
        }
        return Tensor.of(whole, shape.toArray());
    }

    private boolean areCudnn(List<SavedArray> next) {
        long wide = (long) gates * units;
        return next.size() >= ARRAYS && next.get(0).shape().equals(Shape.of(inputs, wide))
                && next.get(1).shape().equals(Shape.of(units, wide))
                && next.get(2).shape().equals(Shape.of(2 * wide))
                && bias.equals(gates == LSTM ? Shape.of(wide) : Shape.of(2, wide));
    }

    private List<SavedArray> ofCudnn(List<SavedArray> three) {
        SavedArray both = three.get(2);
        SavedArray sum = gates == LSTM
                ? both.as(bias, "cuDNN's two biases added", () -> added(both.numbers().read()))
                : both.as(bias, "cuDNN's two biases", () -> both.numbers().read().reshape(bias.toArray()));
        return List.of(transposed(three.get(0), inputs), transposed(three.get(1), units), sum);
    }

    /** cuDNN reads each gate's kernel by units, Keras by features; the bytes are those of cuDNN. */
    private SavedArray transposed(SavedArray kernel, int rows) {
        return kernel.as(kernel.shape(), "from cuDNN's order", () -> {
            float[] from = kernel.numbers().read().toArray();
            float[] to = new float[from.length];
            int wide = gates * units;
            for (int gate = 0; gate < gates; gate++) {
                for (int place = 0; place < rows * units; place++) {
                    int row = place % rows;
                    int unit = place / rows;
                    to[row * wide + gate * units + unit] = from[place / units * wide + gate * units + place % units];
                }
            }
            return Tensor.of(to, kernel.shape().toArray());
        });
    }

    private static Tensor added(Tensor both) {
        float[] numbers = both.toArray();
        float[] sum = new float[numbers.length / 2];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = numbers[i] + numbers[sum.length + i];
        }
        return Tensor.of(sum, sum.length);
    }
}
