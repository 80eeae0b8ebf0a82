package dev.gatun.tests.functions;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Runs in a JVM of its own, at the vector width it is told: prints its lanes and one checksum of all results.
final class LanesDigest {
    private static final int COUNT = 1 << 16;

    private LanesDigest() {}

    public static void main(String[] arguments) {
        CRC32C checksum = new CRC32C();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(COUNT * 4L, 64);
            MemorySegment y = arena.allocate(COUNT * 4L, 64);
            for (int i = 0; i < COUNT; i++)
                x.setAtIndex(ValueLayout.JAVA_INT, i, (i << 16) + (i * 0x9E3779B9 >>> 16));
            ByteBuffer results = y.asByteBuffer();
            for (MathFunction function : MathFunction.values()) {
                function.simd(x, 0, y, 0, COUNT);
                checksum.update(results.rewind());
            }
        }
        System.out.println(Lanes.LANES + " " + checksum.getValue());
    }
}
