package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Recurrence;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** A recurrent layer whose input width is known. */
public final class BuiltRecurrent implements BuiltLayer {

    private final RecurrentLayer<?> config;
    private final CellForm form;
    private final String name;
    private final int inputs;

    /**
     * A layer over the engine's loop.
     *
     * @param config its options
     * @param form   what its class is beside them
     * @param name   in the model, for messages
     * @param shapes of what the first call reads
     * @throws ShapeException if the layer cannot stand here
     */
    public BuiltRecurrent(RecurrentLayer<?> config, CellForm form, String name, CallArguments<Shape> shapes) {
        this.config = config;
        this.form = form;
        this.name = name;
        checkSequence(shapes);
        this.inputs = InputShapes.features(config.kind(), name, shapes.input());
    }

    RecurrentLayer<?> config() {
        return config;
    }

    CellForm form() {
        return form;
    }

    int inputs() {
        return inputs;
    }

    private void checkSequence(CallArguments<Shape> shapes) {
        Shape sequence = shapes.input();
        if (sequence.rank() != 3) {
            throw new ShapeException(
                    self() + " takes a sequence [batch, time, features] (expected ndim=3), got shape "
                            + sequence + " (ndim=" + sequence.rank()
                            + "); if it follows a recurrent layer, let that one return sequences: .returnSequences()");
        }
        List<Shape> state = shapes.initialState();
        List<String> names = form.states();
        if (!state.isEmpty() && state.size() < names.size()) {
            throw new ShapeException(self() + " begins at a state of two values, " + both()
                    + ", got one of shape " + state.getFirst() + "; give both: on(x, State.of(h, c))");
        }
        if (state.size() > names.size() || shapes.inputs().size() > 1) {
            throw new ShapeException(self() + " takes a sequence and at most the "
                    + (names.size() == 1 ? "one value" : "two values") + " of a state, got "
                    + shapes.withoutMask().all().size() + " values: " + shapes.withoutMask().all());
        }
        if (state.size() == 1 && state.getFirst().rank() != 2) {
            throw new ShapeException(self() + " begins at a state of one value, h " + expected(0)
                    + ", got shape " + state.getFirst()
                    + "; give what another layer of this class returns as its state");
        }
        if (config.learnsInitialState() && !state.isEmpty()) {
            throw new ShapeException(self() + " learns the state it begins at, and got one of shape "
                    + state.getFirst() + "; leave that out, or learned_initial_state");
        }
        for (int i = 0; i < state.size(); i++) {
            checkState(i, state.get(i), sequence);
        }
    }

    private String self() {
        return config.kind() + " '" + name + "'";
    }

    private String both() {
        return expected(0).equals(expected(1))
                ? "h and c, each " + expected(0)
                : "h " + expected(0) + " and c " + expected(1);
    }

    private String expected(int state) {
        return "(None, " + config.stateWidths().get(state) + ")";
    }

    private void checkState(int index, Shape state, Shape sequence) {
        String which = form.states().get(index);
        int width = config.stateWidths().get(index);
        if (state.rank() != 2 || state.last() != width) {
            throw new ShapeException(self() + " has " + width + " units, but its initial state "
                    + which
                    + " has shape " + state + " ("
                    + (state.rank() == 2 ? state.last() + " wide" : "rank " + state.rank())
                    + "); expected " + expected(index) + ". Either give both layers equal units, or put a Dense("
                    + width + ") between " + (form.states().size() == 1 ? "it" : "each of h and c")
                    + " and this layer");
        }
        boolean known = state.dim(0) != Shape.UNKNOWN && sequence.dim(0) != Shape.UNKNOWN;
        if (known && state.dim(0) != sequence.dim(0)) {
            throw new ShapeException(
                    self() + ": the initial state " + which + " has a batch of " + state.dim(0)
                            + ", the sequence one of " + sequence.dim(0) + "; they must be equal");
        }
    }

    @Override
    public List<WeightSpec> weights() {
        return form.weights(config, inputs);
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        checkSequence(shapes);
        Shape sequence = shapes.input();
        InputShapes.requireFeatures(config.kind(), name, sequence, inputs);
        List<Shape> all = new ArrayList<>();
        for (int width : config.stateWidths()) {
            all.add(Shape.of(sequence.dim(0), width));
        }
        Shape h = all.getFirst();
        Shape output = config.returnsSequences() ? sequence.with(-1, h.last()) : h;
        if (!config.returnsState()) {
            return List.of(output);
        }
        all.addFirst(output);
        return all;
    }

    @Override
    public Recurrence recurrence() {
        return config.goesBackwards() ? Recurrence.BACKWARDS : Recurrence.FORWARDS;
    }

    @Override
    public Operation operation(PlanContext context) {
        return new LoopOperation(this, context);
    }
}
