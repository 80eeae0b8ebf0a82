package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.gemm.ChainedProduct;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two products as one chain give the bits of one after the other, wherever rows and strips begin. */
final class ChainedProductTest {

    private static final int DEPTH = 9;
    private static final int K = 21;
    private static final int BEFORE = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 32, 97, 113})
    void anyNumberOfRows(int rows) {
        for (boolean inStrips : new boolean[] {false, true}) {
            for (int strips : new int[] {1, 3, 4, 5, 9}) {
                check(rows, strips, 0, strips, inStrips);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 4", "0, 1", "3, 9", "4, 8", "5, 5"})
    void someOfTheStrips(int first, int end) {
        check(7, 9, first, end, false);
        check(7, 9, first, end, true);
    }

    @ParameterizedTest
    @CsvSource({"3, 9, false", "4, 3, false", "4, 4, true", "100, 5, true"})
    void depthsThatAreTooSmallAreNotChained(int depth, int k, boolean possible) {
        assertEquals(possible, ChainedProduct.isPossible(depth, k));
    }

    /** Rows of everything begin behind others, of each operand behind another number of them. */
    private static void check(int rows, int strips, int first, int end, boolean inStrips) {
        int columns = 16 * strips;
        int all = rows + BEFORE;
        int cRows = (int) (inStrips ? RowsView.stripFloats(all) * strips : (long) all * (columns + 16));
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {Bits.numbers(all * (DEPTH + 2), 1), Bits.numbers(DEPTH * columns, 2),
                Bits.numbers(all * (K + 5), 3), Bits.numbers(K * columns, 4), Bits.numbers(cRows, 5),
                Bits.numbers(columns, 6)};
            Guarded chained = Guarded.of(arena, operands);
            Guarded apart = Guarded.of(arena, operands);
            Products one = new Products(chained, strips, all, inStrips);
            one.second().after(one.first()).rows(1, 2, BEFORE, 0, rows, first, end);
            Products two = new Products(apart, strips, all, inStrips);
            two.first().rows(1, BEFORE, 0, rows, first, end);
            two.second().rows(2, BEFORE, BEFORE, rows, first, end);
            chained.checkSame(apart, rows + " rows, strips " + first + " to " + end + " of " + strips);
        }
    }

    private record Products(Product first, Product second) {

        Products(Guarded memory, int strips, int rows, boolean inStrips) {
            this(memory.segment(), memory, 16 * strips, inStrips
                    ? RowsView.inStrips(memory.segment(), memory.base(4), rows)
                    : new RowsView(memory.segment(), memory.base(4), (16 * strips + 16) * 4L));
        }

        private Products(MemorySegment w, Guarded memory, int columns, RowsView c) {
            this(new Product(new RowsView(w, memory.base(0), (DEPTH + 2) * 4L), w, memory.base(1),
                    new Strips(DEPTH, columns), c, new RowsView(w, memory.base(5), 0)),
                    new Product(new RowsView(w, memory.base(2), (K + 5) * 4L), w, memory.base(3),
                            new Strips(K, columns), c, c));
        }
    }
}
