package dev.gatun.layers.type.dense;

import dev.gatun.layers.operation.GluOperation;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.List;

/** A dense layer whose activation is a gated linear unit: its output is half as wide as its kernel. */
final class GatedDenseOperation implements RowOperation {

    private final DenseOperation dense;
    private final Value before;
    private final Value output;
    private final GluOperation gate;

    GatedDenseOperation(DenseOperation dense, Value before, Value output) {
        this.dense = dense;
        this.before = before;
        this.output = output;
        this.gate = new GluOperation(before, output);
    }

    @Override
    public List<Value> outputs() {
        return gate.outputs();
    }

    /** The gate first: it says that the value between has a gradient. */
    @Override
    public void bind(Memory memory) {
        gate.bind(memory);
        dense.bind(memory);
    }

    @Override
    public void resize() {
        before.resize(output.shape().with(-1, before.columns()));
        dense.resize();
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        dense.forwardRows(run, first, count);
        gate.forwardRows(run, first, count);
    }

    @Override
    public void forward(RunContext run) {
        dense.forward(run);
        gate.forward(run);
    }

    @Override
    public void backward(RunContext run) {
        gate.backward(run);
        dense.backward(run);
    }
}
