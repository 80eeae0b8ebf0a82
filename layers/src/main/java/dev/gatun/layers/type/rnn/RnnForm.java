package dev.gatun.layers.type.rnn;

import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an Rnn takes and gives, whatever makes its steps.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record RnnForm(Rnn layer, String name) {

    RecurrentCell cell() {
        return (RecurrentCell) layer.cell();
    }

    private String self() {
        return layer.kind() + " '" + name + "' ";
    }

    /** @throws ShapeException if it does not take what it is given */
    void require(CallArguments<Shape> shapes) {
        Shape sequence = shapes.input();
        List<Shape> state = shapes.initialState();
        List<Integer> sizes = cell().stateSizes();
        if (shapes.inputs().size() > 1) {
            throw new ShapeException(self() + "takes one sequence, got " + shapes.inputs().size() + " values: "
                    + shapes.inputs());
        }
        if (sequence.rank() != 3) {
            throw new ShapeException(self() + "takes a sequence [batch, time, features] (expected ndim=3), got shape "
                    + sequence + " (ndim=" + sequence.rank()
                    + "); if it follows a recurrent layer, let that one return sequences: .returnSequences()");
        }
        if (!state.isEmpty() && state.size() != sizes.size()) {
            throw new ShapeException(self() + "begins at a state of " + sizes.size()
                    + (sizes.size() == 1 ? " value" : " values") + ", " + String.join(", ", cell().stateNames())
                    + ", got " + shapes.withoutMask().all().size() + " values with the sequence: "
                    + shapes.withoutMask().all() + "; give what another Rnn over such a cell returns as its state");
        }
        for (int i = 0; i < state.size(); i++) {
            require(i, state.get(i), sequence);
        }
    }

    private void require(int which, Shape state, Shape sequence) {
        String initial = self() + "begins at a state " + cell().stateNames().get(which) + " of ";
        int size = cell().stateSizes().get(which);
        if (state.rank() != 2 || state.last() != size) {
            throw new ShapeException(initial + "shape (None, " + size + "), got shape " + state
                    + "; give what another Rnn over such a cell returns as its state, or put a Dense(" + size
                    + ") between");
        }
        boolean known = state.dim(0) != Shape.UNKNOWN && sequence.dim(0) != Shape.UNKNOWN;
        if (known && state.dim(0) != sequence.dim(0)) {
            throw new ShapeException(initial + "a batch of " + sequence.dim(0) + " as its sequence has, got one of "
                    + state.dim(0) + "; they must be equal");
        }
    }

    /** The value, then the states if they are returned. */
    List<Shape> outputs(Shape sequence) {
        Shape last = Shape.of(sequence.dim(0), cell().outputSize());
        List<Shape> all = new ArrayList<>();
        all.add(layer.returnsSequences() ? sequence.with(-1, cell().outputSize()) : last);
        if (layer.returnsState()) {
            cell().stateSizes().forEach(size -> all.add(Shape.of(sequence.dim(0), size)));
        }
        return List.copyOf(all);
    }
}
