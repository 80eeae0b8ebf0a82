package dev.gatun.layers.type.lstm;

import dev.gatun.engine.cell.CellFunctions;
import dev.gatun.engine.cell.LayerNormLstmCell;
import dev.gatun.engine.cell.LstmCell;
import dev.gatun.engine.cell.LstmVariant;
import dev.gatun.engine.cell.ProjectedCell;
import dev.gatun.engine.cell.VariantLstmCell;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.type.recurrent.CellForm;
import dev.gatun.layers.type.recurrent.RecurrentType;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** What is known of {@link Lstm}. */
public final class LstmType extends RecurrentType<Lstm> {

    /** The type. */
    public LstmType() {
        super(new Lstm(Configuration.of(Lstm.OPTIONS)), List.of("h", "c"));
    }

    @Override
    protected CellForm form(Lstm layer, List<String> states) {
        requireSense(layer);
        requireElementwise(layer);
        requireNormAlone(layer);
        LstmVariant variant = new LstmVariant(layer.hasPeepholes(), layer.couplesInputForget(),
                (float) layer.cellClip());
        float forgetBias = (float) layer.forgetBias();
        Initializer bias = layer.unitForgetBias() && !layer.couplesInputForget()
                ? new Initializer.ForgetBias(layer.biasInitializer())
                : layer.biasInitializer();
        if (layer.hasLayerNorm()) {
            return form(layer, new LayerNormLstmCell(functions(layer), layer.layerNormEpsilon(), forgetBias), states,
                    bias, norms(layer.units()));
        }
        CellKernel cell = variant.isNone()
                ? new LstmCell(functions(layer), forgetBias)
                : new VariantLstmCell(functions(layer), variant, forgetBias);
        return form(layer, cell, states, bias, peepholes(layer));
    }

    private static CellForm form(
            Lstm layer, CellKernel cell, List<String> states, Initializer bias, List<WeightSpec> own) {
        int outputs = layer.projection();
        if (outputs == 0) {
            return new CellForm(cell, states, bias, own);
        }
        List<WeightSpec> all = new ArrayList<>(own);
        all.add(new WeightSpec("projection_kernel", Shape.of(layer.units(), outputs),
                WeightLayout.plain(layer.units(), outputs), layer.kernelInitializer()));
        return new CellForm(new ProjectedCell(cell), states, bias, List.copyOf(all));
    }

    private static List<WeightSpec> norms(int units) {
        WeightLayout gates = WeightLayout.gated(1, units, 4);
        WeightLayout state = WeightLayout.plain(1, units);
        return List.of(new WeightSpec("gate_gamma", Shape.of(4L * units), gates, Initializer.ONES),
                new WeightSpec("gate_beta", Shape.of(4L * units), gates, Initializer.ZEROS),
                new WeightSpec("state_gamma", Shape.of(units), state, Initializer.ONES),
                new WeightSpec("state_beta", Shape.of(units), state, Initializer.ZEROS));
    }

    private static CellFunctions functions(Lstm layer) {
        return new CellFunctions(layer.activation().formula(), layer.recurrentActivation().formula(),
                layer.outputActivation().formula()).clipped((float) layer.clip());
    }

    private static List<WeightSpec> peepholes(Lstm layer) {
        List<WeightSpec> peepholes = new ArrayList<>();
        for (String gate : gatesThatSee(layer)) {
            peepholes.add(new WeightSpec(gate + "_peephole", Shape.of(layer.units()),
                    WeightLayout.plain(1, layer.units()), layer.peepholeInitializer()));
        }
        return peepholes;
    }

    /** The gates that see the cell state, in the order of the cell. */
    private static List<String> gatesThatSee(Lstm layer) {
        if (!layer.hasPeepholes()) {
            return List.of();
        }
        return layer.couplesInputForget() ? List.of("input", "output") : List.of("input", "forget", "output");
    }

    private static void requireSense(Lstm layer) {
        if (layer.couplesInputForget() && layer.forgetBias() != 0) {
            throw refused(layer, "has a forget_bias of " + layer.forgetBias()
                    + ", but with input_forget no forget gate to add it to: it is 1 less the input gate; leave one of "
                    + "them out");
        }
        if (layer.projection() > 0 && layer.recurrentDropout() > 0) {
            throw refused(layer,
                    "has a projection and recurrent_dropout, and no engine says what of h falls; leave one "
                            + "of them out");
        }
        // The equals of a record is made when it is first called, which takes a start of the JVM ten milliseconds.
        boolean isGiven = layer.peepholeInitializer() != Initializer.GLOROT_UNIFORM
                && !layer.peepholeInitializer().equals(Initializer.GLOROT_UNIFORM);
        if (!layer.hasPeepholes() && isGiven) {
            throw refused(layer, "has a peephole_initializer, but no peepholes; add .peepholes()");
        }
    }

    /** Softmax and its like look at whole rows, and have formulas of their own for the plain cell only. */
    private static void requireElementwise(Lstm layer) {
        boolean isPlain = !layer.hasPeepholes() && !layer.couplesInputForget() && layer.cellClip() == 0
                && !layer.hasLayerNorm();
        for (ActivationFunction function : List.of(layer.activation(), layer.recurrentActivation(),
                layer.outputActivation())) {
            if (!isPlain && !function.isElementwise()) {
                throw refused(layer, "has the activation " + function.keyword() + ", which looks at whole rows, and "
                        + "peepholes, input_forget, cell_clip or layer_norm, which are made unit by unit; leave one "
                        + "of them out");
            }
        }
    }

    private static void requireNormAlone(Lstm layer) {
        String other = layer.hasPeepholes()
                ? "peepholes"
                : layer.couplesInputForget() ? "input_forget" : layer.cellClip() > 0 ? "cell_clip" : null;
        if (layer.hasLayerNorm() && other != null) {
            throw refused(layer, "has layer_norm and " + other + ", and no engine says what both mean together; leave "
                    + "one of them out");
        }
        if (!layer.hasLayerNorm() && layer.layerNormEpsilon() != 1e-12) {
            throw refused(layer, "has a layer_norm_epsilon, but no layer_norm; add .layerNorm()");
        }
    }

    private static IllegalArgumentException refused(Lstm layer, String why) {
        return new IllegalArgumentException(layer.kind() + " '" + layer.name() + "' " + why);
    }

    @Override
    public List<String> onnx(Lstm layer, OnnxCall call) {
        return new LstmNodes(layer, call).outputs();
    }
}
