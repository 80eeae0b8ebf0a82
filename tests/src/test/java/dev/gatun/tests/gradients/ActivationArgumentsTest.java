package dev.gatun.tests.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKind;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.onnx.OnnxEvaluator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Activation functions with other arguments than Keras's defaults: value, slope, configuration, ONNX, Keras's forms. */
final class ActivationArgumentsTest {

    private record Case(ActivationFunction function, DoubleUnaryOperator formula, double... kinks) {
        @Override
        public String toString() {
            return function.toString();
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(ActivationFunction.leakyRelu(0.07), x -> x < 0 ? 0.07 * x : x, 0),
                new Case(ActivationFunction.relu(0.3, 2.5, 0.5), x -> x <= 0.5 ? 0.3 * (x - 0.5) : Math.min(x, 2.5),
                        0.5,
                        2.5),
                new Case(ActivationFunction.relu(0, 2, 0), x -> Math.min(Math.max(x, 0), 2), 0, 2),
                new Case(ActivationFunction.elu(0.4), x -> x < 0 ? 0.4 * Math.expm1(x) : x, 0),
                new Case(ActivationFunction.celu(2.5), x -> x < 0 ? 2.5 * Math.expm1(x / 2.5) : x),
                new Case(ActivationFunction.hardShrink(1.25), x -> Math.abs(x) <= 1.25 ? 0 : x, -1.25, 1.25),
                new Case(ActivationFunction.softShrink(1.25),
                        x -> Math.abs(x) <= 1.25 ? 0 : x - Math.copySign(1.25, x), -1.25, 1.25),
                new Case(ActivationFunction.threshold(-1, 3), x -> x <= -1 ? 3 : x, -1),
                new Case(ActivationFunction.squareplus(0.3), x -> (x + Math.sqrt(x * x + 0.3)) / 2),
                new Case(ActivationFunction.approximateGelu(), x -> x / 2
                        * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))));
    }

    private static ActivationFormula formula(ActivationFunction function) {
        return ActivationFormula.of(function.keyword(), function.arguments());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueAndSlope(Case one) {
        ActivationFormula formula = formula(one.function());
        for (double x = -8; x <= 8; x += 0.0137) {
            float at = (float) x;
            if (nearKink(one, at)) {
                continue;
            }
            float y = formula.value(at);
            assertEquals(one.formula().applyAsDouble(at), y, 1e-6 * Math.max(1, Math.abs(y)), one + "(" + at + ")");
            double slope = (one.formula().applyAsDouble(at + 1e-6) - one.formula().applyAsDouble(at - 1e-6)) / 2e-6;
            float given = formula.derivative(formula.derivativeNeedsInput() ? at : Float.NaN, y);
            assertEquals(slope, given, 1e-5, one + "'(" + at + ")");
        }
        assertEquals(Float.NaN, formula.value(Float.NaN));
    }

    private static boolean nearKink(Case one, float at) {
        for (double kink : one.kinks()) {
            if (Math.abs(kink - at) < 1e-4) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theConfigurationMakesItAgain(Case one) {
        Dense layer = Dense.units(2).activation(one.function());
        Layer again = Dense.units(2).activation(new OptionReader("x", layer.config()).activation("activation"));
        assertEquals(layer, again);
        assertEquals(one.function(), ((Dense) again).activation());
        assertEquals(formula(one.function()), formula(((Dense) again).activation()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsOnnxNodesComputeTheSame(Case one) {
        try (Model model = Sequential.of(Input.shape(40), Activation.of(one.function()))) {
            Tensor x = Tensor.of(EnginePass.uniform(200, 6, 5), 5, 40);
            OnnxGraph graph = OnnxExport.of(model.graph(), name -> model.weight(name).get());
            double[] expected = OnnxEvaluator.run(graph, List.of(x)).getFirst();
            float[] got = model.predict(x).toArray();
            for (int i = 0; i < got.length; i++) {
                assertEquals(expected[i], got[i], 1e-5, one + " at " + i);
            }
        }
    }

    /** Keras writes what has arguments as a layer. */
    @Test
    void layersOfKerasThatAreFunctions() {
        assertEquals(ActivationFunction.leakyRelu(0.1),
                ofKeras("LeakyReLU", "{\"negative_slope\": 0.1, \"name\": \"l\"}"));
        assertEquals(ActivationFunction.leakyRelu(0.3), ofKeras("LeakyReLU", "{\"alpha\": 0.3}"));
        assertEquals(ActivationFunction.relu(0.5, 3, 1),
                ofKeras("ReLU", "{\"negative_slope\": 0.5, \"max_value\": 3.0, \"threshold\": 1.0}"));
        assertEquals(ActivationFunction.RELU, ofKeras("ReLU",
                "{\"negative_slope\": 0.0, \"max_value\": null, \"threshold\": 0.0}"));
        assertEquals(ActivationFunction.elu(2), ofKeras("ELU", "{\"alpha\": 2.0}"));
        assertEquals(ActivationFunction.SOFTMAX, ofKeras("Softmax", "{\"axis\": -1}"));
        for (String refused : List.of("PReLU", "Softmax")) {
            String said = assertThrows(IllegalArgumentException.class, () -> ofKeras(refused, "{\"axis\": 1}"))
                    .getMessage();
            assertTrue(said.contains("'out' (Dense)") && said.contains("activation"), said);
        }
    }

    private static ActivationFunction ofKeras(String kind, String config) {
        String json = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"InputLayer\","
                + "\"config\": {\"batch_shape\": [null, 3], \"name\": \"in\"}}, {\"class_name\": \"Dense\", \"config\":"
                + "{\"name\": \"out\", \"units\": 1, \"activation\": {\"module\": \"keras.layers\", \"class_name\": \""
                + kind
                + "\", \"config\": " + config + "}}}]}}";
        return ((Dense) KerasConfig.nodes(json, 3, layer -> layer).layers().get("out")).activation();
    }

    @Test
    void whatMakesNoFunctionIsRefused() {
        for (String wrong : List.of("elu alpha 0", "celu alpha -1", "leaky_relu negative_slope -0.1",
                "relu max_value -1",
                "hard_shrink threshold -1", "squareplus b -1", "gelu approximate 2", "elu beta 1", "tanh x 1",
                "threshold threshold 1", "softplus b 2")) {
            String[] words = wrong.split(" ");
            String said = assertThrows(IllegalArgumentException.class,
                    () -> ActivationFunction.of(words[0], Map.of(words[1], Double.valueOf(words[2]))), wrong)
                    .getMessage();
            assertTrue(said.contains("'" + words[0] + "'"), said);
        }
        assertThrows(IllegalArgumentException.class, () -> ActivationFunction.of("threshold"));
        assertThrows(IllegalArgumentException.class, () -> ActivationFunction.elu(Double.NaN));
        assertSame(ActivationFormula.RELU, ActivationFormula.of(ActivationKind.RELU, 0, Float.POSITIVE_INFINITY, 0));
    }
}
