package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.ColumnSums;
import dev.gatun.engine.kernel.Elementwise;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import dev.gatun.engine.kernel.scalar.ScalarColumnSums;
import dev.gatun.engine.kernel.scalar.ScalarElementwise;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels over runs of floats against their scalar twins, bit for bit. */
final class RunKernelTest {

    /** A kernel {@code y = f(x)} or {@code y = f(x, y)}. */
    private interface Kernel {
        void run(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count);
    }

    /** A kernel over columns of 16 floats, {@code xRow} and {@code yRow} bytes from row to row. */
    private interface ColumnKernel {
        void run(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow, int rows);

        /** Over a run: rows without a gap. */
        default Kernel overRun() {
            return (x, xBytes, y, yBytes, count) -> run(x, xBytes, 64, y, yBytes, 64, count / 16);
        }
    }

    private record Twins(String name, Kernel simd, Kernel scalar) {
        static Twins columns(String name, ColumnKernel simd, ColumnKernel scalar) {
            return new Twins(name, simd.overRun(), scalar.overRun());
        }
    }

    private static final List<Twins> KERNELS = List.of(
            Twins.columns("exp", Activations::exp, ScalarActivations::exp),
            Twins.columns("tanh", Activations::tanh, ScalarActivations::tanh),
            Twins.columns("sigmoid", Activations::sigmoid, ScalarActivations::sigmoid),
            Twins.columns("relu", Activations::relu, ScalarActivations::relu),
            new Twins("add", Elementwise::add, ScalarElementwise::add),
            new Twins("multiply", Elementwise::multiply, ScalarElementwise::multiply),
            new Twins("max", Elementwise::max, ScalarElementwise::max));

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#runs")
    void runsOfAnyNumbers(int count) {
        KERNELS.forEach(twins -> check(twins, Bits.anyNumbers(count, 1), Bits.anyNumbers(count, 2), false));
        KERNELS.forEach(twins -> check(twins, Bits.numbers(count, 3), Bits.numbers(count, 4), true));
    }

    /** A float of every sign, exponent and first 12 bits of fraction, the rest of the fraction at random. */
    @Test
    void floatsOfEverySize() {
        float[] chunk = new float[1 << 16];
        java.util.Random random = new java.util.Random(1);
        for (int begin = 0; begin < 1 << 21; begin += chunk.length) {
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = Float.intBitsToFloat((begin + i) << 11 | random.nextInt(1 << 11));
            }
            for (Twins twins : KERNELS.subList(0, 4)) {
                check(twins, chunk, new float[chunk.length], false);
            }
        }
    }

    private static void check(Twins twins, float[] x, float[] y, boolean inPlace) {
        try (Arena arena = Arena.ofShared()) {
            Guarded simd = Guarded.of(arena, x, y);
            Guarded scalar = Guarded.of(arena, x, y);
            int to = inPlace ? 0 : 1;
            twins.simd.run(simd.segment(), simd.base(0), simd.segment(), simd.base(to), x.length);
            twins.scalar.run(scalar.segment(), scalar.base(0), scalar.segment(), scalar.base(to), x.length);
            simd.checkSame(scalar, twins.name + " of " + x.length);
        }
    }

    @Test
    void noRun() {
        KERNELS.forEach(twins -> check(twins, new float[0], new float[0], false));
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void columnSums(int rows) {
        for (int columns : new int[] {16, 32, 48, 64, 80, 128, 144, 272}) {
            int stride = columns + 16;
            float[] x = rows == 3 ? Bits.anyNumbers(rows * stride, 1) : Bits.numbers(rows * stride, 1);
            float[] y = Bits.numbers(columns, 2);
            float[] expected = y.clone();
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    expected[column] += x[row * stride + column];
                }
            }
            try (Arena arena = Arena.ofShared()) {
                Guarded simd = Guarded.of(arena, x, y);
                Guarded scalar = Guarded.of(arena, x, y);
                ColumnSums.add(simd.segment(), simd.base(0), stride * 4L, 64, simd.segment(), simd.base(1), 64, rows,
                        columns / 16);
                ScalarColumnSums.add(scalar.segment(), scalar.base(0), stride * 4L, 64, scalar.segment(),
                        scalar.base(1), 64, rows, columns / 16);
                simd.checkSame(scalar, rows + " x " + columns);
                Bits.same(simd.values(1), expected, rows + " x " + columns + " by hand");
            }
        }
    }
}
