package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Where rows and their columns begin. */
final class RowsViewTest {

    private static final MemorySegment MEMORY = MemorySegment.NULL;

    @Test
    void rowsThatLieWhole() {
        RowsView rows = new RowsView(MEMORY, 640, 320);
        assertTrue(rows.areWhole());
        assertEquals(640, rows.at(0));
        assertEquals(640 + 3 * 320, rows.at(3));
        assertEquals(640 + 3 * 320 + 37 * 4, rows.at(3, 37), "columns lie one behind the other");
        assertEquals(new RowsView(MEMORY, 640 + 2 * 320 + 16 * 4, 320), rows.from(2, 16));
        assertEquals(new RowsView(MEMORY, 640 + 2 * 320, 320), rows.from(2));
    }

    @Test
    void rowsInStrips() {
        RowsView rows = RowsView.inStrips(MEMORY, 640, 5);
        assertFalse(rows.areWhole());
        assertEquals(5 * 16, RowsView.stripFloats(5));
        assertEquals(16 * 16 + 16, RowsView.stripFloats(16), "strips do not all begin on one cache set");
        assertEquals(640 + 3 * 64, rows.at(3));
        assertEquals(640 + 3 * 64 + 2 * 5 * 64 + 5 * 4, rows.at(3, 37));
        assertEquals(640 + 3 * 64 + 5 * 64, rows.at(3, 16));
        assertEquals(rows.at(3, 37), rows.from(2).at(1, 37));
    }

    @Test
    void stridesAndPaddings() {
        assertEquals(16, LeadingDimension.of(0));
        assertEquals(16, LeadingDimension.of(16));
        assertEquals(32, LeadingDimension.of(17));
        assertEquals(272, LeadingDimension.of(256));
        assertEquals(528, LeadingDimension.of(512));
        assertEquals(32, Strips.padded(17));
        Strips strips = new Strips(3, 32);
        assertEquals(2, strips.count());
        assertEquals(3 * 64, strips.stripBytes());
        assertEquals(3 * 64, strips.at(1));
        assertEquals(3 * 32, strips.elements());
        assertEquals(3 * 32 * 4, strips.bytes());
    }

    @Test
    void aLayoutKnowsItsSizes() {
        WeightLayout layout = WeightLayout.gated(5, 17, 4);
        assertEquals(68, layout.columns());
        assertEquals(128, layout.packedColumns());
        assertEquals(new Strips(5, 128), layout.strips());
        assertEquals(new Strips(128, 16), layout.transposed());
        assertEquals(48, WeightLayout.plain(5, 33).packedColumns());
    }
}
