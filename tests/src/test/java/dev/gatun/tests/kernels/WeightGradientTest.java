package dev.gatun.tests.kernels;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightGradient;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code G = start + A^T D} against one chain of fma per element over increasing row, bit for bit. */
final class WeightGradientTest {

    private static final int PAD = 16;

    @ParameterizedTest
    @CsvSource({
        "0, 3, 16", "1, 1, 16", "2, 5, 48", "3, 16, 64", "7, 17, 80", "31, 13, 160", "255, 8, 64", "256, 9, 80",
        "385, 12, 64", "383, 33, 16", "769, 4, 80", "5, 511, 64", "6, 512, 80", "4, 513, 64", "386, 530, 80",
        "40, 451, 48"})
    void sizesAroundTheBlocks(int rows, int inputs, int columns) {
        check(rows, inputs, columns, false);
    }

    /** As LSTM gates lie: nothing is packed then but A. */
    @ParameterizedTest
    @CsvSource({"1, 1, 64", "383, 5, 128", "384, 512, 64", "385, 530, 192"})
    void gradientsOfRowsInStrips(int rows, int inputs, int columns) {
        check(rows, inputs, columns, false, true);
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void everySizeAroundLanesAndTiles(int rows) {
        Sizes.any().forEach(inputs -> check(rows, inputs, 80, false));
    }

    @Test
    void numbersThatAreNotFiniteFallIntoTheSamePlaces() {
        check(9, 11, 80, true);
    }

    private static void check(int rows, int inputs, int columns, boolean any) {
        check(rows, inputs, columns, any, false);
    }

    private static void check(int rows, int inputs, int columns, boolean any, boolean inStrips) {
        int aStride = Strips.padded(inputs) + 16;
        int dStride = columns + PAD;
        float[] a = any ? Bits.anyNumbers(rows * aStride, 1) : Bits.numbers(rows * aStride, 1);
        float[] d = any ? Bits.anyNumbers(rows * dStride, 2) : Bits.numbers(rows * dStride, 2);
        Strips layout = new Strips(inputs, columns);
        float[] before = Bits.numbers(inputs * columns, 3);
        float[] expected = new float[inputs * columns];
        for (int m = 0; m < inputs; m++) {
            for (int n = 0; n < columns; n++) {
                int at = (int) layout.index(m, n);
                float sum = before[at];
                for (int row = 0; row < rows; row++) {
                    sum = Math.fma(a[row * aStride + m], d[row * dStride + n], sum);
                }
                expected[at] = sum;
            }
        }
        // One member does everything, or two members share the strips, each with its own scratch.
        for (int split = 0; split <= 1; split++) {
            try (Arena arena = Arena.ofShared()) {
                Guarded scratch = Guarded.of(arena, new float[(int) (2 * WeightGradient.scratchBytes() / 4)]);
                float[] dPlaced = inStrips ? strips(d, rows, dStride, columns) : d;
                Guarded memory = Guarded.of(arena, a, dPlaced, before);
                var w = memory.segment();
                WeightGradient gradient = new WeightGradient(new RowsView(w, memory.base(0), aStride * 4L),
                        inStrips
                                ? RowsView.inStrips(w, memory.base(1), rows)
                                : new RowsView(w, memory.base(1), dStride * 4L),
                        layout, w, memory.base(2),
                        new RowsView(scratch.segment(), scratch.base(0), WeightGradient.scratchBytes()));
                int cut = split * layout.count() / 2;
                gradient.strips(0, rows, cut, layout.count(), 0);
                gradient.strips(0, rows, 0, cut, 1);
                String what = rows + " rows, " + inputs + " x " + columns;
                memory.checkCanaries(what);
                scratch.checkCanaries(what);
                Bits.same(memory.values(2), expected, what);
                Bits.same(memory.values(0), a, what + ": A");
                Bits.same(memory.values(1), dPlaced, what + ": D");
            }
        }
    }

    private static float[] strips(float[] d, int rows, int stride, int columns) {
        StripRows inStrips = new StripRows(rows, columns);
        float[] placed = new float[inStrips.length()];
        inStrips.place(d, stride, placed);
        return placed;
    }
}
