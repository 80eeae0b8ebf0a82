package dev.gatun.engine.cell;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.kernels.Guarded;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gates of an LSTM whose cell state no limit reaches against those of an ordinary one, bit for bit, with canaries; strides longer
 * than rows.
 */
final class VariantLstmGatesTest {

    private static final int Z = 80;
    private static final int C = 48;
    private static final int H = 32;
    private static final int UNITS = 16;
    private static final LstmStrides STRIDES = new LstmStrides(UNITS * 4L, Z * 4L, C * 4L, H * 4L, H * 4L, C * 4L,
            H * 4L);
    private static final CellFunctions FUNCTIONS = new CellFunctions(ActivationFormula.of("softsign"),
            ActivationFormula.of("hard_sigmoid"), ActivationFormula.TANH);

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void withoutEffectTheyAreTheOrdinaryOnes(int rows) {
        try (Arena arena = Arena.ofShared()) {
            Guarded expected = operands(arena, rows);
            Guarded got = operands(arena, rows);
            GenericLstmGates.forward(FUNCTIONS, expected.segment(), STRIDES, expected.base(0), expected.base(1),
                    expected.base(2), expected.base(3), expected.base(4), rows);
            VariantLstmGates gates = gates(got, new LstmVariant(false, false, 1e30f));
            gates.forward(got.segment(), 0, got.base(0), got.base(2), got.base(3), got.base(4), rows);
            same(expected, got, rows + " rows");
            GenericLstmGates.backward(FUNCTIONS, expected.segment(), STRIDES, expected.base(0), expected.base(1),
                    expected.base(2), expected.base(3), expected.base(5), expected.base(6), rows);
            gates.backward(got.segment(), 0, got.base(0), got.base(2), got.base(3), got.base(5), got.base(6),
                    got.base(7), rows);
            same(expected, got, rows + " rows, backward");
        }
    }

    private static VariantLstmGates gates(Guarded g, LstmVariant variant) {
        RecurrentWeights weights = new RecurrentWeights(g.segment(), 0, 0, 0);
        return new VariantLstmGates(FUNCTIONS, variant, Peepholes.of(variant, weights), STRIDES, 0,
                g.base(1) - g.base(0));
    }

    private static Guarded operands(Arena arena, int rows) {
        return Guarded.of(arena, Bits.numbers(rows * Z, 1), new float[rows * Z], Bits.numbers(rows * C, 2),
                new float[rows * C], new float[rows * H], Bits.numbers(rows * H, 3), Bits.numbers(rows * C, 4),
                new float[rows * H]);
    }

    private static void same(Guarded expected, Guarded got, String what) {
        got.checkCanaries(what);
        for (int i = 0; i < 7; i++) {
            Bits.same(got.values(i), expected.values(i), what + ", operand " + i);
        }
    }

    @Test
    void aLimitIsAboveZero() {
        assertThrows(IllegalArgumentException.class, () -> new LstmVariant(false, false, -1));
        assertThrows(IllegalArgumentException.class, () -> new LstmVariant(false, false, Float.NaN));
        assertThrows(IllegalArgumentException.class,
                () -> new VariantLstmCell(FUNCTIONS, new LstmVariant(false, true, 0), 1));
        assertThrows(IllegalArgumentException.class, () -> ActivationFormula.TANH.clipped(0));
        assertThrows(IllegalArgumentException.class, () -> new LayerNormLstmCell(FUNCTIONS, 0, 0));
    }
}
