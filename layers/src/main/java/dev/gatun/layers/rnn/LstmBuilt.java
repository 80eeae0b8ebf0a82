package dev.gatun.layers.rnn;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.Site;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** An LSTM whose input width is known. */
final class LstmBuilt implements BuiltLayer {

    private final Lstm config;
    private final String name;
    private final int inputs;

    LstmBuilt(Lstm config, String name, List<Shape> shapes) {
        this.config = config;
        this.name = name;
        checkSequence(shapes);
        this.inputs = InputShapes.features("LSTM", name, shapes.getFirst());
    }

    Lstm config() {
        return config;
    }

    int inputs() {
        return inputs;
    }

    private void checkSequence(List<Shape> shapes) {
        Shape sequence = shapes.getFirst();
        if (sequence.rank() != 3) {
            throw new ShapeException(
                    "LSTM '" + name + "' takes a sequence [batch, time, features] (expected ndim=3), got shape "
                            + sequence + " (ndim=" + sequence.rank()
                            + "); if it follows an LSTM, let that LSTM return sequences: "
                            + ".returnSequences()");
        }
        if (shapes.size() == 2) {
            throw new ShapeException("LSTM '" + name + "' begins at a state of two values, h and c, each (None, "
                    + config.units() + "), got one of shape " + shapes.get(1) + "; give both: on(x, new State(h, c))");
        }
        if (shapes.size() > 3) {
            throw new ShapeException("LSTM '" + name + "' takes a sequence and at most the two values of a state, got "
                    + shapes.size() + " values: " + shapes);
        }
        for (int i = 1; i < shapes.size(); i++) {
            checkState(i == 1 ? "h" : "c", shapes.get(i), sequence);
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
        Lstm.Weights weights = config.weights();
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(new WeightSpec("kernel", Shape.of(inputs, 4L * units), WeightLayout.gated(inputs, units),
                weights.kernel()));
        specs.add(new WeightSpec(
                "recurrent_kernel", Shape.of(units, 4L * units), WeightLayout.gated(units, units),
                weights.recurrentKernel()));
        if (weights.useBias()) {
            Initializer bias = weights.unitForgetBias() ? new Initializer.ForgetBias(weights.bias()) : weights.bias();
            specs.add(new WeightSpec("bias", Shape.of(4L * units), WeightLayout.gated(1, units), bias));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(List<Shape> shapes) {
        checkSequence(shapes);
        Shape sequence = shapes.getFirst();
        if (InputShapes.features("LSTM", name, sequence) != inputs) {
            throw new ShapeException(
                    "LSTM '" + name + "' has weights for " + inputs + " features, but is now given shape "
                            + sequence + "; a layer used twice needs inputs of the same width");
        }
        Shape state = Shape.of(sequence.dim(0), config.units());
        Shape output = config.sequences() ? sequence.with(-1, config.units()) : state;
        return config.state() ? List.of(output, state, state) : List.of(output);
    }

    @Override
    public Operation operation(Site site) {
        return new LstmOperation(this, site);
    }
}
