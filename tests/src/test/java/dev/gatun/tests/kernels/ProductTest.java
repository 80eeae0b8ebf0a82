package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code C = start + A B} against one chain of fma per element over plain matrices, bit for bit. */
final class ProductTest {

    /** Where the chains begin. */
    enum Start {
        C, BIAS, ZEROS
    }

    private static final int[] DEPTHS = {0, 1, 2, 17, 64, 300, 1023, 1024, 1025};
    private static final int[] COLUMNS = {16, 48, 64, 80, 128, 160};
    private static final int PAD = 16;

    @ParameterizedTest
    @EnumSource
    void everySizeAroundTheTilesAndTheDepthBorder(Start start) {
        for (int depth : DEPTHS) {
            for (int columns : COLUMNS) {
                Operands all = new Operands(13, depth, columns, start, false);
                for (int rows = 1; rows <= 13; rows++) {
                    all.first(rows).check();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersThatAreNotFiniteFallIntoTheSamePlaces(Start start) {
        new Operands(7, 19, 80, start, true).check();
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void rowsAndDepthsAroundLanesAndTiles(int depth) {
        Operands all = new Operands(97, depth, 80, Start.BIAS, false);
        Sizes.any().forEach(rows -> all.first(rows).check());
    }

    /** More rows than pass at once, and more strips than one group has, at every depth and L2. */
    @ParameterizedTest
    @ValueSource(ints = {3, 257, 1030})
    void rowsAndStripsPastTheirGroups(int depth) {
        for (int rows : new int[] {95, 96, 97, 111, 112, 113, 129}) {
            new Operands(rows, depth, 592, Start.BIAS, false).check();
        }
    }

    /** A split over rows and strips, as a team makes it, shows nowhere. */
    @Test
    void anySplitGivesTheSameBits() {
        Operands operands = new Operands(13, 300, 144, Start.BIAS, false);
        for (int row = 0; row <= 13; row += 3) {
            for (int strip = 0; strip <= 9; strip++) {
                operands.check(row, strip);
            }
        }
    }

    @Test
    void rowsOneByOneFromEitherEndGiveTheSameBits() {
        for (int columns : new int[] {16, 64, 144, 592}) {
            new Operands(3, 300, columns, Start.C, false).checkRowByRow(false);
            new Operands(3, 300, columns, Start.C, false).checkRowByRow(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resultsInStripsAreTheSameBits(Start start) {
        for (int columns : COLUMNS) {
            new Operands(13, 70, columns, start, false).checkInStrips();
        }
    }

    @Test
    void rowsOfTheLeftSideInStripsAreRefused() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment w = arena.allocate(1 << 16);
            RowsView whole = new RowsView(w, 0, 256);
            RowsView inStrips = RowsView.inStrips(w, 0, 4);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Product(inStrips, w, 0, new Strips(64, 64), whole, whole));
        }
    }

    private record Operands(int rows, int depth, int columns, Start start, float[] a, float[] b, float[] from,
            float[] expected) {

        Operands(int rows, int depth, int columns, Start start, boolean any) {
            this(rows, depth, columns, start, fill(rows * (depth + 3), 1, any), fill(depth * columns, 2, any),
                    fill(start == Start.C ? rows * (columns + PAD) : columns, 3, any), null);
        }

        private Operands {
            if (start == Start.ZEROS) {
                Arrays.fill(from, 0f);
            }
            expected = expected == null ? chains(rows, depth, columns, start, a, b, from) : expected;
        }

        private static float[] fill(int count, long seed, boolean any) {
            return any ? Bits.anyNumbers(count, seed) : Bits.numbers(count, seed);
        }

        private static float[] chains(int rows, int depth, int columns, Start start, float[] a, float[] b,
                float[] from) {
            float[] c = start == Start.C ? from.clone() : new float[rows * (columns + PAD)];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    float sum = from[start == Start.C ? row * (columns + PAD) + column : column];
                    for (int k = 0; k < depth; k++) {
                        sum = Math.fma(a[row * (depth + 3) + k], b[k * columns + column], sum);
                    }
                    c[row * (columns + PAD) + column] = sum;
                }
            }
            return c;
        }

        Operands first(int count) {
            int stride = columns + PAD;
            return new Operands(count, depth, columns, start, Arrays.copyOf(a, count * (depth + 3)), b,
                    start == Start.C ? Arrays.copyOf(from, count * stride) : from,
                    Arrays.copyOf(expected, count * stride));
        }

        void check() {
            check(rows, 0);
        }

        /** Rows before {@code row} in one piece; the others in two, split at a strip. */
        void check(int row, int strip) {
            check(product -> {
                product.rows(0, 0, 0, row);
                product.rows(row, row, row, rows - row, 0, strip);
                product.rows(row, row, row, rows - row, strip, product.strips());
            });
        }

        /** Row by row, in two pieces, strips from either end. */
        void checkRowByRow(boolean fromLast) {
            check(product -> {
                for (int row = 0; row < rows; row++) {
                    product.rows(row, row, row, 1, product.strips() / 2, product.strips(), fromLast);
                    product.rows(row, row, row, 1, 0, product.strips() / 2, fromLast);
                }
            });
        }

        private void check(Consumer<Product> run) {
            try (Arena arena = Arena.ofShared()) {
                WeightLayout layout = WeightLayout.plain(depth, columns);
                float[] c = start == Start.C ? from : new float[rows * (columns + PAD)];
                Guarded memory = Guarded.of(arena, a, packed(layout), c, from);
                MemorySegment w = memory.segment();
                RowsView target = new RowsView(w, memory.base(2), (columns + PAD) * 4L);
                RowsView begin = start == Start.C ? target : new RowsView(w, memory.base(3), 0);
                Product product = new Product(new RowsView(w, memory.base(0), (depth + 3) * 4L), w, memory.base(1),
                        layout.strips(), target, begin);
                run.accept(product);
                String what = rows + " x " + depth + " x " + columns + " from " + start;
                memory.checkCanaries(what);
                Bits.same(memory.values(2), expected, what);
            }
        }

        /** C and, where the chains begin there, start in strips. */
        void checkInStrips() {
            try (Arena arena = Arena.ofShared()) {
                WeightLayout layout = WeightLayout.plain(depth, columns);
                StripRows inStrips = new StripRows(rows, columns);
                float[] placed = new float[inStrips.length()];
                if (start == Start.C) {
                    inStrips.place(from, columns + PAD, placed);
                }
                Guarded memory = Guarded.of(arena, a, packed(layout), placed, from);
                MemorySegment w = memory.segment();
                RowsView target = RowsView.inStrips(w, memory.base(2), rows);
                RowsView begin = start == Start.C ? target : new RowsView(w, memory.base(3), 0);
                new Product(new RowsView(w, memory.base(0), (depth + 3) * 4L), w, memory.base(1), layout.strips(),
                        target,
                        begin).rows(0, 0, 0, rows);
                inStrips.place(expected, columns + PAD, placed);
                memory.checkCanaries("strips");
                Bits.same(memory.values(2), placed, rows + " x " + depth + " x " + columns + " in strips");
            }
        }

        private float[] packed(WeightLayout layout) {
            float[] packed = new float[(int) layout.strips().elements()];
            Strips strips = layout.strips();
            for (int k = 0; k < depth; k++) {
                for (int column = 0; column < columns; column++) {
                    packed[(int) strips.index(k, column)] = b[k * columns + column];
                }
            }
            if (depth > 0) {
                try (Arena arena = Arena.ofShared()) {
                    Guarded other = Guarded.of(arena, new float[packed.length]);
                    layout.pack(Tensor.of(b, depth, columns), other.segment(), other.base(0));
                    other.checkCanaries("pack");
                    Bits.same(other.values(0), packed, "pack");
                }
            }
            return packed;
        }
    }
}
