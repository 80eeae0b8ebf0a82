package dev.gatun.tests.kernels;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The operands of a kernel in one native segment, with canary bytes before, between and after them, so that a kernel that
 * writes where it should not is seen. An operand holds rows with their paddings: those are compared too.
 *
 * <p>Kernel tests take shared arenas, as the product does: the JDK has one type profile of arenas for the whole process, and
 * after some thousand vector accesses to confined ones C2 no longer inlines the checks of shared ones, so that every kernel
 * allocates its vectors for the rest of the JVM's life (a test that counts allocations failed behind these).
 */
public final class Guarded {

    /** Where the first operand begins. */
    public static final long FIRST = 64;

    private static final long CANARY_BYTES = FIRST;
    private static final byte CANARY = (byte) 0xA5;

    private final MemorySegment segment;
    private final long[] bases;
    private final int[] counts;

    private Guarded(MemorySegment segment, long[] bases, int[] counts) {
        this.segment = segment;
        this.bases = bases;
        this.counts = counts;
    }

    /** Copies of the operands, each beginning at a multiple of 64 bytes. */
    public static Guarded of(Arena arena, float[]... operands) {
        long[] bases = new long[operands.length];
        int[] counts = new int[operands.length];
        long at = CANARY_BYTES;
        for (int i = 0; i < operands.length; i++) {
            bases[i] = at;
            counts[i] = operands[i].length;
            long bytes = (long) operands[i].length * Float.BYTES;
            at = (at + bytes + CANARY_BYTES + 63) & -64;
        }
        MemorySegment segment = arena.allocate(at, 64);
        segment.fill(CANARY);
        for (int i = 0; i < operands.length; i++) {
            MemorySegment.copy(operands[i], 0, segment, JAVA_FLOAT, bases[i], operands[i].length);
        }
        return new Guarded(segment, bases, counts);
    }

    public MemorySegment segment() {
        return segment;
    }

    /** Byte offset of an operand. */
    public long base(int operand) {
        return bases[operand];
    }

    /** The numbers of the first operand, paddings included. */
    public float[] values() {
        return values(0);
    }

    /** The numbers of an operand, paddings included. */
    public float[] values(int operand) {
        return segment.asSlice(bases[operand], (long) counts[operand] * Float.BYTES).toArray(JAVA_FLOAT);
    }

    /** Throws unless every byte outside the operands is as it was. */
    public void checkCanaries(String what) {
        long at = 0;
        for (int i = 0; i <= bases.length; i++) {
            long end = i == bases.length ? segment.byteSize() : bases[i];
            for (; at < end; at++) {
                if (segment.get(JAVA_BYTE, at) != CANARY) {
                    throw new AssertionError(what + ": byte " + at + " was written, " + (i == 0
                            ? bases[0] - at + " before operand 0"
                            : at - bases[i - 1] - 4L * counts[i - 1] + " after the end of operand " + (i - 1)));
                }
            }
            at = i == bases.length ? at : bases[i] + (long) counts[i] * Float.BYTES;
        }
    }

    /** Throws unless all operands hold the bits of the other's, and all canaries live. */
    public void checkSame(Guarded expected, String what) {
        checkCanaries(what);
        expected.checkCanaries(what + " (expected)");
        for (int i = 0; i < bases.length; i++) {
            Bits.same(values(i), expected.values(i), what + ", operand " + i);
        }
    }
}
