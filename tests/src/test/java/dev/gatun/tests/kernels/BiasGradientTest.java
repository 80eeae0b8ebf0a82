package dev.gatun.tests.kernels;

import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.RowsView;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code G += sum over rows of D} against one chain of additions per element, bit for bit, wherever members' shares begin. */
final class BiasGradientTest {

    private static final int STRIPS = 7;
    private static final int COLUMNS = 16 * STRIPS;
    private static final int PAD = 16;

    @ParameterizedTest
    @CsvSource({"0, 7", "0, 3", "3, 7", "5, 6", "2, 2"})
    void someOfTheStrips(int first, int end) {
        for (int rows : new int[] {0, 1, 6, 19}) {
            check(rows, first, end, false);
            check(rows, first, end, true);
        }
    }

    private static void check(int rows, int first, int end, boolean inStrips) {
        int stride = COLUMNS + PAD;
        float[] d = Bits.numbers(rows * stride, 1);
        float[] expected = Bits.numbers(COLUMNS, 2);
        StripRows strips = new StripRows(rows, COLUMNS);
        float[] placed = inStrips ? new float[strips.length()] : d;
        if (inStrips) {
            strips.place(d, stride, placed);
        }
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, placed, expected);
            RowsView view = inStrips
                    ? RowsView.inStrips(memory.segment(), memory.base(0), rows)
                    : new RowsView(memory.segment(), memory.base(0), stride * 4L);
            new BiasGradient(view, memory.segment(), memory.base(1)).strips(rows, first, end);
            for (int column = 16 * first; column < 16 * end; column++) {
                for (int row = 0; row < rows; row++) {
                    expected[column] += d[row * stride + column];
                }
            }
            String what = rows + " rows, strips " + first + " to " + end;
            memory.checkCanaries(what);
            Bits.same(memory.values(1), expected, what);
            Bits.same(memory.values(0), placed, what + ": D");
        }
    }
}
