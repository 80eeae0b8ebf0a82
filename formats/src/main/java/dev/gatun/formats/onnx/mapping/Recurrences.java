package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Slicing;
import java.util.ArrayList;
import java.util.List;

/** LSTM, GRU and RNN. */
final class Recurrences {

    private static final int LENGTHS = 4;

    private final NodeCall call;
    private final boolean byBatch;
    private final boolean isLstm;

    private Recurrences(NodeCall call) {
        this.call = call;
        this.byBatch = call.node().whole("layout", 0) == 1;
        this.isLstm = call.node().operator().equals("LSTM");
    }

    static void map(NodeCall call) {
        new Recurrences(call).map();
    }

    private void map() {
        Tracked x = call.tracked(0);
        if (x.onnx().rank() != 3) {
            throw new NotMapped("reads axes " + x.onnx() + ", expected a sequence of three axes");
        }
        List<Factor> time = Axes.plain(x.onnx().get(byBatch ? 1 : 0));
        List<Factor> batch = Axes.plain(x.onnx().get(byBatch ? 0 : 1));
        if (!batch.equals(List.of(call.graph().batch()))) {
            throw call.graph().inputs().notBatch(x.onnx().get(byBatch ? 0 : 1), "the axis " + batch);
        }
        Axes target = new Axes(List.of(batch, time, Axes.plain(x.onnx().get(2))));
        Ref sequence = call.graph().arrangement().arranged(x, target);
        Ref mask = mask(time);
        String direction = call.node().text("direction", "forward");
        int directions = direction.equals("bidirectional") ? 2 : 1;
        if (directions == 1 && !direction.equals("forward") && !direction.equals("reverse")) {
            throw new NotMapped(
                    "goes in the direction '" + direction + "', expected forward, reverse or bidirectional");
        }
        List<CellBuild> cells = CellBuilds.of(call, directions);
        int units = cells.getFirst().layer().units();
        List<Ref> states = new InitialStates(call, sequence, units, directions, byBatch).refs();
        if (mask != null && !states.isEmpty()) {
            states = LengthMasks.startingAt(call, states, mask);
        }
        if (directions == 2) {
            both(cells, time, sequence, states, mask, units);
        } else {
            one(cells.getFirst(), time, sequence, states, mask, direction.equals("reverse"), units);
        }
    }

    private Ref mask(List<Factor> time) {
        if (!call.has(LENGTHS)) {
            return null;
        }
        if (call.value(LENGTHS) instanceof Constant constant && Axes.size(time) != Factor.UNKNOWN
                && constant.isAll(Axes.size(time))) {
            return null;
        }
        if (call.value(LENGTHS) instanceof Tracked lengths && call.graph().inputs().find(lengths) >= 0) {
            return LengthMasks.of(call, lengths, Axes.size(time));
        }
        throw new NotMapped("reads lengths of sequences, " + call.name(LENGTHS)
                + ", that are no input of the graph; a model takes them as an input");
    }

    private void one(
            CellBuild cell, List<Factor> time, Ref sequence, List<Ref> states, Ref mask, boolean isReverse, int units) {
        RecurrentLayer<?> layer = cell.layer().goBackwards(isReverse).zeroOutputForMask(mask != null);
        PlannedCall made = new PlannedCall(
                call.graph().layer(call, new RecurrentChoice(layer, mask != null), cell.weights()),
                List.of(sequence), states, mask);
        Factor h = Factor.of(units);
        List<Factor> batch = List.of(call.graph().batch());
        Ref all = made.output(RecurrentChoice.SEQUENCE);
        if (isReverse) {
            all = PlannedCall.of(call.graph().plain(call.wish() + "_turned", Slicing.of("::-1")), all).output(0);
        }
        Axes inside = new Axes(List.of(batch, time, List.of(h)));
        putSequence(Tracked.of(unmasked(all, mask), inside, inside), List.of(), List.of(h));
        for (int state = 0; state < (isLstm ? 2 : 1); state++) {
            Axes axes = new Axes(List.of(batch, List.of(h)));
            putState(state, Tracked.of(made.output(RecurrentChoice.STATES + state), axes, axes), List.of(), List.of(h));
        }
    }

    /** What comes behind counts all steps, as ONNX does. */
    private Ref unmasked(Ref all, Ref mask) {
        return mask == null
                ? all
                : PlannedCall.of(call.graph().plain(call.wish() + "_all_steps",
                        Elementwise.of(Elementwise.Function.IDENTITY)), all).output(0);
    }

    private void both(
            List<CellBuild> cells, List<Factor> time, Ref sequence, List<Ref> states, Ref mask, int units) {
        boolean isSequence = call.graph().isRead(call.node().output(0));
        List<PlannedWeight> weights = new ArrayList<>(cells.getFirst().prefixed("forward_"));
        weights.addAll(cells.getLast().prefixed("backward_"));
        LayerChoice choice = new BothChoice(cells.getFirst().layer(), cells.getLast().layer().goBackwards(),
                isSequence);
        PlannedLayer layer = call.graph().layer(call, choice, weights);
        PlannedCall made = new PlannedCall(layer, List.of(sequence), states, mask);
        List<Factor> batch = List.of(call.graph().batch());
        Factor d = Factor.of(2);
        Factor h = Factor.of(units);
        Ref merged = made.output(BothChoice.MERGED);
        if (isSequence) {
            Axes inside = new Axes(List.of(batch, time, List.of(d, h)));
            putSequence(Tracked.of(unmasked(merged, mask), inside, inside), List.of(d), List.of(h));
        }
        int each = isLstm ? 2 : 1;
        for (int state = 0; state < each; state++) {
            Axes axes = new Axes(List.of(batch, List.of(d, h)));
            List<Ref> halves = List.of(made.output(BothChoice.STATES + state),
                    made.output(BothChoice.STATES + each + state));
            Tracked both = state == 0 && !isSequence
                    ? Tracked.of(merged, axes, axes)
                    : new Tracked(halves, d, axes, axes, false);
            putState(state, both, List.of(d), List.of(h));
        }
    }

    private void putSequence(Tracked value, List<Factor> d, List<Factor> h) {
        List<Factor> batch = value.axes().get(0);
        List<Factor> time = value.axes().get(1);
        call.put(0, value.in(new Axes(byBatch ? List.of(batch, time, d, h) : List.of(time, d, batch, h))));
    }

    private void putState(int state, Tracked value, List<Factor> d, List<Factor> h) {
        List<Factor> batch = value.axes().get(0);
        call.put(1 + state, value.in(new Axes(byBatch ? List.of(batch, d, h) : List.of(d, batch, h))));
    }

    /** Where a sequence ends its layer's state stands, and takes no layer to be cut out; null if it is something else. */
    static Tracked stateAt(Tracked value, int axis, Cuts.Span span) {
        if (value.parts().size() > 1 || !(value.ref().call().layer().choice() instanceof RecurrentChoice choice)
                || choice.isMasked() || choice.plain().goesBackwards() || !span.isLast()
                || value.ref().output() != RecurrentChoice.SEQUENCE
                || !Axes.equal(value.onnx().get(axis), value.axes().get(1))) {
            return null;
        }
        return Tracked.of(value.ref().call().output(RecurrentChoice.STATES),
                value.axes().without(1), value.onnx().with(axis, List.of()));
    }
}
