package dev.gatun.layers.type.gru;

import dev.gatun.engine.cell.CellFunctions;
import dev.gatun.engine.cell.GruCell;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Gru;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.type.recurrent.CellForm;
import dev.gatun.layers.type.recurrent.RecurrentNodes;
import dev.gatun.layers.type.recurrent.RecurrentType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of {@link Gru}. */
public final class GruType extends RecurrentType<Gru> {

    /** ONNX has the gates in Keras's order. */
    private static final List<Integer> ONNX_GATES = List.of(0, 1, 2);

    /** The type. */
    public GruType() {
        super(new Gru(Configuration.of(Gru.OPTIONS)), List.of("h"));
    }

    @Override
    protected CellForm form(Gru layer, List<String> states) {
        CellFunctions functions = new CellFunctions(layer.activation().formula(),
                layer.recurrentActivation().formula());
        return new CellForm(new GruCell(functions.clipped((float) layer.clip()), layer.resetAfter()), states,
                layer.biasInitializer());
    }

    @Override
    public List<String> onnx(Gru layer, OnnxCall call) {
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>(
                call.cellActivations(layer.recurrentActivation(), layer.activation()));
        attributes.put("linear_before_reset", OnnxAttribute.of(layer.resetAfter() ? 1 : 0));
        return new RecurrentNodes(layer, call, new RecurrentNodes.Operator("GRU", ONNX_GATES, 1, attributes)).outputs();
    }
}
