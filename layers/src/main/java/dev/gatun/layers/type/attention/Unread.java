package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/** Packed rows of keys or values that no query reads become zero: what stands there may be no number. */
final class Unread {

    private Unread() {}

    static void clear(Strips strips, MemorySegment segment, long bytes, SeenKeys seen) {
        for (int key = 0; key < strips.depth(); key++) {
            if (!seen.isRead(key)) {
                for (int strip = 0; strip < strips.count(); strip++) {
                    zero(segment, bytes + strips.at(strip) + key * Strips.ROW_BYTES, Strips.ROW_BYTES);
                }
            }
        }
    }

    static void clearAll(Strips strips, MemorySegment segment, long bytes) {
        zero(segment, bytes, strips.bytes());
    }

    private static void zero(MemorySegment segment, long at, long count) {
        for (long i = 0; i < count; i += Long.BYTES) {
            segment.set(JAVA_LONG, at + i, 0);
        }
    }
}
