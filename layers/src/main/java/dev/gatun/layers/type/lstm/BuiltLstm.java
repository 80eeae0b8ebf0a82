package dev.gatun.layers.type.lstm;

import dev.gatun.engine.cell.LstmCell;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Recurrence;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** An LSTM whose input width is known. */
final class BuiltLstm implements BuiltLayer {

    private final Lstm config;
    private final String name;
    private final int inputs;

    BuiltLstm(Lstm config, String name, CallArguments<Shape> shapes) {
        this.config = config;
        this.name = name;
        checkSequence(shapes);
        this.inputs = InputShapes.features("LSTM", name, shapes.input());
    }

    Lstm config() {
        return config;
    }

    int inputs() {
        return inputs;
    }

    private void checkSequence(CallArguments<Shape> shapes) {
        Shape sequence = shapes.input();
        if (sequence.rank() != 3) {
            throw new ShapeException(
                    "LSTM '" + name + "' takes a sequence [batch, time, features] (expected ndim=3), got shape "
                            + sequence + " (ndim=" + sequence.rank()
                            + "); if it follows an LSTM, let that LSTM return sequences: "
                            + ".returnSequences()");
        }
        List<Shape> state = shapes.initialState();
        if (state.size() == 1) {
            throw new ShapeException("LSTM '" + name + "' begins at a state of two values, h and c, each (None, "
                    + config.units() + "), got one of shape " + state.getFirst()
                    + "; give both: on(x, State.of(h, c))");
        }
        if (state.size() > 2 || shapes.inputs().size() > 1) {
            throw new ShapeException("LSTM '" + name + "' takes a sequence and at most the two values of a state, got "
                    + shapes.withoutMask().all().size() + " values: " + shapes.withoutMask().all());
        }
        for (int i = 0; i < state.size(); i++) {
            checkState(i == 0 ? "h" : "c", state.get(i), sequence);
        }
    }

    private void checkState(String which, Shape state, Shape sequence) {
        if (state.rank() != 2 || state.last() != config.units()) {
            throw new ShapeException("LSTM '" + name + "' has " + config.units() + " units, but its initial state "
                    + which
                    + " has shape " + state + " ("
                    + (state.rank() == 2 ? state.last() + " wide" : "rank " + state.rank())
                    + "); expected (None, " + config.units() + "). Either give both layers equal units, or put a Dense("
                    + config.units() + ") between each of h and c and this layer");
        }
        boolean known = state.dim(0) != Shape.UNKNOWN && sequence.dim(0) != Shape.UNKNOWN;
        if (known && state.dim(0) != sequence.dim(0)) {
            throw new ShapeException(
                    "LSTM '" + name + "': the initial state " + which + " has a batch of " + state.dim(0)
                            + ", the sequence one of " + sequence.dim(0) + "; they must be equal");
        }
    }

    @Override
    public List<WeightSpec> weights() {
        int units = config.units();
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(new WeightSpec("kernel", Shape.of(inputs, 4L * units),
                WeightLayout.gated(inputs, units, LstmCell.GATES),
                config.kernelInitializer()));
        specs.add(new WeightSpec(
                "recurrent_kernel", Shape.of(units, 4L * units), WeightLayout.gated(units, units, LstmCell.GATES),
                config.recurrentInitializer()));
        if (config.useBias()) {
            Initializer bias = config.unitForgetBias()
                    ? new Initializer.ForgetBias(config.biasInitializer())
                    : config.biasInitializer();
            specs.add(new WeightSpec("bias", Shape.of(4L * units), WeightLayout.gated(1, units, LstmCell.GATES), bias));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        checkSequence(shapes);
        Shape sequence = shapes.input();
        InputShapes.requireFeatures("LSTM", name, sequence, inputs);
        Shape state = Shape.of(sequence.dim(0), config.units());
        Shape output = config.returnsSequences() ? sequence.with(-1, config.units()) : state;
        return config.returnsState() ? List.of(output, state, state) : List.of(output);
    }

    @Override
    public Recurrence recurrence() {
        return config.goesBackwards() ? Recurrence.BACKWARDS : Recurrence.FORWARDS;
    }

    @Override
    public Operation operation(PlanContext context) {
        return new LstmOperation(this, context);
    }
}
