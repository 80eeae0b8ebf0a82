package dev.gatun.tests.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.layers.Input;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.Slicing;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function against Java's own in double precision, and its slopes against differences; between its jumps and kinks. */
final class ElementwiseFunctionsTest {

    private static final double STEP = 1e-6;

    /** Functions of which every slope is 0. */
    private static final Set<Function> STEPS = EnumSet.of(Function.STOP_GRADIENT, Function.SIGN, Function.FLOOR,
            Function.CEIL,
            Function.ROUND, Function.TRUNCATE, Function.ZEROS_LIKE, Function.ONES_LIKE, Function.IS_TRUE,
            Function.LOGICAL_NOT, Function.FLOOR_DIVIDE, Function.EQUAL, Function.NOT_EQUAL, Function.GREATER,
            Function.GREATER_EQUAL, Function.LESS, Function.LESS_EQUAL, Function.LOGICAL_AND, Function.LOGICAL_OR,
            Function.LOGICAL_XOR);

    /** Functions that negative numbers have too. */
    private static final Set<Function> OF_ANY = EnumSet
            .complementOf(EnumSet.of(Function.SQRT, Function.RSQRT, Function.LOG,
                    Function.LOG1P, Function.POWER, Function.ACTIVATION));

    private static final float[][] NUMBERS = {
        {0.3f, 1.7f, 2.2f, 0.9f, -0.4f, -1.6f}, {1.2f, 0.6f, 1.9f, 0.25f, 0.7f, -2.3f},
        {2.1f, 1.4f, 0.35f, 1.1f, -0.9f, -0.2f}};

    private static double value(Function function, double x, double y, double z) {
        return switch (function) {
            case IDENTITY, STOP_GRADIENT, ACTIVATION -> x;
            case NEGATIVE -> -x;
            case ABSOLUTE -> Math.abs(x);
            case SQUARE -> Math.pow(x, 2);
            case SQRT -> Math.pow(x, 0.5);
            case RSQRT -> Math.pow(x, -0.5);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log(1 + x);
            case RECIPROCAL -> Math.pow(x, -1);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case SIGN -> x > 0 ? 1 : -1;
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case TRUNCATE -> (long) x;
            case ZEROS_LIKE -> 0;
            case ONES_LIKE, IS_TRUE -> 1;
            case LOGICAL_NOT, EQUAL, LOGICAL_XOR -> 0;
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case FLOOR_DIVIDE -> Math.floor(x / y);
            case POWER -> Math.exp(y * Math.log(x));
            case MAXIMUM -> x > y ? x : y;
            case MINIMUM -> x > y ? y : x;
            case NOT_EQUAL, LOGICAL_AND, LOGICAL_OR -> 1;
            case GREATER, GREATER_EQUAL -> x > y ? 1 : 0;
            case LESS, LESS_EQUAL -> x > y ? 0 : 1;
            case WHERE -> y;
            case CLIP -> x < y ? Math.min(y, z) : Math.min(x, z);
        };
    }

    @ParameterizedTest
    @EnumSource(value = Function.class, names = "ACTIVATION", mode = EnumSource.Mode.EXCLUDE)
    void aFunctionIsItsFormula(Function function) {
        int count = OF_ANY.contains(function) ? 6 : 4;
        List<Input> inputs = new ArrayList<>();
        List<Tensor> given = new ArrayList<>();
        for (int argument = 0; argument < function.arity(); argument++) {
            inputs.add(Input.shape(count).named("x" + argument));
            given.add(Tensor.of(Arrays.copyOf(NUMBERS[argument], count), 1, count));
        }
        float[] ones = {1, 1, 1, 1, 1, 1};
        try (Model model = Model.of(inputs, List.of(Elementwise.of(function).on(inputs)))) {
            EnginePass pass = EnginePass.of(model, given, List.of(Arrays.copyOf(ones, count)));
            for (int i = 0; i < count; i++) {
                double[] x = {NUMBERS[0][i], NUMBERS[1][i], NUMBERS[2][i]};
                double expected = value(function, x[0], x[1], x[2]);
                assertEquals(expected, pass.outputs().getFirst()[i], 1e-6 * Math.max(1, Math.abs(expected)), "" + i);
                for (int argument = 0; argument < function.arity(); argument++) {
                    double slope = STEPS.contains(function) ? 0 : slope(function, x, argument);
                    assertEquals(slope, pass.inputs().get(argument)[i], 1e-5 * Math.max(1, Math.abs(slope)),
                            "slope " + argument + " at " + i);
                }
            }
        }
    }

