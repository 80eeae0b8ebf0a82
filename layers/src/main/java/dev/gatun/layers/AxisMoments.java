package dev.gatun.layers;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;

/**
 * Means and variances of a tensor over all axes but some. Sums are in double, in the order of the numbers, so they are the same
 * on any machine.
 *
 * @param means     for each place of the axes that are kept, row by row; rounded to float32
 * @param variances likewise
 */
record AxisMoments(double[] means, double[] variances) {

    private static final String WHO = "Normalization.adapt";

    static AxisMoments of(Tensor data, List<Integer> kept) {
        data.requireType(DataType.FLOAT32, WHO);
        data.requireAlive();
        Shape shape = data.shape();
        int[] strides = strides(shape, kept);
        int places = 1;
        for (int axis = 0; axis < strides.length; axis++) {
            places *= strides[axis] == 0 ? 1 : (int) shape.dim(axis);
        }
        float[] numbers = data.toArray();
        if (numbers.length == 0) {
            throw new IllegalArgumentException(WHO + ": data of shape " + shape + " hold no number; give some");
        }
        int[] place = places(shape, strides, numbers.length);
        double count = numbers.length / (double) places;
        double[] means = new double[places];
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                throw new IllegalArgumentException(WHO + ": number " + i + " of the data (counted from 0) is "
                        + numbers[i] + "; give finite numbers, and leave out samples with gaps");
            }
            means[place[i]] += numbers[i] / count;
        }
        double[] variances = new double[places];
        for (int i = 0; i < numbers.length; i++) {
            double distance = numbers[i] - means[place[i]];
            variances[place[i]] += distance * distance / count;
        }
        for (int i = 0; i < places; i++) {
            means[i] = (float) means[i];
            variances[i] = (float) variances[i];
        }
        return new AxisMoments(means, variances);
    }

    /** From one place to the next on an axis; 0 on an axis that has none. */
    private static int[] strides(Shape shape, List<Integer> kept) {
        boolean[] keeps = new boolean[shape.rank()];
        for (int given : kept) {
            int axis = given < 0 ? given + shape.rank() : given;
            if (axis < 1 || axis >= shape.rank() || keeps[axis]) {
                throw new IllegalArgumentException(WHO + ": data of shape " + shape + " have no axis " + given
                        + " beside the batch and the others of " + kept + "; give data as the layer reads them");
            }
            keeps[axis] = true;
        }
        int[] strides = new int[shape.rank()];
        int places = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            if (keeps[axis]) {
                strides[axis] = places;
                places = Math.multiplyExact(places, Math.toIntExact(shape.dim(axis)));
            }
        }
        return strides;
    }

    /** For each number its place. */
    private static int[] places(Shape shape, int[] strides, int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int rest = i;
            for (int axis = strides.length - 1; axis >= 0; axis--) {
                int size = (int) shape.dim(axis);
                places[i] += rest % size * strides[axis];
                rest /= size;
            }
        }
        return places;
    }
}
