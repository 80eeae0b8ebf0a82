package dev.gatun.layers.type.simplernn;

import dev.gatun.engine.cell.SimpleRnnCell;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.type.recurrent.CellClip;
import dev.gatun.layers.type.recurrent.CellForm;
import dev.gatun.layers.type.recurrent.RecurrentNodes;
import dev.gatun.layers.type.recurrent.RecurrentType;
import dev.gatun.layers.type.recurrent.WrittenSteps;
import java.util.List;

/** What is known of {@link SimpleRnn}. */
public final class SimpleRnnType extends RecurrentType<SimpleRnn> {

    /** The type. */
    public SimpleRnnType() {
        super(new SimpleRnn(Configuration.of(SimpleRnn.OPTIONS)), List.of("h"));
    }

    @Override
    protected CellForm form(SimpleRnn layer, List<String> states) {
        ActivationFormula activation = layer.activation().formula();
        SimpleRnnCell cell = new SimpleRnnCell(
                layer.clip() == 0 ? activation : activation.clipped((float) layer.clip()));
        return new CellForm(cell, states, layer.biasInitializer());
    }

    @Override
    public List<String> onnx(SimpleRnn layer, OnnxCall call) {
        return call.arguments().mask() == null && call.hasCellActivations(layer.activation())
                ? new RecurrentNodes(layer, call, new RecurrentNodes.Operator("RNN", List.of(0),
                        call.cellActivations(layer.activation()))).outputs()
                : new WrittenSteps(layer, call,
                        (body, x, states) -> List.of(step(layer, body, x, states.getFirst()))).outputs();
    }

    private static String step(SimpleRnn layer, OnnxCall body, String x, String h) {
        String u = body.node("MatMul", h, body.initializer("recurrent_kernel"));
        return new CellClip(layer, body).activation(layer.activation(), body.node("Add", x, u));
    }
}
