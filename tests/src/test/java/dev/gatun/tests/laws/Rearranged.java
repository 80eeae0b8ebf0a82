package dev.gatun.tests.laws;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The same numbers in another order. */
final class Rearranged {

    private Rearranged() {}

    /** A random order of 0 to count - 1. */
    static int[] order(int count, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Entry {@code i} of the first axis becomes what {@code order[i]} was. */
    static float[] rows(float[] values, int[] order) {
        float[] other = new float[values.length];
        int each = values.length / order.length;
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i] * each, other, i * each, each);
        }
        return other;
    }

    static Tensor rows(Tensor tensor, int[] order) {
        return Tensor.of(rows(tensor.toArray(), order), tensor.shape().toArray());
    }

    /** As {@link #rows}, for the last axis; with several gates beside each other, each of them. */
    static float[] columns(float[] values, int[] order, int gates) {
        float[] other = new float[values.length];
        int width = order.length;
        for (int block = 0; block < values.length / width; block++) {
            for (int i = 0; i < width; i++) {
                other[block * width + i] = values[block * width + order[i]];
            }
        }
        if (values.length % (gates * width) != 0) {
            throw new IllegalArgumentException(values.length + " numbers are not rows of " + gates + " x " + width);
        }
        return other;
    }

    /** [B,T,F] with time running the other way. */
    static float[] backwards(float[] values, int batch, int time) {
        float[] other = new float[values.length];
        int each = values.length / (batch * time);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < time; t++) {
                System.arraycopy(values, (b * time + t) * each, other, (b * time + time - 1 - t) * each, each);
            }
        }
        return other;
    }

    static Tensor backwards(Tensor tensor) {
        Shape shape = tensor.shape();
        return Tensor.of(backwards(tensor.toArray(), (int) shape.dim(0), (int) shape.dim(1)), shape.toArray());
    }

    /** [B,T,F] to [T,B,F]. */
    static float[] timeMajor(float[] values, int batch, int time) {
        float[] other = new float[values.length];
        int each = values.length / (batch * time);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < time; t++) {
                System.arraycopy(values, (b * time + t) * each, other, (t * batch + b) * each, each);
            }
        }
        return other;
    }
}
