package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What one class of recurrent layers is beside what all have. Weights follow from the cell: Keras's kernel [I,GU], recurrent
 * kernel [U,GU] and bias [GU], or [2,GU] where the recurrent part has a bias of its own.
 *
 * @param cell   what the engine's loop runs
 * @param states names of what the cell carries, as messages and outputs have them: h first
 * @param bias   how the bias begins
 * @param own    weights that the cell has beside these, in its order
 */
public record CellForm(CellKernel cell, List<String> states, Initializer bias, List<WeightSpec> own) {

    /**
     * Of a cell without other weights.
     *
     * @param cell   what the engine's loop runs
     * @param states names of what the cell carries
     * @param bias   how the bias begins
     */
    public CellForm(CellKernel cell, List<String> states, Initializer bias) {
        this(cell, states, bias, List.of());
    }

    List<WeightSpec> weights(RecurrentLayer<?> config, int inputs) {
        int units = config.units();
        int outputs = config.stateWidths().getFirst();
        CellGates gates = cell.gates();
        long columns = (long) gates.kernelOrder().gates() * units;
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(new WeightSpec("kernel", Shape.of(inputs, columns),
                WeightLayout.gated(inputs, units, gates.kernelOrder()), config.kernelInitializer())
                .held(config.kernelRegularizer(), config.kernelConstraint()));
        specs.add(new WeightSpec("recurrent_kernel", Shape.of(outputs, columns),
                WeightLayout.gated(outputs, units, gates.recurrentOrder()), config.recurrentInitializer())
                .held(config.recurrentRegularizer(), config.recurrentConstraint()));
        if (config.useBias()) {
            boolean two = gates.hasTwoBiases();
            specs.add(new WeightSpec("bias", two ? Shape.of(2, columns) : Shape.of(columns),
                    WeightLayout.gated(two ? 2 : 1, units, gates.kernelOrder()), bias)
                    .held(config.biasRegularizer(), config.biasConstraint()));
        }
        specs.addAll(own);
        if (config.learnsInitialState()) {
            for (int i = 0; i < states.size(); i++) {
                int width = config.stateWidths().get(i);
                specs.add(new WeightSpec("initial_" + states.get(i), Shape.of(width), WeightLayout.plain(1, width),
                        Initializer.ZEROS));
            }
        }
        return specs;
    }
}
