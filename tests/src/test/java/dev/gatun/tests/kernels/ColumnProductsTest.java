package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.ColumnProducts;
import dev.gatun.engine.kernel.scalar.ScalarColumnProducts;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of 16 columns against their twin and by hand, bit for bit; rows with gaps, which nobody may touch. */
final class ColumnProductsTest {

    private static final int STRIDE = 48;

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void eachColumnTimesItsNumber(int rows) {
        float[] x = rows == 3 ? Bits.anyNumbers(rows * STRIDE, 1) : Bits.numbers(rows * STRIDE, 1);
        float[] w = Bits.numbers(16, 2);
        float[] y = Bits.numbers(rows * STRIDE, 3);
        float[] expected = y.clone();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 16; column++) {
                int at = row * STRIDE + column;
                expected[at] = Math.fma(x[at], w[column], y[at]);
            }
        }
        try (Arena arena = Arena.ofShared()) {
            Guarded simd = Guarded.of(arena, x, w, y);
            Guarded scalar = Guarded.of(arena, x, w, y);
            ColumnProducts.scale(simd.segment(), simd.base(0), STRIDE * 4L, simd.segment(), simd.base(1),
                    simd.segment(), simd.base(2), STRIDE * 4L, rows);
            ScalarColumnProducts.scale(scalar.segment(), scalar.base(0), STRIDE * 4L, scalar.segment(),
                    scalar.base(1), scalar.segment(), scalar.base(2), STRIDE * 4L, rows);
            simd.checkSame(scalar, rows + " rows");
            Bits.same(simd.values(2), expected, rows + " rows by hand");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void sumsOfProducts(int rows) {
        float[] x = Bits.numbers(rows * STRIDE, 4);
        float[] d = Bits.numbers(rows * STRIDE, 5);
        float[] g = Bits.numbers(16, 6);
        float[] expected = g.clone();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 16; column++) {
                int at = row * STRIDE + column;
                expected[column] = Math.fma(x[at], d[at], expected[column]);
            }
        }
        try (Arena arena = Arena.ofShared()) {
            Guarded simd = Guarded.of(arena, x, d, g);
            Guarded scalar = Guarded.of(arena, x, d, g);
            ColumnProducts.sum(simd.segment(), simd.base(0), STRIDE * 4L, simd.segment(), simd.base(1), STRIDE * 4L,
                    simd.segment(), simd.base(2), rows);
            ScalarColumnProducts.sum(scalar.segment(), scalar.base(0), STRIDE * 4L, scalar.segment(), scalar.base(1),
                    STRIDE * 4L, scalar.segment(), scalar.base(2), rows);
            simd.checkSame(scalar, rows + " rows");
            Bits.same(simd.values(2), expected, rows + " rows by hand");
        }
    }
}
