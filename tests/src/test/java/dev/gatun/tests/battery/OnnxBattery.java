package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.GatedLayer;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.AttentionLayer;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.onnx.OnnxEvaluator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer written as ONNX nodes, which run in double precision. */
abstract class OnnxBattery extends MaskBattery {

    private static final double OUTPUTS = 1e-5;

    /** Functions that ONNX's recurrent operators do not have. */
    private static final Set<String> UNKNOWN = Set.of("selu", "gelu", "silu", "relu6", "exponential", "celu",
            "hard_tanh",
            "hard_silu", "hard_shrink", "soft_shrink", "tanh_shrink", "threshold", "log_sigmoid", "sparse_plus",
            "squareplus",
            "mish", "softmax", "log_softmax", "sparsemax");

    private static boolean isRefused(Instance instance) {
        Map<String, Object> config = instance.layer().config();
        if (config.containsKey("output_size")) {
            return true; // windows of several sizes
        }
        return config.containsKey("return_sequences")
                ? config.containsKey("cell_clip") || config.containsKey("layer_norm")
                        || config.containsKey("projection") || UNKNOWN.contains(word(config.get("activation")))
                        || UNKNOWN.contains(word(config.get("recurrent_activation")))
                : "sparsemax".equals(word(config.get("activation")));
    }

    /** Of a cell that is not Keras's there is no operator. */
    private static boolean isOwnCell(Object cell) {
        return cell instanceof Map<?, ?> map && (!KerasClass.isKerass(String.valueOf(map.get("class_name")))
                || map.get("config") instanceof Map<?, ?> config && config.get("cells") instanceof List<?> cells
                        && cells.stream().anyMatch(OnnxBattery::isOwnCell));
    }

    /** Of what ONNX has no operator, or Gatun no nodes; tables of whole numbers have none that every runtime has. */
    private static boolean isUnwritten(Instance instance) {
        return instance.layer() instanceof AttentionLayer<?> || instance.layer() instanceof HeadedAttention<?>
                || instance.layer() instanceof IntegerLookup
                || instance.layer() instanceof Softmax softmax && softmax.axes().size() > 1;
    }

    private static String word(Object activation) {
        return String.valueOf(activation instanceof Map<?, ?> map ? map.get("class_name") : activation);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void itsOnnxNodesComputeTheSame(Instance instance) {
        try (Model fixed = model(instance); Model anyTime = model(instance, true)) {
            for (Model model : List.of(fixed, anyTime)) {
                if (isOwnCell(instance.layer().config().get("cell")) || isUnwritten(instance)) {
                    String said = assertThrows(IllegalArgumentException.class, () -> onnx(model)).getMessage();
                    assertTrue(said.contains("'" + NAME) && said.contains("cannot be written as ONNX"), said);
                    continue;
                }
                if (isRefused(instance)) {
                    String said = assertThrows(IllegalArgumentException.class, () -> onnx(model)).getMessage();
                    assertTrue(
                            said.contains(QUOTED) && (said.contains("activation") || said.contains("does not say how")
                                    || said.contains("cell_clip")
                                    || said.contains("layer_norm") || said.contains("projection")),
                            said);
                    continue;
                }
                OnnxGraph graph = onnx(model);
                for (int batch : new int[] {1, 3}) {
                    check(graph, model, inputs(instance, batch));
                }
            }
        }
    }

    private static OnnxGraph onnx(Model model) {
        return OnnxExport.of(model.graph(), name -> model.weight(name).get());
    }

    private static void check(OnnxGraph graph, Model model, List<Tensor> inputs) {
        List<double[]> expected = OnnxEvaluator.run(graph, inputs);
        List<Tensor> got = model.predict(inputs);
        assertEquals(got.size(), expected.size());
        for (int i = 0; i < got.size(); i++) {
            Measure.within(OUTPUTS, "output " + i, got.get(i).toArray(), expected.get(i));
        }
    }
}
