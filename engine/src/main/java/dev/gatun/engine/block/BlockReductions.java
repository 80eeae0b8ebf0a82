package dev.gatun.engine.block;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.Reductions;
import dev.gatun.engine.kernel.scalar.ScalarReductions;
import java.lang.foreign.MemorySegment;

/**
 * What clipping and the doors need of a block of floats, however long: sum of squares, scaling, clipping, is every number
 * finite. Offsets and sizes in bytes, sizes a multiple of 64.
 */
public final class BlockReductions {

    /** Bytes the caller provides for a sum that goes over several blocks. */
    public static final int SUM_BYTES = Reductions.LANES_BYTES;

    private BlockReductions() {}

    /**
     * Adds the squares of x to a sum in doubles, whose bits depend on the order of the blocks, not on the width of a vector.
     *
     * @param sum {@link #SUM_BYTES}, zero at the start
     */
    public static void addSquares(MemorySegment x, long fromBytes, long bytes, MemorySegment sum) {
        for (long at = 0; at < bytes; at += Chunk.BYTES) {
            if (KernelChoice.SCALAR) {
                ScalarReductions.addSquares(x, fromBytes + at, Chunk.floats(bytes - at), sum, 0);
            } else {
                Reductions.addSquares(x, fromBytes + at, Chunk.floats(bytes - at), sum, 0);
            }
        }
    }

    /** What {@link #addSquares} has added up. */
    public static double total(MemorySegment sum) {
        return ScalarReductions.total(sum, 0);
    }

    /** x = factor x. */
    public static void scale(MemorySegment x, long fromBytes, long bytes, float factor) {
        for (long at = 0; at < bytes; at += Chunk.BYTES) {
            if (KernelChoice.SCALAR) {
                ScalarReductions.scale(x, fromBytes + at, Chunk.floats(bytes - at), factor);
            } else {
                Reductions.scale(x, fromBytes + at, Chunk.floats(bytes - at), factor);
            }
        }
    }

    /** x = min(max(x, -limit), limit); NaN stays NaN. */
    public static void clip(MemorySegment x, long fromBytes, long bytes, float limit) {
        for (long at = 0; at < bytes; at += Chunk.BYTES) {
            if (KernelChoice.SCALAR) {
                ScalarReductions.clip(x, fromBytes + at, Chunk.floats(bytes - at), limit);
            } else {
                Reductions.clip(x, fromBytes + at, Chunk.floats(bytes - at), limit);
            }
        }
    }

    /** Whether x holds neither NaN nor infinity. */
    public static boolean allFinite(MemorySegment x, long fromBytes, long bytes) {
        boolean finite = true;
        for (long at = 0; finite && at < bytes; at += Chunk.BYTES) {
            finite = KernelChoice.SCALAR
                    ? ScalarReductions.allFinite(x, fromBytes + at, Chunk.floats(bytes - at))
                    : Reductions.allFinite(x, fromBytes + at, Chunk.floats(bytes - at));
        }
        return finite;
    }
}
