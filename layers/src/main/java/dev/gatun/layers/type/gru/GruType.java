package dev.gatun.layers.type.gru;

import dev.gatun.engine.cell.CellFunctions;
import dev.gatun.engine.cell.GruCell;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Gru;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.type.recurrent.CellForm;
import dev.gatun.layers.type.recurrent.RecurrentType;
import java.util.List;

/** What is known of {@link Gru}. */
public final class GruType extends RecurrentType<Gru> {

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
        return new GruNodes(layer, call).outputs();
    }
}
