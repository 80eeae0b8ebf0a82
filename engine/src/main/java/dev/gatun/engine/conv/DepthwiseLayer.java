package dev.gatun.engine.conv;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * A convolution in which each feature has M filters of its own: column {@code f M + m} of the output reads feature f alone.
 *
 * @param taps        of the way forward
 * @param multiplier  M
 * @param features    F
 * @param x           rows that go in [F]
 * @param wide        place for these rows with each feature M times [F M]; the same as x if M is 1
 * @param y           rows that come out [F M]
 * @param weights     where the kernel lies
 * @param kernelBytes byte offset of the kernel [K,F M], packed
 * @param start       one row to begin at: a bias, or zeros
 */
public record DepthwiseLayer(
        Taps taps, int multiplier, int features, RowsView x, RowsView wide, RowsView y, MemorySegment weights,
        long kernelBytes, RowsView start) {

    /** Columns that come out. */
    int columns() {
        return features * multiplier;
    }

    int strips() {
        return Strips.padded(columns()) / Strips.WIDTH;
    }

    /** Where 16 columns of a tap begin, in the kernel or its gradient. */
    long tapBytes(long kernel, int strip, int tap) {
        return kernel + ((long) strip * taps.count() + tap) * Strips.ROW_BYTES;
    }
}
