package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.RowCopies;
import dev.gatun.engine.kernel.scalar.ScalarRowCopies;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of rows, NaN bits and all, and nothing beside them. */
final class RowCopiesTest {

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void anyNumberOfRows(int rows) {
        simdIsScalar(rows, 80, 96, 112);
    }

    @ParameterizedTest
    @CsvSource({"0, 16, 16, 16", "1, 16, 32, 16", "7, 16, 16, 48", "5, 64, 64, 64", "6, 64, 80, 96", "13, 48, 64, 48"})
    void simdIsScalar(int rows, int columns, int fromStride, int toStride) {
        try (Arena arena = Arena.ofShared()) {
            float[] from = Bits.anyNumbers(rows * fromStride, 1);
            float[] to = Bits.numbers(rows * toStride, 2);
            Guarded simd = Guarded.of(arena, from, to);
            Guarded scalar = Guarded.of(arena, from, to);
            RowCopies.copy(simd.segment(), simd.base(0), fromStride * 4L, simd.segment(), simd.base(1), toStride * 4L,
                    rows, columns);
            ScalarRowCopies.copy(scalar.segment(), scalar.base(0), fromStride * 4L, scalar.segment(), scalar.base(1),
                    toStride * 4L, rows, columns);
            simd.checkSame(scalar, rows + " x " + columns);
            for (int row = 0; row < rows; row++) {
                Bits.same(Arrays.copyOfRange(simd.values(1), row * toStride, row * toStride + columns),
                        Arrays.copyOfRange(from, row * fromStride, row * fromStride + columns),
                        "row " + row);
            }
        }
    }
}
