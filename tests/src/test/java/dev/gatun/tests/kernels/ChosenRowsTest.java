package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.ChosenRows;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightGradient;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sums over the rows that count are the chains of those rows alone, whatever stands in the others. With zeros in the others the
 * sums over all rows are the same numbers; only a zero may have another sign, where an underflow had left a negative one.
 */
final class ChosenRowsTest {

    private static final int COLUMNS = 80;

    /** Rows that count: none, all, those of a prefix mask, single ones, and all but a few. */
    private static boolean[] chosen(String pattern, int rows) {
        boolean[] chosen = new boolean[rows];
        Random random = new Random(7);
        for (int row = 0; row < rows; row++) {
            chosen[row] = switch (pattern) {
                case "none" -> false;
                case "all" -> true;
                case "prefixes" -> row % 32 < 32 - row / 32;
                case "single" -> random.nextInt(3) == 0;
                case "most" -> random.nextInt(100) > 0;
                default -> throw new IllegalArgumentException(pattern);
            };
        }
        return chosen;
    }

    private static ChosenRows of(boolean[] chosen) {
        ChosenRows rows = new ChosenRows(chosen.length);
        rows.add(0);
        rows.clear();
        for (int row = 0; row < chosen.length; row++) {
            if (chosen[row]) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static float[] with(float fill, float[] numbers, boolean[] chosen, int stride) {
        float[] filled = numbers.clone();
        for (int row = 0; row < chosen.length; row++) {
            if (!chosen[row]) {
                Arrays.fill(filled, row * stride, (row + 1) * stride, fill);
            }
        }
        return filled;
    }

    @ParameterizedTest
    @CsvSource({"none, false", "all, true", "prefixes, true", "prefixes, false", "single, true", "single, false",
        "most, true"})
    void weightsSumTheRowsThatCount(String pattern, boolean inStrips) {
        for (int rows : new int[] {1, 33, 384, 801}) {
            for (int inputs : new int[] {1, 17, 530}) {
                weights(chosen(pattern, rows), inputs, inStrips, pattern + ", " + rows + " x " + inputs);
            }
        }
    }

    private static void weights(boolean[] chosen, int inputs, boolean inStrips, String what) {
        int rows = chosen.length;
        int aStride = Strips.padded(inputs) + 16;
        float[] a = Bits.numbers(rows * aStride, 1);
        float[] d = Bits.numbers(rows * COLUMNS, 2);
        Strips layout = new Strips(inputs, COLUMNS);
        float[] before = Bits.numbers(inputs * COLUMNS, 3);
        float[] expected = before.clone();
        for (int m = 0; m < inputs; m++) {
            for (int n = 0; n < COLUMNS; n++) {
                int at = (int) layout.index(m, n);
                for (int row = 0; row < rows; row++) {
                    if (chosen[row]) {
                        expected[at] = Math.fma(a[row * aStride + m], d[row * COLUMNS + n], expected[at]);
                    }
                }
            }
        }
        float[] got = weights(with(Float.NaN, a, chosen, aStride), with(Float.NaN, d, chosen, COLUMNS), before, chosen,
                inputs, inStrips, false);
        Bits.same(got, expected, what);
        float[] zeros = weights(with(0, a, chosen, aStride), with(0, d, chosen, COLUMNS), before, chosen, inputs,
                inStrips, true);
        for (int i = 0; i < zeros.length; i++) {
            assertTrue(zeros[i] == expected[i], what + ", number " + i + ": " + zeros[i] + " and " + expected[i]);
        }
    }

    private static float[] weights(float[] a, float[] d, float[] before, boolean[] chosen, int inputs, boolean inStrips,
            boolean all) {
        int rows = chosen.length;
        try (Arena arena = Arena.ofShared()) {
            Guarded scratch = Guarded.of(arena, new float[(int) (2 * WeightGradient.scratchBytes() / 4)]);
            StripRows strips = new StripRows(rows, COLUMNS);
            float[] placed = inStrips ? new float[strips.length()] : d;
            if (inStrips) {
                strips.place(d, COLUMNS, placed);
            }
            Guarded memory = Guarded.of(arena, a, placed, before);
            var w = memory.segment();
            Strips layout = new Strips(inputs, COLUMNS);
            WeightGradient gradient = new WeightGradient(
                    new RowsView(w, memory.base(0), (Strips.padded(inputs) + 16) * 4L),
                    inStrips
                            ? RowsView.inStrips(w, memory.base(1), rows)
                            : new RowsView(w, memory.base(1), COLUMNS * 4L),
                    layout, w, memory.base(2),
                    new RowsView(scratch.segment(), scratch.base(0), WeightGradient.scratchBytes()));
            int cut = layout.count() / 2;
            if (all) {
                gradient.strips(0, rows, 0, layout.count(), 0);
            } else {
                gradient.strips(0, of(chosen), cut, layout.count(), 0);
                gradient.strips(0, of(chosen), 0, cut, 1);
            }
            memory.checkCanaries("weights");
            scratch.checkCanaries("weights");
            return memory.values(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "all", "prefixes", "single", "most"})
    void biasesSumTheRowsThatCount(String pattern) {
        int rows = 801;
        boolean[] chosen = chosen(pattern, rows);
        float[] d = with(Float.NaN, Bits.numbers(rows * COLUMNS, 2), chosen, COLUMNS);
        float[] expected = Bits.numbers(COLUMNS, 3);
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, d, expected);
            new BiasGradient(new RowsView(memory.segment(), memory.base(0), COLUMNS * 4L), memory.segment(),
                    memory.base(1)).strips(of(chosen), 0, COLUMNS / 16);
            for (int column = 0; column < COLUMNS; column++) {
                for (int row = 0; row < rows; row++) {
                    if (chosen[row]) {
                        expected[column] += d[row * COLUMNS + column];
                    }
                }
            }
            memory.checkCanaries(pattern);
            Bits.same(memory.values(1), expected, pattern);
        }
    }

    /** Where the two ways differ: a negative product that is too small for a number leaves -0, and a row of zeros makes it 0. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyTheSignOfAZeroDependsOnRowsOfZeros(boolean inStrips) {
        boolean[] chosen = {true, false};
        int stride = Strips.padded(1) + 16;
        float[] a = new float[2 * stride];
        a[0] = -Float.MIN_VALUE;
        float[] d = new float[2 * COLUMNS];
        Arrays.fill(d, 0, COLUMNS, Float.MIN_VALUE);
        float[] before = new float[COLUMNS];
        float[] counted = weights(a, d, before, chosen, 1, inStrips, false);
        float[] all = weights(a, d, before, chosen, 1, inStrips, true);
        assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(counted[0]));
        assertEquals(Float.floatToRawIntBits(0f), Float.floatToRawIntBits(all[0]));
    }
}
