package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.GruGates;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.kernels.Guarded;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SIMD gates of a GRU against the path of any functions, bit for bit, with canaries; strides longer than rows. */
final class GruGatesTest {

    private static final int Z = 48;
    private static final int H = 32;
    private static final int D = 64;
    private static final int GATES = 0;
    private static final int CANDIDATE = 1;
    private static final int RECURRENT = 2;
    private static final int BEFORE = 3;
    private static final int AFTER = 4;
    private static final int GRADIENT = 5;
    private static final int READ = 6;
    private static final int READ_GRADIENT = 7;

    /** Both gates of a row side by side, and each gate's rows for themselves. */
    private static List<GruStrides> layouts(int rows) {
        return List.of(
                new GruStrides(64, Z * 4L, Z * 4L, H * 4L, D * 4L),
                new GruStrides(rows * 64L, 64, Z * 4L, H * 4L, D * 4L));
    }

    /** The same memory for kernel and twin. */
    private record Pair(GruStrides strides, Guarded simd, Guarded twin, GenericGruGates generic, String what) {
        static Pair of(Arena arena, GruStrides strides, int rows, boolean any) {
            float[][] operands = {numbers(rows * Z, 1, any), numbers(rows * Z, 2, any), numbers(rows * Z, 3, any),
                numbers(rows * H, 4, any), new float[rows * H], numbers(rows * D, 5, any), new float[rows * H],
                numbers(rows * D, 6, any)};
            return new Pair(strides, Guarded.of(arena, operands), Guarded.of(arena, operands),
                    new GenericGruGates(CellFunctions.STANDARD, strides, 0),
                    rows + " rows" + (any ? " of any numbers" : ""));
        }

        long at(int operand) {
            return simd.base(operand);
        }

        void same(String step) {
            simd.checkSame(twin, what + ", " + step);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void resetAfterTheProduct(int rows) {
        for (GruStrides strides : layouts(rows)) {
            for (boolean any : new boolean[] {false, true}) {
                try (Arena arena = Arena.ofShared()) {
                    Pair p = Pair.of(arena, strides, rows, any);
                    GruGates.forward(p.simd.segment(), strides, p.at(GATES), p.at(CANDIDATE), p.at(RECURRENT),
                            p.at(BEFORE), p.at(AFTER), rows);
                    p.generic.forward(p.twin.segment(), p.at(GATES), p.at(CANDIDATE), p.at(RECURRENT), p.at(BEFORE),
                            p.at(AFTER), rows);
                    p.same("forward");
                    GruGates.backward(p.simd.segment(), strides, p.at(GATES), p.at(CANDIDATE), p.at(RECURRENT),
                            p.at(BEFORE), p.at(GRADIENT), rows);
                    p.generic.backward(p.twin.segment(), p.at(GATES), p.at(CANDIDATE), p.at(RECURRENT), p.at(BEFORE),
                            p.at(GRADIENT), rows);
                    p.same("backward");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void resetBeforeTheProduct(int rows) {
        for (GruStrides strides : layouts(rows)) {
            for (boolean any : new boolean[] {false, true}) {
                try (Arena arena = Arena.ofShared()) {
                    Pair p = Pair.of(arena, strides, rows, any);
                    GruGates.forwardReset(p.simd.segment(), strides, p.at(GATES), p.at(BEFORE), p.at(READ), rows);
                    p.generic.forwardReset(p.twin.segment(), p.at(GATES), p.at(BEFORE), p.at(READ), rows);
                    p.same("reset");
                    GruGates.state(p.simd.segment(), strides, p.at(GATES), p.at(CANDIDATE), p.at(BEFORE), p.at(AFTER),
                            rows);
                    p.generic.state(p.twin.segment(), p.at(GATES), p.at(CANDIDATE), p.at(BEFORE), p.at(AFTER), rows);
                    p.same("state");
                    GruGates.backwardState(p.simd.segment(), strides, p.at(GATES), p.at(CANDIDATE), p.at(BEFORE),
                            p.at(GRADIENT), rows);
                    p.generic.backwardState(p.twin.segment(), p.at(GATES), p.at(CANDIDATE), p.at(BEFORE),
                            p.at(GRADIENT), rows);
                    p.same("state backward");
                    GruGates.backwardReset(p.simd.segment(), strides, p.at(GATES), p.at(BEFORE), p.at(READ_GRADIENT),
                            p.at(GRADIENT), rows);
                    p.generic.backwardReset(p.twin.segment(), p.at(GATES), p.at(BEFORE), p.at(READ_GRADIENT),
                            p.at(GRADIENT), rows);
                    p.same("reset backward");
                }
            }
        }
    }

    /** Functions with kernels of their own, one after the other. */
    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void kernelsOfOtherFunctions(int rows) {
        CellFunctions functions = new CellFunctions(ActivationFormula.of("softsign"),
                ActivationFormula.of("hard_sigmoid"));
        for (GruStrides strides : layouts(rows)) {
            KernelGruGates kernels = new KernelGruGates(functions, strides, 0);
            GenericGruGates twin = new GenericGruGates(functions, strides, 0);
            for (boolean any : new boolean[] {false, true}) {
                try (Arena arena = Arena.ofShared()) {
                    Pair p = Pair.of(arena, strides, rows, any);
                    kernels.forwardReset(p.simd.segment(), p.at(GATES), p.at(BEFORE), p.at(READ), rows);
                    twin.forwardReset(p.twin.segment(), p.at(GATES), p.at(BEFORE), p.at(READ), rows);
                    p.same("reset");
                    kernels.forward(p.simd.segment(), p.at(GATES), p.at(CANDIDATE), p.at(RECURRENT), p.at(BEFORE),
                            p.at(AFTER), rows);
                    twin.forward(p.twin.segment(), p.at(GATES), p.at(CANDIDATE), p.at(RECURRENT), p.at(BEFORE),
                            p.at(AFTER), rows);
                    p.same("forward");
                }
            }
        }
    }

    private static float[] numbers(int count, long seed, boolean any) {
        return any ? Bits.anyNumbers(count, seed) : Bits.numbers(count, seed);
    }
}
