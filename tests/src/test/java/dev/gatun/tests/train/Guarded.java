package dev.gatun.tests.train;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/**
 * Floats in native memory between two strips of canary bytes, so that a kernel that writes outside is seen. Arenas are shared
 * ones, as in the product: a kernel that has met both kinds is compiled for the commoner one, and runs in the interpreter
 * with the other (C2 hoists the check of the owning thread out of the loop, in vain, again and again).
 */
final class Guarded {

    /** Where the floats begin. */
    static final long BASE = 64;
    private static final long CANARY_BYTES = 64;
    private static final byte CANARY = (byte) 0xA5;

    private final MemorySegment segment;
    private final int count;

    private Guarded(MemorySegment segment, int count) {
        this.segment = segment;
        this.count = count;
    }

    static Guarded of(Arena arena, float[] values) {
        long bytes = (long) values.length * Float.BYTES;
        MemorySegment segment = arena.allocate(BASE + bytes + CANARY_BYTES, 64);
        segment.fill(CANARY);
        MemorySegment.copy(values, 0, segment, JAVA_FLOAT, BASE, values.length);
        return new Guarded(segment, values.length);
    }

    MemorySegment segment() {
        return segment;
    }

    float[] values() {
        return segment.asSlice(BASE, (long) count * Float.BYTES).toArray(JAVA_FLOAT);
    }

    boolean canariesLive() {
        for (long at = 0; at < BASE; at++) {
            if (segment.get(JAVA_BYTE, at) != CANARY) {
                return false;
            }
        }
        for (long at = segment.byteSize() - CANARY_BYTES; at < segment.byteSize(); at++) {
            if (segment.get(JAVA_BYTE, at) != CANARY) {
                return false;
            }
        }
        return true;
    }

    /** Numbers of all sizes, with both zeros and subnormals among them; NaN and infinities when asked for. */
    static float[] numbers(int count, long seed, boolean special) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (random.nextInt(special ? 12 : 9)) {
                case 0 -> 0f;
                case 1 -> -0f;
                case 2 -> Float.MIN_VALUE * (random.nextInt(2000) - 1000);
                case 3 -> (float) random.nextGaussian() * 1e-4f;
                case 9 -> Float.NaN;
                case 10 -> Float.NEGATIVE_INFINITY;
                case 11 -> Float.MAX_VALUE;
                default -> (float) random.nextGaussian();
            };
        }
        return values;
    }
}
