package dev.gatun.tests.functions;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Runs in a JVM of its own, at the vector width it is told: checksums of what every function makes of all 2^32 floats, one for
/// each 2^24 of them.
final class LanesSurvey {

    private static final int BLOCKS = 1 << 8;
    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 1 << 8;

    private LanesSurvey() {}

    public static void main(String[] arguments) {
        lines().forEach(System.out::println);
    }

    static List<String> lines() {
        return Arrays.stream(MathFunction.values()).flatMap(LanesSurvey::lines).toList();
    }

    private static Stream<String> lines(MathFunction function) {
        return IntStream.range(0, BLOCKS).parallel()
                .mapToObj(block -> "%s from 0x%02x000000: %08x".formatted(function, block, checksum(function, block)));
    }

    private static long checksum(MathFunction function, int block) {
        CRC32C checksum = new CRC32C();
        // A shared arena, as in the product: kernels are compiled for one kind.
        try (Arena arena = Arena.ofShared()) {
            MemorySegment x = arena.allocate(CHUNK * 4L, 64);
            MemorySegment y = arena.allocate(CHUNK * 4L, 64);
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                int first = (block * CHUNKS + chunk) * CHUNK;
                for (int i = 0; i < CHUNK; i++)
                    x.setAtIndex(ValueLayout.JAVA_INT, i, first + i);
                function.simd(x, 0, y, 0, CHUNK);
                checksum.update(y.asByteBuffer());
            }
        }
        return checksum.getValue();
    }
}
