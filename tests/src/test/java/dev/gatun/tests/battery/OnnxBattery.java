package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.onnx.OnnxCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer written as ONNX nodes, which run in double precision. */
abstract class OnnxBattery extends MaskBattery {

    /** Of a cell that is not Keras's there is no operator. */
    static boolean isOwnCell(Object cell) {
        return cell instanceof Map<?, ?> map && (!KerasClass.isKerass(String.valueOf(map.get("class_name")))
                || map.get("config") instanceof Map<?, ?> config && config.get("cells") instanceof List<?> cells
                        && cells.stream().anyMatch(OnnxBattery::isOwnCell));
    }

    @ParameterizedTest
    @MethodSource("instances")
    void itsOnnxNodesComputeTheSame(Instance instance) {
        try (Model fixed = model(instance); Model anyTime = model(instance, true)) {
            for (Model model : List.of(fixed, anyTime)) {
                if (isOwnCell(instance.layer().config().get("cell"))) {
                    String said = assertThrows(IllegalArgumentException.class, () -> OnnxCheck.onnx(model))
                            .getMessage();
                    assertTrue(said.contains("'" + NAME) && said.contains("cannot be written as ONNX"), said);
                    continue;
                }
                OnnxGraph graph = OnnxCheck.onnx(model);
                for (int batch : new int[] {1, 3}) {
                    OnnxCheck.check(graph, model, inputs(instance, batch));
                }
            }
        }
    }

    /** The layer with a mask that is given by name. */
    @ParameterizedTest
    @MethodSource("instances")
    void itsOnnxNodesGoByTheMask(Instance instance) {
        if (!isMasked(instance)) {
            return;
        }
        try (Model model = masked(instance)) {
            int batch = 6;
            List<Tensor> inputs = new ArrayList<>(inputs(instance, batch));
            inputs.add(mask(instance, batch));
            OnnxCheck.check(model, inputs);
        }
    }

    static boolean isMasked(Instance instance) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(instance.layer());
        return instance.inputs().getFirst().rank() == 3 && instance.ids() == 0
                && !Set.of(MaskRule.REFUSE, MaskRule.COMBINE, MaskRule.COMBINE_ALL)
                        .contains(type.masks(instance.layer()))
                && !isOwnCell(instance.layer().config().get("cell"));
    }
}
