package dev.gatun.tests.meetings;

import dev.gatun.layers.Mask;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.Arrays;
import java.util.List;

/** Sequences [N,T,F] and masks, whole and in parts. */
final class Steps {

    static final int SAMPLES = 6;
    static final int TIME = 7;
    /** None, gaps, padding behind and in front, and a sample without a step. */
    static final boolean[][] COUNTS = {{true, true, true, true, true, true, true},
        {true, false, true, true, false, false, true}, {true, true, true, false, false, false, false},
        {false, false, false, true, true, true, true}, {false, false, false, false, false, false, false},
        {false, true, false, false, true, true, false}};

    private Steps() {}

    static Tensor x(int samples, long seed) {
        return Tensor.of(EnginePass.uniform(samples * TIME * Kind.INPUTS, 1.5f, seed), samples, TIME, Kind.INPUTS);
    }

    static List<Mask> masks() {
        return List.of(Mask.NONE, Mask.of(COUNTS));
    }

    static Tensor part(Tensor x, int from, int to) {
        int samples = (int) x.shape().dim(0);
        int time = (int) x.shape().dim(1);
        int columns = (int) x.shape().last();
        float[] part = new float[samples * (to - from) * columns];
        for (int sample = 0; sample < samples; sample++) {
            System.arraycopy(x.toArray(), (sample * time + from) * columns, part, sample * (to - from) * columns,
                    (to - from) * columns);
        }
        return Tensor.of(part, samples, to - from, columns);
    }

    static Mask part(Mask mask, int from, int to) {
        if (mask.isNone()) {
            return mask;
        }
        boolean[][] part = new boolean[SAMPLES][];
        for (int sample = 0; sample < SAMPLES; sample++) {
            part[sample] = Arrays.copyOfRange(COUNTS[sample], from, to);
        }
        return Mask.of(part);
    }

    static Tensor rows(Tensor all, int first, int count) {
        int each = (int) (all.shape().elements() / all.shape().dim(0));
        return Tensor.of(Arrays.copyOfRange(all.toArray(), first * each, (first + count) * each),
                all.shape().with(0, count).toArray());
    }

    /** Numbers of the steps that count. */
    static float[] counted(Tensor y, Mask mask, int from) {
        if (mask.isNone()) {
            return y.toArray();
        }
        float[] numbers = y.toArray();
        int time = (int) y.shape().dim(1);
        int columns = (int) y.shape().last();
        for (int step = 0; step < numbers.length / columns; step++) {
            if (!COUNTS[step / time][from + step % time]) {
                Arrays.fill(numbers, step * columns, (step + 1) * columns, 0);
            }
        }
        return numbers;
    }
}
