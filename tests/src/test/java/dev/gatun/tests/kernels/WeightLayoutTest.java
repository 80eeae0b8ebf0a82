package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Tensor;
import java.lang.foreign.Arena;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the elements of a weight lie, and that they get there and back. */
final class WeightLayoutTest {

    @Property
    void everyElementOfTheStripsHasAPlaceOfItsOwn(
            @ForAll @IntRange(max = 40) int depth, @ForAll @IntRange(max = 12) int count) {
        Strips strips = new Strips(depth, 16 * count);
        BitSet taken = new BitSet();
        for (int row = 0; row < depth; row++) {
            for (int column = 0; column < strips.columns(); column++) {
                int at = (int) strips.index(row, column);
                assertTrue(at >= 0 && at < strips.elements() && !taken.get(at), "row " + row + ", column " + column);
                taken.set(at);
            }
        }
        assertEquals(strips.bytes(), 4L * taken.cardinality());
    }

    @Property
    void stripsFollowOneAnotherAndHoldTheirColumns(
            @ForAll @IntRange(min = 1, max = 40) int depth, @ForAll @IntRange(max = 12) int count) {
        Strips strips = new Strips(depth, 16 * count);
        assertEquals(count, strips.count());
        for (int strip = 0; strip < count; strip++) {
            assertEquals(strips.index(0, 16 * strip) * 4, strips.at(strip), "first byte");
            assertEquals(strips.index(0, 16 * strip) + 15, strips.index(0, 16 * strip + 15),
                    "a row of a strip lies in one piece");
            assertEquals(strips.index(0, 16 * strip) + 16L * depth - 1, strips.index(depth - 1, 16 * strip + 15),
                    "last element");
        }
    }

    @Property
    void packAndUnpackGiveTheMatrixBack(@ForAll @IntRange(min = 1, max = 70) int rows,
            @ForAll @IntRange(min = 1, max = 70) int units, @ForAll boolean gated) {
        WeightLayout layout = gated ? WeightLayout.gated(rows, units, 4) : WeightLayout.plain(rows, units);
        float[] matrix = Bits.anyNumbers(rows * layout.columns(), rows);
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, new float[(int) layout.strips().elements()]);
            layout.pack(Tensor.of(matrix, rows, layout.columns()), memory.segment(), memory.base(0));
            memory.checkCanaries("pack");
            Tensor back = Tensor.zeros(rows, layout.columns());
            layout.unpack(memory.segment(), memory.base(0), back);
            Bits.same(back.toArray(), matrix, "there and back");
            float[] packed = memory.values(0);
            for (int column = 0; column < layout.columns(); column++) {
                long at = layout.strips().index(rows - 1, packedColumn(layout, column));
                assertEquals(matrix[(rows - 1) * layout.columns() + column], packed[(int) at], "column " + column);
            }
            int paddings = 0;
            for (float value : packed) {
                paddings += Float.floatToRawIntBits(value) == 0 ? 1 : 0;
            }
            assertTrue(paddings >= packed.length - matrix.length, "paddings are zero");
        }
    }

    /** Four strips of an LSTM's weight hold input, forget, candidate and output of 16 units, in this order. */
    @Test
    void gatesOfSixteenUnitsLieSideBySide() {
        WeightLayout layout = WeightLayout.gated(1, 20, 4);
        for (int gate = 0; gate < 4; gate++) {
            assertEquals(gate * 16 + 3, packedColumn(layout, gate * 20 + 3), "unit 3 of gate " + gate);
            assertEquals(64 + gate * 16 + 2, packedColumn(layout, gate * 20 + 18), "unit 18 of gate " + gate);
        }
        assertEquals(128, layout.packedColumns());
    }

    @Test
    void anyNumberOfGatesLiesSideBySide() {
        WeightLayout layout = WeightLayout.gated(1, 20, 3);
        assertEquals(48 + 2 * 16 + 1, packedColumn(layout, 2 * 20 + 17), "unit 17 of gate 2");
        assertEquals(96, layout.packedColumns());
    }

    @ParameterizedTest
    @CsvSource({"17, 20, true", "33, 5, false", "16, 33, true"})
    void rowsOfTheTransposeReachToTheNextStrip(int rows, int units, boolean gated) {
        theTransposeHoldsEveryElementAndZeros(rows, units, gated);
    }

    @Property
    void theTransposeHoldsEveryElementAndZeros(@ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll boolean gated) {
        WeightLayout layout = gated ? WeightLayout.gated(rows, units, 4) : WeightLayout.plain(rows, units);
        float[] matrix = Bits.numbers(rows * layout.columns(), units);
        Strips to = layout.transposed();
        float[] expected = new float[(int) to.elements()];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < layout.columns(); column++) {
                expected[(int) to.index(packedColumn(layout, column), row)] = matrix[row * layout.columns() + column];
            }
        }
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, new float[(int) layout.strips().elements()],
                    new float[expected.length]);
            layout.pack(Tensor.of(matrix, rows, layout.columns()), memory.segment(), memory.base(0));
            TransposedWeight transpose = TransposedWeight.of(
                    layout, memory.segment(), memory.base(0), memory.segment(), memory.base(1));
            for (int member = 0; member < 3; member++) {
                transpose.share(member, 3);
            }
            memory.checkCanaries("transpose");
            Bits.same(memory.values(1), expected, "transpose");
        }
    }

    @Test
    void rowsAreWholeCacheLinesAndNotAllOnOneCacheSet() {
        for (int columns = 0; columns < 2000; columns++) {
            int ld = LeadingDimension.of(columns);
            assertTrue(ld >= columns && ld % 16 == 0 && ld % 256 != 0 && ld <= columns + 32, columns + " -> " + ld);
        }
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Strips(3, 17));
        assertThrows(IllegalArgumentException.class, () -> new Strips(-1, 16));
        assertThrows(IllegalArgumentException.class, () -> new WeightLayout(3, 7, 4));
        assertThrows(IllegalArgumentException.class, () -> new WeightLayout(3, 6, 0));
    }

    /** For each 16 units of a gate, the strips of all gates. */
    private static int packedColumn(WeightLayout layout, int column) {
        int units = layout.columns() / layout.gates();
        int gate = column / units;
        int unit = column % units;
        return (unit / 16 * layout.gates() + gate) * 16 + unit % 16;
    }
}
