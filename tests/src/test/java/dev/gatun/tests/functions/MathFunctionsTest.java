package dev.gatun.tests.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// exp, tanh and sigmoid: SIMD and scalar give the same bits, stay within their limits in ulp, are exact where they can be, and
/// never fall; sigmoid below zero by one ulp at most. One float in 256 in every build, every float with -Pthorough.
final class MathFunctionsTest {
    private static final int ONE_IN_256 = 8;

    @ParameterizedTest
    @EnumSource
    void oneFloatIn256(MathFunction function) {
        assertKept(Survey.stratified(function, ONE_IN_256));
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "gatun.thorough", matches = "true")
    void everyFloat(MathFunction function) {
        Survey survey = Survey.stratified(function, 0);
        System.out.println(survey);
        assertKept(survey);
    }

    // Zeros, the smallest and largest floats, infinities; where a result overflows, saturates, turns subnormal or zero
    // (88.7228: exp overflows; 87.3365: e^-x turns subnormal; 103.972: and rounds to zero; 16.6355 and 9.0109: sigmoid and
    // tanh reach 1); where the functions clamp; the first change of reduction at ln(2) / 2 and the half of it.
    @ParameterizedTest
    @CsvSource({"0", "-0", "1.4E-45", "-1.4E-45", "1.17549435E-38", "-1.17549435E-38", "3.4028235E38", "-3.4028235E38",
        "Infinity", "-Infinity", "88.7228", "-88.7228", "-87.3365", "-103.972", "89", "-104", "-105", "16.6355",
        "9.0109", "-9.0109", "10", "-10", "0.34657359", "-0.34657359", "0.1732868", "-0.1732868", "1", "-1"})
    void neighbourhoods(float middle) {
        for (MathFunction function : MathFunction.values())
            assertKept(Survey.around(function, middle));
    }

    @ParameterizedTest
    @CsvSource({
        "EXP, 0, 1", "EXP, -0, 1", "EXP, 88.72283, 3.4027985E38", "EXP, 88.72284, Infinity", "EXP, Infinity, Infinity",
        "EXP, 3.4028235E38, Infinity", "EXP, -103.97208, 1.4E-45", "EXP, -103.97209, 0", "EXP, -Infinity, 0",
        "EXP, -3.4028235E38, 0", "EXP, 1.4E-45, 1", "EXP, NaN, NaN",
        "TANH, 0, 0", "TANH, -0, -0", "TANH, 1.4E-45, 1.4E-45", "TANH, -1.4E-45, -1.4E-45", "TANH, 1E-38, 1E-38",
        "TANH, 8.491053, 0.99999994", "TANH, 8.491054, 1", "TANH, 10, 1", "TANH, -10, -1", "TANH, Infinity, 1",
        "TANH, -Infinity, -1", "TANH, 3.4028235E38, 1",
        "TANH, NaN, NaN",
        "SIGMOID, 0, 0.5", "SIGMOID, -0, 0.5", "SIGMOID, 1.4E-45, 0.5", "SIGMOID, -1.4E-45, 0.5",
        "SIGMOID, 16.63553, 0.9999999",
        "SIGMOID, 16.635532, 1", "SIGMOID, 18, 1", "SIGMOID, Infinity, 1",
        "SIGMOID, 3.4028235E38, 1", "SIGMOID, -103.97208, 1.4E-45", "SIGMOID, -103.97209, 0", "SIGMOID, -Infinity, 0",
        "SIGMOID, -3.4028235E38, 0", "SIGMOID, NaN, NaN"})
    void exactValues(MathFunction function, float x, float expected) {
        assertEquals(expected, function.scalar(x));
    }

    @Test
    void tanhOfASubnormalIsThatNumber() {
        for (int bits = 0; bits <= Float.floatToRawIntBits(Float.MIN_NORMAL); bits++) {
            float x = Float.intBitsToFloat(bits);
            assertEquals(bits, Float.floatToRawIntBits(MathFunction.TANH.scalar(x)));
            assertEquals(Float.floatToRawIntBits(-x), Float.floatToRawIntBits(MathFunction.TANH.scalar(-x)));
        }
    }

    /// One float in 257.
    @Test
    void tanhIsOdd() {
        for (int bits = 0; bits < Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += 257) {
            float x = Float.intBitsToFloat(bits);
            assertEquals(Float.floatToRawIntBits(-MathFunction.TANH.scalar(x)),
                    Float.floatToRawIntBits(MathFunction.TANH.scalar(-x)));
        }
    }

    @Test
    void noResultLeavesItsRange() {
        for (float x = -120; x <= 120; x += 0x1p-10f) {
            float s = MathFunction.SIGMOID.scalar(x);
            float t = MathFunction.TANH.scalar(x);
            assertTrue(s >= 0 && s <= 1, () -> "sigmoid " + s);
            assertTrue(t >= -1 && t <= 1, () -> "tanh " + t);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "-1.4E-45, 0", "-0, -0", "0, 0", "1.4E-45, 1.4E-45", "2, 2", "Infinity, Infinity",
        "-Infinity, 0",
        "NaN, NaN"})
    void reluKeepsNaNAndTheSignOfZero(float x, float expected) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment y = arena.allocate(64, 64);
            for (int twin = 0; twin < 2; twin++) {
                for (int i = 0; i < 16; i++)
                    y.setAtIndex(ValueLayout.JAVA_FLOAT, i, x);
                if (twin == 0)
                    Activations.relu(y, 0, 64, y, 0, 64, 1);
                else
                    ScalarActivations.relu(y, 0, 64, y, 0, 64, 1);
                for (int i = 0; i < 16; i++)
                    assertEquals(expected, y.getAtIndex(ValueLayout.JAVA_FLOAT, i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesItsRowAndNothingBesideIt(MathFunction function) {
        int count = 48;
        float canary = 12345;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(4096, 64);
            for (int i = 0; i < 1024; i++)
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, canary);
            for (int i = 0; i < count; i++)
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, 16 + i, i / 7f - 3);
            function.simd(memory, 64, memory, 1024, count);
            function.simd(memory, 64, memory, 64, count);
            for (int i = 0; i < 1024; i++) {
                int k = i >= 256 ? i - 256 : i - 16;
                float expected = k >= 0 && k < count ? function.scalar(k / 7f - 3) : canary;
                assertEquals(expected, memory.getAtIndex(ValueLayout.JAVA_FLOAT, i), "float " + i);
            }
        }
    }

    @Test
    void heapMemoryIsRefused() {
        MemorySegment heap = MemorySegment.ofArray(new float[16]);
        assertThrows(ClassCastException.class, () -> Activations.tanh(heap, 0, 64, heap, 0, 64, 1));
    }

    private static void assertKept(Survey survey) {
        assertTrue(survey.keepsTheLimits(), survey::toString);
    }
}