    private static double slope(Function function, double[] x, int argument) {
        double[] more = x.clone();
        double[] less = x.clone();
        more[argument] += STEP;
        less[argument] -= STEP;
        return (value(function, more[0], more[1], more[2]) - value(function, less[0], less[1], less[2])) / (2 * STEP);
    }

    /** Where something is 0 or equal, which no random number is. */
    @Test
    void truthAndEdges() {
        assertEquals(List.of(1f, 0f), both(Function.LOGICAL_NOT, 0, 2));
        assertEquals(List.of(0f, 1f), both(Function.IS_TRUE, 0, -2));
        assertEquals(List.of(0f, 1f), both(Elementwise.of(Function.LOGICAL_AND).argument(1, 1), 0, 3));
        assertEquals(List.of(1f, 0f), both(Elementwise.of(Function.LOGICAL_XOR).argument(1, 1), 0, 3));
        assertEquals(List.of(1f, 0f), both(Elementwise.of(Function.EQUAL).argument(1, 2), 2, 3));
        assertEquals(List.of(1f, 1f), both(Elementwise.of(Function.GREATER_EQUAL).argument(1, 2), 2, 3));
        assertEquals(List.of(0f, 1f), both(Elementwise.of(Function.GREATER).argument(1, 2), 2, 3));
        assertEquals(List.of(1f, 0f), both(Elementwise.of(Function.LESS_EQUAL).argument(1, 2), 2, 3));
        assertEquals(List.of(7f, 8f), both(Elementwise.of(Function.WHERE).argument(1, 8).argument(2, 7), 0, -1));
        assertEquals(List.of(2f, 4f), both(Function.ROUND, 2.5f, 3.5f));
        assertEquals(List.of(0f, 0f), both(Function.SIGN, 0, 0));
    }

    private static List<Float> both(Function function, float one, float other) {
        return both(Elementwise.of(function), one, other);
    }

    private static List<Float> both(Elementwise layer, float one, float other) {
        Input x = Input.shape(2);
        try (Model model = Model.of(x, layer.on(x))) {
            float[] y = model.predict(Tensor.of(new float[] {one, other}, 1, 2)).toArray();
            return List.of(y[0], y[1]);
        }
    }

    /** Ids and masks are numbers here; of equal largest ones each gets its part of the gradient. */
    @Test
    void whatIsNoFloatIsRead() {
        Input ids = Input.ints(3).named("ids");
        Input mask = Input.mask(3).named("mask");
        try (Model model = Model.of(List.of(ids, mask), List.of(Elementwise.of(Function.MULTIPLY).on(ids, mask),
                Reduction.of(Reduction.Function.SUM, 1).on(ids), Slicing.of("::-1").on(mask)))) {
            List<Tensor> y = model.predict(
                    List.of(Tensor.ofInts(new int[][] {{4, 5, 6}, {1, 2, 3}}),
                            Tensor.ofInts(new int[][] {{1, 0, 1}, {0, 0, 1}})));
            assertEquals(List.of(4f, 0f, 6f, 0f, 0f, 3f), list(y.get(0)));
            assertEquals(List.of(15f, 6f), list(y.get(1)));
            assertEquals(List.of(1f, 0f, 1f, 1f, 0f, 0f), list(y.get(2)));
        }
        Input x = Input.shape(4);
        try (Model model = Model.of(x, Reduction.of(Reduction.Function.MAX, 1).keepDims(true).on(x))) {
            float[] gradient = EnginePass.of(model, List.of(Tensor.of(new float[] {3, 1, 3, 2}, 1, 4)),
                    List.of(new float[] {1})).inputs().getFirst();
            assertEquals(List.of(0.5f, 0f, 0.5f, 0f), List.of(gradient[0], gradient[1], gradient[2], gradient[3]));
        }
    }

    private static List<Float> list(Tensor tensor) {
        List<Float> list = new ArrayList<>();
        for (float number : tensor.toArray()) {
            list.add(number);
        }
        return list;
    }

    @Test
    void whatDoesNotFitIsSaid() {
        says(() -> Elementwise.of(Function.ADD).argument(2, 1), "add has 2 arguments, got place 2");
        says(() -> Slicing.of("1:2:0"), "the step is not 0", "'1:2:0'");
        says(() -> Slicing.of("a"), "'a'");
        says(() -> Slicing.of(), "at least one axis");
        says(() -> Reduction.of(Reduction.Function.SUM, 0), "samples stay apart");
        says(() -> Reduction.of(Reduction.Function.SUM), "samples stay apart");
    }

    private static void says(Executable call, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }
}
