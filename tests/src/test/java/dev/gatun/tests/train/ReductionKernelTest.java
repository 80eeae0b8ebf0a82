package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.kernel.Reductions;
import dev.gatun.engine.kernel.scalar.ScalarReductions;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.kernels.Guarded;
import dev.gatun.tests.kernels.Sizes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions give the bits of their scalar twins; the sum of squares is as exact as double allows. */
final class ReductionKernelTest {

    private static final long B = Guarded.FIRST;

    /** Past the blocks of the sums too. */
    static IntStream longRuns() {
        return IntStream.concat(Sizes.runs(), IntStream.of(4096, 4112, 12304));
    }

    @ParameterizedTest
    @MethodSource("longRuns")
    void theSumOfSquaresHasTheBitsOfItsTwin(int count) {
        try (Arena arena = Arena.ofShared()) {
            Guarded x = Guarded.of(arena, Bits.numbers(count, count));
            Guarded simd = Guarded.of(arena, new float[2 * Reductions.LANES]);
            Guarded scalar = Guarded.of(arena, new float[2 * Reductions.LANES]);
            Reductions.addSquares(x.segment(), B, count, simd.segment(), B);
            ScalarReductions.addSquares(x.segment(), B, count, scalar.segment(), B);
            simd.checkSame(scalar, "lanes");
            x.checkCanaries("summed");
            BigDecimal exact = BigDecimal.ZERO;
            for (float value : x.values()) {
                exact = exact.add(new BigDecimal(value).pow(2));
            }
            double total = ScalarReductions.total(simd.segment(), B);
            assertEquals(exact.doubleValue(), total, 1e-15 * count * total);
        }
    }

    @Test
    void squaresOfTheLargestFloatsDoNotOverflow() {
        try (Arena arena = Arena.ofShared()) {
            float[] values = new float[64];
            java.util.Arrays.fill(values, Float.MAX_VALUE);
            MemorySegment x = Guarded.of(arena, values).segment();
            MemorySegment lanes = arena.allocate(Reductions.LANES_BYTES, 64);
            Reductions.addSquares(x, B, 64, lanes, 0);
            assertEquals(8 * (double) Float.MAX_VALUE, Math.sqrt(ScalarReductions.total(lanes, 0)));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#runs")
    void scaleAndClipHaveTheBitsOfTheirTwins(int count) {
        try (Arena arena = Arena.ofShared()) {
            float[] values = Bits.anyNumbers(count, count);
            Guarded simd = Guarded.of(arena, values);
            Guarded scalar = Guarded.of(arena, values);
            Reductions.scale(simd.segment(), B, count, 0.7f);
            ScalarReductions.scale(scalar.segment(), B, count, 0.7f);
            simd.checkSame(scalar, "scaled");
            Reductions.clip(simd.segment(), B, count, 0.5f);
            ScalarReductions.clip(scalar.segment(), B, count, 0.5f);
            simd.checkSame(scalar, "clipped");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#runs")
    void oneNumberThatIsNotFiniteIsFoundAnywhere(int count) {
        try (Arena arena = Arena.ofShared()) {
            float[] values = Bits.numbers(count, 7);
            values[count / 3] = Float.MAX_VALUE;
            values[count / 2] = -Float.MAX_VALUE;
            assertEquals(true, allFinite(arena, values));
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                for (int i = 0; i < count; i += 5) {
                    float before = values[i];
                    values[i] = bad;
                    assertEquals(false, allFinite(arena, values), bad + " at " + i);
                    values[i] = before;
                }
            }
        }
    }

    private static boolean allFinite(Arena arena, float[] values) {
        MemorySegment x = Guarded.of(arena, values).segment();
        boolean simd = Reductions.allFinite(x, B, values.length);
        assertEquals(ScalarReductions.allFinite(x, B, values.length), simd);
        return simd;
    }
}
