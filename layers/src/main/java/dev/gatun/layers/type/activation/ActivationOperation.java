package dev.gatun.layers.type.activation;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Rows;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Run;
import dev.gatun.layers.plan.Site;
import dev.gatun.layers.plan.Value;
import java.util.List;

/** Rows of x to rows of y. */
final class ActivationOperation implements Operation {
    private final ActivationFunction function;
    private final Value input;
    private final Value output;
    private Rows x;
    private Rows y;
    private Rows dy;
    private Rows dx;
    private boolean addToDx;

    ActivationOperation(ActivationFunction function, Site site) {
        this.function = function;
        this.input = site.arguments().input();
        this.output = site.output("", input.shape());
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        x = input.rows(memory.workspace());
        y = output.rows(memory.workspace());
        if (output.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
            dx = input.gradient(memory.workspace());
            addToDx = input.claimGradient();
        }
    }

    @Override
    public void forward(Run run) {
        for (int row = 0; row < output.rows(); row++) {
            RowActivation.forward(function, x.segment(), x.at(row), y.segment(), y.at(row), output.columns());
        }
    }

    @Override
    public void backward(Run run) {
        if (dy == null) {
            return;
        }
        for (int row = 0; row < output.rows(); row++) {
            RowActivation.backward(
                    function, y.segment(), x.at(row), y.at(row), dy.at(row), dy.at(row), output.columns());
            RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
        }
    }
}
