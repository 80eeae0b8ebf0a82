package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.kernels.Guarded;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gates with any activations against the formulas on arrays, bit for bit, with canaries; strides longer than rows. */
final class GenericLstmGatesTest {

    private static final int Z = 80;
    private static final int C = 48;
    private static final int H = 32;
    private static final int UNITS = 16;
    private static final LstmStrides STRIDES = new LstmStrides(UNITS * 4L, Z * 4L, C * 4L, H * 4L, H * 4L, C * 4L, 0);
    private static final ActivationFormula A = ActivationFormula.of("softsign");
    private static final ActivationFormula R = ActivationFormula.of("hard_sigmoid");

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void forwardAndBackward(int rows) {
        for (boolean any : new boolean[] {false, true}) {
            float[] z = numbers(rows * Z, 1, any);
            float[] c = numbers(rows * C, 2, any);
            try (Arena arena = Arena.ofShared()) {
                Guarded g = Guarded.of(arena, z.clone(), new float[rows * Z], c, new float[rows * C],
                        new float[rows * H], numbers(rows * H, 3, any), numbers(rows * C, 4, any));
                GenericLstmGates.forward(new CellFunctions(A, R), g.segment(), STRIDES, g.base(0), g.base(1),
                        g.base(2), g.base(3), g.base(4), rows);
                String what = rows + " rows" + (any ? " of any numbers" : "");
                g.checkCanaries(what);
                Expected expected = new Expected(rows, z.clone(), new float[rows * Z], c, new float[rows * C],
                        new float[rows * H], g.values(5), g.values(6));
                expected.forward();
                expected.same(g, what);
                GenericLstmGates.backward(new CellFunctions(A, R), g.segment(), STRIDES, g.base(0), g.base(1),
                        g.base(2), g.base(3), g.base(5), g.base(6), rows);
                g.checkCanaries(what);
                expected.backward();
                expected.same(g, what + ", backward");
            }
        }
    }

    /** The functions' SIMD kernels, one after the other. */
    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void kernelsGiveTheSame(int rows) {
        for (boolean any : new boolean[] {false, true}) {
            for (CellFunctions functions : List.of(new CellFunctions(A, R),
                    new CellFunctions(ActivationFormula.RELU, R, ActivationFormula.LINEAR))) {
                float[][] operands = {numbers(rows * Z, 1, any), new float[rows * Z], numbers(rows * C, 2, any),
                    new float[rows * C], new float[rows * H]};
                try (Arena arena = Arena.ofShared()) {
                    Guarded kernels = Guarded.of(arena, operands);
                    Guarded twin = Guarded.of(arena, operands);
                    KernelLstmGates.forward(functions, kernels.segment(), STRIDES, kernels.base(0), kernels.base(1),
                            kernels.base(2), kernels.base(3), kernels.base(4), rows);
                    GenericLstmGates.forward(functions, twin.segment(), STRIDES, twin.base(0), twin.base(1),
                            twin.base(2), twin.base(3), twin.base(4), rows);
                    kernels.checkSame(twin, functions + ", " + rows + " rows" + (any ? " of any numbers" : ""));
                }
            }
        }
    }

    private static float[] numbers(int count, long seed, boolean any) {
        return any ? Bits.anyNumbers(count, seed) : Bits.numbers(count, seed);
    }

    private record Expected(int rows, float[] z, float[] pre, float[] c, float[] next, float[] h, float[] dh,
            float[] dc) {

        void same(Guarded g, String what) {
            float[][] operands = {z, pre, c, next, h, dh, dc};
            for (int i = 0; i < operands.length; i++) {
                Bits.same(g.values(i), operands[i], what + ", operand " + i);
            }
        }

        void forward() {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(z, row * Z, pre, row * Z, 4 * UNITS);
                for (int unit = 0; unit < UNITS; unit++) {
                    int at = row * Z + unit;
                    float input = R.value(pre[at]);
                    float forget = R.value(pre[at + UNITS]);
                    float candidate = A.value(pre[at + 2 * UNITS]);
                    float output = R.value(pre[at + 3 * UNITS]);
                    float state = Math.fma(forget, c[row * C + unit], input * candidate);
                    z[at] = input;
                    z[at + UNITS] = forget;
                    z[at + 2 * UNITS] = candidate;
                    z[at + 3 * UNITS] = output;
                    next[row * C + unit] = state;
                    h[row * H + unit] = output * A.value(state);
                }
            }
        }

        void backward() {
            for (int row = 0; row < rows; row++) {
                for (int unit = 0; unit < UNITS; unit++) {
                    int at = row * Z + unit;
                    int cAt = row * C + unit;
                    float input = z[at];
                    float forget = z[at + UNITS];
                    float candidate = z[at + 2 * UNITS];
                    float output = z[at + 3 * UNITS];
                    float up = dh[row * H + unit];
                    float y = A.value(next[cAt]);
                    float d = Math.fma(up * output, A.derivative(next[cAt], y), dc[cAt]);
                    z[at] = d * candidate * R.derivative(pre[at], input);
                    z[at + UNITS] = d * c[cAt] * R.derivative(pre[at + UNITS], forget);
                    z[at + 2 * UNITS] = d * input * A.derivative(pre[at + 2 * UNITS], candidate);
                    z[at + 3 * UNITS] = up * y * R.derivative(pre[at + 3 * UNITS], output);
                    dc[cAt] = d * forget;
                }
            }
        }
    }
}
