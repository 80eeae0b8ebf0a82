package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;

/** Copies samples between a user's batch-major tensors [N,T,F] and a value's time-major rows. */
final class BatchTransfer {

    private BatchTransfer() {}

    static void in(Tensor samples, long sample, Value value, RowsView rows, int b) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int t = 0; t < value.time(); t++) {
            long from = samples.baseBytes() + (sample * value.time() + t) * samples.rowBytes();
            MemorySegment.copy(samples.segment(), from, rows.segment(), rows.at((long) t * value.batch() + b), bytes);
        }
    }

    static void out(RowsView rows, Value value, int b, Tensor samples, long sample) {
        long bytes = (long) value.columns() * Float.BYTES;
        for (int t = 0; t < value.time(); t++) {
            long to = samples.baseBytes() + (sample * value.time() + t) * samples.rowBytes();
            MemorySegment.copy(rows.segment(), rows.at((long) t * value.batch() + b), samples.segment(), to, bytes);
        }
    }
}
