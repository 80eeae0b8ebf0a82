package dev.gatun.perf.roof;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** The limit of every step at batch 1: memory read once, one addition per vector. */
public final class ReadLoop {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int VECTOR = Lanes.LANES * Float.BYTES;
    private static final int STEP = 8 * VECTOR;

    /** What sizes must be a multiple of, whatever the width of vectors. */
    public static final long GRAIN = 512;

    private ReadLoop() {}

    /** @return the sum of a lane: a number that depends on all that was read */
    public static float sum(MemorySegment segment, long bytes) {
        FloatVector c0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector c4 = c0;
        FloatVector c5 = c0;
        FloatVector c6 = c0;
        FloatVector c7 = c0;
        for (long at = 0; at < bytes; at += STEP) {
            c0 = c0.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at, ORDER));
            c1 = c1.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + VECTOR, ORDER));
            c2 = c2.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + 2L * VECTOR, ORDER));
            c3 = c3.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + 3L * VECTOR, ORDER));
            c4 = c4.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + 4L * VECTOR, ORDER));
            c5 = c5.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + 5L * VECTOR, ORDER));
            c6 = c6.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + 6L * VECTOR, ORDER));
            c7 = c7.add(FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at + 7L * VECTOR, ORDER));
        }
        return c0.add(c1).add(c2).add(c3).add(c4.add(c5).add(c6).add(c7)).lane(0);
    }
}
