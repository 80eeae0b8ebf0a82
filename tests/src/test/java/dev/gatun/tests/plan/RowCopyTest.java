package dev.gatun.tests.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that are moved between values: which numbers change, and which stay. */
final class RowCopyTest {

    private static final int ROWS = 4;
    private static final int LD = 32;

    private final Arena arena = Arena.ofShared();
    private final RowsView from = view(1);
    private final RowsView to = view(1000);
    private final float[] expected = numbers(to);

    @AfterEach
    void close() {
        arena.close();
    }

    /** Rows of which each number is another one, {@code first}, {@code first + 1}, ... */
    private RowsView view(float first) {
        MemorySegment segment = arena.allocate(ROWS * LD * 4L, 64);
        for (int i = 0; i < ROWS * LD; i++) {
            segment.setAtIndex(JAVA_FLOAT, i, first + i);
        }
        return new RowsView(segment, 0, LD * 4L);
    }

    private static float[] numbers(RowsView view) {
        return view.segment().toArray(JAVA_FLOAT);
    }

    private void check() {
        assertArrayEquals(expected, numbers(to));
    }

    @Test
    void aCopyLeavesPaddingsAndOtherRows() {
        RowCopy.copy(from, to, 2, 3);
        System.arraycopy(numbers(from), 0, expected, 0, 3);
        System.arraycopy(numbers(from), LD, expected, LD, 3);
        check();
        RowCopy.copyRows(from, 1, to, 2, 2, 5);
        System.arraycopy(numbers(from), LD, expected, 2 * LD, 5);
        System.arraycopy(numbers(from), 2 * LD, expected, 3 * LD, 5);
        check();
        RowCopy.copy(from, to, 0, 3);
        check();
    }

    @Test
    void aGradientIsWrittenOrAdded() {
        RowCopy.pass(from, to, false, 2, 3);
        System.arraycopy(numbers(from), 0, expected, 0, 3);
        System.arraycopy(numbers(from), LD, expected, LD, 3);
        check();
        RowCopy.pass(from, to, true, 2, 20);
        for (int column = 0; column < LD; column++) {
            expected[column] += numbers(from)[column];
            expected[LD + column] += numbers(from)[LD + column];
        }
        check();
        RowCopy.passRow(from, 3, to, 2, true, 16);
        for (int column = 0; column < 16; column++) {
            expected[2 * LD + column] += numbers(from)[3 * LD + column];
        }
        check();
    }

    @Test
    void aRowIsMultiplied() {
        RowCopy.multiplyRow(from, 1, to, 2, 16);
        for (int column = 0; column < 16; column++) {
            expected[2 * LD + column] *= numbers(from)[LD + column];
        }
        check();
    }

    @Test
    void whatIsClearedIsZeroWithItsPaddings() {
        RowCopy.clear(to, 1, 3);
        Arrays.fill(expected, 0, 16, 0);
        check();
        RowCopy.clearRows(to, 2, 2, 17);
        Arrays.fill(expected, 2 * LD, 4 * LD, 0);
        check();
    }
}
