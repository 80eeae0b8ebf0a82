package dev.gatun.tests.kernels;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.Slopes;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients through tanh, sigmoid and relu against their formulas, bit for bit, with canaries; strides longer than rows. */
final class SlopesTest {

    private static final int X = 48;
    private static final int Y = 32;
    private static final int DY = 16;

    /** A kernel of {@link Slopes}. */
    private interface Kernel {
        void run(Guarded memory, int rows);
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void eachIsItsFormula(int rows) {
        check(ActivationFormula.TANH, rows, (m, count) -> Slopes.tanh(m.segment(), m.base(1), Y * 4L, m.base(2),
                DY * 4L, m.base(0), X * 4L, count));
        check(ActivationFormula.SIGMOID, rows, (m, count) -> Slopes.sigmoid(m.segment(), m.base(1), Y * 4L, m.base(2),
                DY * 4L, m.base(0), X * 4L, count));
        check(ActivationFormula.RELU, rows, (m, count) -> Slopes.relu(m.segment(), m.base(1), Y * 4L, m.base(2),
                DY * 4L, m.base(0), X * 4L, count));
    }

    private static void check(ActivationFormula function, int rows, Kernel kernel) {
        for (boolean any : new boolean[] {false, true}) {
            float[] x = Bits.numbers(rows * X, 1);
            float[] y = any ? Bits.anyNumbers(rows * Y, 2) : Bits.numbers(rows * Y, 2);
            float[] dy = any ? Bits.anyNumbers(rows * DY, 3) : Bits.numbers(rows * DY, 3);
            float[] expected = x.clone();
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < 16; column++) {
                    expected[row * X + column] = dy[row * DY + column]
                            * function.derivative(0, y[row * Y + column]);
                }
            }
            try (Arena arena = Arena.ofShared()) {
                Guarded memory = Guarded.of(arena, x, y, dy);
                Guarded twin = Guarded.of(arena, expected, y, dy);
                kernel.run(memory, rows);
                memory.checkSame(twin, function + ", " + rows + " rows" + (any ? " of any numbers" : ""));
            }
        }
    }
}
