package dev.gatun.engine.block;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.Elementwise;
import dev.gatun.engine.kernel.scalar.ScalarElementwise;
import java.lang.foreign.MemorySegment;

/** Arithmetic on equally long runs of floats; counts are multiples of 16, offsets in bytes. */
public final class BlockArithmetic {

    private BlockArithmetic() {}

    /** y = y + x. */
    public static void add(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        if (KernelChoice.SCALAR) {
            ScalarElementwise.add(x, xBytes, y, yBytes, count);
        } else {
            Elementwise.add(x, xBytes, y, yBytes, count);
        }
    }

    /** y = y x. */
    public static void multiply(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        if (KernelChoice.SCALAR) {
            ScalarElementwise.multiply(x, xBytes, y, yBytes, count);
        } else {
            Elementwise.multiply(x, xBytes, y, yBytes, count);
        }
    }

    /** y = the larger of y and x; of zeros the positive one, and NaN where one of both is. */
    public static void max(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        if (KernelChoice.SCALAR) {
            ScalarElementwise.max(x, xBytes, y, yBytes, count);
        } else {
            Elementwise.max(x, xBytes, y, yBytes, count);
        }
    }
}
