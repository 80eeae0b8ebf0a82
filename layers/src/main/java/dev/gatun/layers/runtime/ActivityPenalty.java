package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;

/** The penalty on what a call returns, for a batch: that of all its numbers, divided by the number of samples, as in Keras. */
final class ActivityPenalty implements Operation {

    private final Value value;
    private final Regularizer regularizer;
    private RowsView rows;
    private RowsView gradientRows;
    private boolean addsToGradient;
    private Tensor numbers;
    private Tensor gradient;

    ActivityPenalty(String layer, Value value, Regularizer regularizer) {
        if (value.type() != ValueType.FLOAT32) {
            throw new IllegalArgumentException("Layer '" + layer + "' has an activity regularizer, but returns "
                    + value.type().keyword() + ", which nothing can be learnt of; leave it out");
        }
        this.value = value;
        this.regularizer = regularizer;
    }

    @Override
    public List<Value> outputs() {
        return List.of();
    }

    @Override
    public void bind(Memory memory) {
        rows = value.rows(memory.workspace());
        if (value.requiresGradient()) {
            gradientRows = value.gradient(memory.workspace());
            addsToGradient = value.claimGradient();
        }
    }

    @Override
    public void resize() {
        numbers = tensor(rows);
        gradient = gradientRows == null ? null : tensor(gradientRows);
    }

    private Tensor tensor(RowsView view) {
        Shape shape = Shape.of(value.rows(), value.columns());
        return new Tensor(view.segment(), view.at(0), shape, view.rowBytes() / Float.BYTES);
    }

    /** Of the run before; computed when it is asked for, since predictions do not. */
    double value() {
        return regularizer.penalty(numbers) / value.batch();
    }

    @Override
    public void forward(RunContext run) {
        // the value is there already
    }

    @Override
    public void backward(RunContext run) {
        if (gradient == null) {
            return;
        }
        if (!addsToGradient) {
            RowCopy.clear(gradientRows, value.rows(), value.columns());
        }
        regularizer.addGradient(numbers, 1.0 / value.batch(), gradient);
    }
}
