package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;

/** Copies samples between a user's batch-major tensors [N,T,F], or [N,T] of single numbers, and a value's time-major rows. */
final class BatchTransfer {

    private BatchTransfer() {}

    static void in(Tensor samples, long sample, Value value, RowsView rows, int b) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int t = 0; t < value.time(); t++) {
            MemorySegment.copy(samples.segment(), at(samples, sample, value, t), rows.segment(),
                    rows.at((long) t * value.batch() + b), bytes);
        }
    }

    static void out(RowsView rows, Value value, int b, Tensor samples, long sample) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int t = 0; t < value.time(); t++) {
            MemorySegment.copy(rows.segment(), rows.at((long) t * value.batch() + b), samples.segment(),
                    at(samples, sample, value, t), bytes);
        }
    }

    private static long at(Tensor samples, long sample, Value value, int t) {
        if (value.type().hasColumns()) {
            return samples.baseBytes() + (sample * value.time() + t) * samples.rowBytes();
        }
        long first = samples.shape().rank() == 1 ? sample * Integer.BYTES : sample * samples.rowBytes();
        return samples.baseBytes() + first + (long) t * Integer.BYTES;
    }

    /** One step [B,F] of all samples, packed, into their rows. */
    static void stepIn(MemorySegment packed, Value value, RowsView rows) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int b = 0; b < value.batch(); b++) {
            MemorySegment.copy(packed, b * bytes, rows.segment(), rows.at(b), bytes);
        }
    }

    /** Rows of one step out of all samples, packed. */
    static void stepOut(RowsView rows, Value value, MemorySegment packed) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int b = 0; b < value.batch(); b++) {
            MemorySegment.copy(rows.segment(), rows.at(b), packed, b * bytes, bytes);
        }
    }
}
