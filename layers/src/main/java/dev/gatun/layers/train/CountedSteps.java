package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.gatun.memory.Tensor;

/**
 * Which steps of data count, as far as that is known before a model runs.
 *
 * @param mask int32 [N,T], or null if all count
 */
record CountedSteps(Tensor mask) {

    static final CountedSteps ALL = new CountedSteps(null);

    /** Whether the step counts that a number of data [N,T,S,F], [N,T,F] or [N,T] belongs to. */
    boolean count(Tensor data, long row, long column) {
        if (mask == null) {
            return true;
        }
        long time = mask.shape().dim(1);
        if (data.shape().rank() == 2) {
            return at(row, column);
        }
        long step = data.shape().rank() == 3 ? row : row / data.shape().dim(2);
        return at(step / time, step % time);
    }

    private boolean at(long sample, long step) {
        return mask.segment().get(JAVA_INT_UNALIGNED,
                mask.baseBytes() + sample * mask.rowBytes() + step * Integer.BYTES) != 0;
    }
}
