package dev.gatun.tests.kernels;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.Arena;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a product give the bits of the whole: shares of members, groups of strips from either end. */
final class ProductShareTest {

    private static final int A_ROW = 1;
    private static final int C_ROW = 2;
    private static final int START_ROW = 3;

    /** Rows of A, C and start each begin elsewhere; with fewer than four for each member columns are shared. */
    @ParameterizedTest
    @CsvSource({"1, 2", "7, 2", "8, 2", "9, 2", "13, 3", "11, 3", "33, 4"})
    void membersMakeTheWholeTogether(int rows, int members) {
        check(rows, 21, 5, product -> {
            for (int member = 0; member < members; member++) {
                product.share(A_ROW, C_ROW, START_ROW, rows, member, members);
            }
        });
    }

    /** Rows, which a member reads and writes alone, if each has a tile of them; columns if not. */
    @Test
    void rowsAreSharedIfThereAreEnough() {
        check(8, 21, 5, product -> product.share(A_ROW, C_ROW, START_ROW, 8, 1, 2),
                product -> product.rows(A_ROW + 4, C_ROW + 4, START_ROW + 4, 4));
        check(7, 21, 5, product -> product.share(A_ROW, C_ROW, START_ROW, 7, 1, 2),
                product -> product.rows(A_ROW, C_ROW, START_ROW, 7, 2, 5));
    }

    /** So deep that only a few strips pass at a time, whatever the processor's cache. */
    @ParameterizedTest
    @CsvSource({"1, 37", "3, 37", "3, 38", "6, 5"})
    void stripsFromTheLast(int rows, int strips) {
        check(rows, 2100, strips, product -> {
            product.rows(A_ROW, C_ROW, START_ROW, rows, 2, strips, true);
            product.rows(A_ROW, C_ROW, START_ROW, rows, 0, 2, true);
        });
    }

    private static void check(int rows, int depth, int strips, Consumer<Product> parts) {
        check(rows, depth, strips, parts, product -> product.rows(A_ROW, C_ROW, START_ROW, rows));
    }

    private static void check(int rows, int depth, int strips, Consumer<Product> parts, Consumer<Product> whole) {
        int all = rows + START_ROW;
        int columns = 16 * strips;
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {Bits.numbers(all * depth, 1), Bits.numbers(depth * columns, 2),
                Bits.numbers(all * columns, 3), Bits.numbers(all * columns, 4)};
            Guarded expected = Guarded.of(arena, operands);
            Guarded shared = Guarded.of(arena, operands);
            whole.accept(product(expected, depth, columns));
            parts.accept(product(shared, depth, columns));
            shared.checkSame(expected, rows + " x " + depth + " x " + columns);
        }
    }

    private static Product product(Guarded memory, int depth, int columns) {
        var w = memory.segment();
        return new Product(new RowsView(w, memory.base(0), depth * 4L), w, memory.base(1), new Strips(depth, columns),
                new RowsView(w, memory.base(2), columns * 4L), new RowsView(w, memory.base(3), columns * 4L));
    }
}
