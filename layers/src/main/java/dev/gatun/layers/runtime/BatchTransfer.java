package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;

/** Copies samples between a user's batch-major tensors [N,T,F], or [N,T] and [N] of single numbers, and a value's time-major rows. */
final class BatchTransfer {

    private BatchTransfer() {}

    /**
     * Consecutive samples, as many as the value's batch.
     *
     * @param firstStep the first that is copied of each sample, whose sequence may be longer than the value's
     */
    static void in(Tensor samples, long firstSample, int firstStep, Value value, RowsView rows) {
        for (int b = 0; b < value.batch(); b++) {
            in(samples, firstSample + b, firstStep, value, rows, b);
        }
    }

    /** Samples {@code order[first ...]}. */
    static void in(Tensor samples, int[] order, int first, int firstStep, Value value, RowsView rows) {
        for (int b = 0; b < value.batch(); b++) {
            in(samples, order[first + b], firstStep, value, rows, b);
        }
    }

    /** To consecutive samples. */
    static void out(RowsView rows, Value value, Tensor samples, long firstSample) {
        for (int b = 0; b < value.batch(); b++) {
            out(rows, value, b, samples, firstSample + b);
        }
    }

    /** To samples {@code order[first ...]}. */
    static void out(RowsView rows, Value value, Tensor samples, int[] order, int first) {
        for (int b = 0; b < value.batch(); b++) {
            out(rows, value, b, samples, order[first + b]);
        }
    }

    /** One step of all samples, packed. */
    static void stepIn(MemorySegment x, Value value, RowsView rows) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int b = 0; b < value.batch(); b++) {
            MemorySegment.copy(x, b * bytes, rows.segment(), rows.at(b), bytes);
        }
    }

    /** One step of all samples, packed. */
    static void stepOut(RowsView rows, Value value, MemorySegment result) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int b = 0; b < value.batch(); b++) {
            MemorySegment.copy(rows.segment(), rows.at(b), result, b * bytes, bytes);
        }
    }

    private static void in(Tensor samples, long sample, int firstStep, Value value, RowsView rows, int b) {
        if (!value.type().hasColumns() && samples.shape().rank() > 2) {
            numbersIn(samples, sample, value, rows, b);
            return;
        }
        long bytes = (long) value.columns() * Float.BYTES;
        long begin = at(samples, sample, firstStep, value);
        long step = step(samples, value);
        for (int t = 0; t < value.time(); t++) {
            MemorySegment.copy(samples.segment(), begin + t * step, rows.segment(),
                    rows.at((long) t * value.batch() + b), bytes);
        }
    }

    /** Of [N,T,S], each of whose numbers is a row. */
    private static void numbersIn(Tensor samples, long sample, Value value, RowsView rows, int b) {
        long keys = samples.shape().dim(2);
        long first = sample * samples.shape().dim(1);
        for (int number = 0; number < value.time(); number++) {
            long at = samples.baseBytes() + (first + number / keys) * samples.rowBytes()
                    + number % keys * Integer.BYTES;
            MemorySegment.copy(samples.segment(), at, rows.segment(), rows.at((long) number * value.batch() + b),
                    Integer.BYTES);
        }
    }

    private static void out(RowsView rows, Value value, int b, Tensor samples, long sample) {
        long bytes = (long) value.columns() * Float.BYTES;
        long begin = at(samples, sample, 0, value);
        long step = step(samples, value);
        for (int t = 0; t < value.time(); t++) {
            MemorySegment.copy(rows.segment(), rows.at((long) t * value.batch() + b), samples.segment(),
                    begin + t * step, bytes);
        }
    }

    /** Bytes from a row of a sample to the next. */
    private static long step(Tensor samples, Value value) {
        return value.type().hasColumns() ? samples.rowBytes() : Integer.BYTES;
    }

    private static long at(Tensor samples, long sample, int firstStep, Value value) {
        int rank = samples.shape().rank();
        if (value.type().hasColumns() && rank > 1) {
            long inStep = rank > 3 ? samples.shape().dim(2) : 1;
            long inSample = rank > 2 ? samples.shape().dim(1) * inStep : 1;
            return samples.baseBytes() + (sample * inSample + firstStep * inStep) * samples.rowBytes();
        }
        long first = rank == 1 ? sample * Integer.BYTES : sample * samples.rowBytes();
        return samples.baseBytes() + first + (long) firstStep * Integer.BYTES;
    }
}
