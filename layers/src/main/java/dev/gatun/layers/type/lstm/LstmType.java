package dev.gatun.layers.type.lstm;

import dev.gatun.engine.cell.CellFunctions;
import dev.gatun.engine.cell.LstmCell;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.type.recurrent.CellForm;
import dev.gatun.layers.type.recurrent.RecurrentNodes;
import dev.gatun.layers.type.recurrent.RecurrentType;
import java.util.List;

/** What is known of {@link Lstm}. */
public final class LstmType extends RecurrentType<Lstm> {

    /** ONNX has the gates in the order input, output, forget, candidate. */
    private static final List<Integer> ONNX_GATES = List.of(0, 3, 1, 2);

    /** The type. */
    public LstmType() {
        super(new Lstm(Configuration.of(Lstm.OPTIONS)), List.of("h", "c"));
    }

    @Override
    protected CellForm form(Lstm layer, List<String> states) {
        CellFunctions functions = new CellFunctions(
                ActivationFormula.of(layer.activation().keyword(), layer.activation().arguments()),
                ActivationFormula.of(layer.recurrentActivation().keyword(), layer.recurrentActivation().arguments()));
        Initializer bias = layer.unitForgetBias()
                ? new Initializer.ForgetBias(layer.biasInitializer())
                : layer.biasInitializer();
        return new CellForm(new LstmCell(functions), states, bias);
    }

    @Override
    public List<String> onnx(Lstm layer, OnnxCall call) {
        return new RecurrentNodes(layer, call, new RecurrentNodes.Operator("LSTM", ONNX_GATES, 2,
                call.cellActivations(layer.recurrentActivation(), layer.activation(), layer.activation()))).outputs();
    }
}
