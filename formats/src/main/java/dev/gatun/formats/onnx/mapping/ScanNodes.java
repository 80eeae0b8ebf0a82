package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.mapping.cell.WrittenCell;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Lost;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Input;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Slicing;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scan and Loop, whose body is a step of a recurrent cell, with a mask or without: a recurrent layer. */
final class ScanNodes {

    /** Before it a batch stood before the steps. */
    private static final int STEPS_FIRST_SINCE = 9;

    private final NodeCall call;
    private final ParsedGraph body;
    private final List<Value> first;
    private final int states;
    private final List<Ref> before = new ArrayList<>();
    private final List<Ref> steps = new ArrayList<>();
    private final List<Tracked> sequences = new ArrayList<>();

    private ScanNodes(NodeCall call, List<Value> first) {
        this.call = call;
        this.body = call.node().body("body");
        this.first = first;
        this.states = first.size();
    }

    static void register(Map<String, NodeMapping> all) {
        all.put("Scan", call -> {
            int states = call.inputs().size() - Math.toIntExact(call.node().whole("num_scan_inputs", 0));
            if (call.opset() < STEPS_FIRST_SINCE || states < 1 || states >= call.inputs().size()) {
                throw noCell();
            }
            new ScanNodes(call, call.inputs().subList(0, states)).scan();
        });
        all.put("Loop", call -> new ScanNodes(call, call.inputs().subList(Math.min(2, call.inputs().size()),
                call.inputs().size())).loop());
    }

    private static NotMapped noCell() {
        return new NotMapped("is a loop whose body is no LSTM, GRU or RNN of one sequence, with a mask or without");
    }

    private void scan() {
        if (body.inputs().size() != call.inputs().size() || body.outputs().size() < states) {
            throw noCell();
        }
        for (int input = 0; input < call.inputs().size(); input++) {
            String name = body.inputs().get(input).name();
            if (input < states) {
                call.graph().put(name, state(name, first.get(input)));
            } else {
                Tracked sequence = call.tracked(input);
                call.graph().put(name, step(name, sequence,
                        NodeCall.axis(at("scan_input_axes", input - states), sequence.onnx().rank())));
            }
        }
        put(body(body.outputs()));
    }

    /** For a number of steps, of which the body reads one by its number. */
    private void loop() {
        if (states < 1 || body.inputs().size() != states + 2 || body.outputs().size() <= states
                || call.has(1) && !(call.value(1) instanceof Constant goesOn && goesOn.isAll(1))) {
            throw noCell();
        }
        Factor number = Factor.of(Factor.UNKNOWN);
        Map<List<Object>, Tracked> read = new HashMap<>();
        call.graph().put(body.inputs().getFirst().name(),
                new Sizes(List.of(new Sizes.Size(Factor.UNKNOWN, List.of(number))), true));
        call.graph().put(body.inputs().get(1).name(), Constant.of(NumberArray.booleans(new int[0], true)));
        for (int state = 0; state < states; state++) {
            String name = body.inputs().get(state + 2).name();
            call.graph().put(name, state(name, call.value(state + 2)));
        }
        ScanCell scan = call.graph().within(number,
                (sequence, axis) -> read.computeIfAbsent(List.of(sequence, axis),
                        none -> step("step", sequence, axis)),
                () -> body(body.outputs().subList(1, body.outputs().size())));
        boolean goesOn = call.graph().value(body.outputs().getFirst().name()) instanceof Constant always
                && always.isAll(1);
        if (scan == null || !goesOn || !isAllSteps(sequences.get(scan.input()).onnx().get(1))) {
            throw noCell();
        }
        put(scan);
    }

    private boolean isAllSteps(List<Factor> time) {
        Sizes.Size all = Sizes.Size.of(time);
        Sizes.Size said = call.sizes(0).entries().getFirst();
        return all.isNumber()
                ? said.isNumber() && said.number() == all.number()
                : Axes.equal(said.factors(), all.factors());
    }

    private ScanCell body(List<ParsedValue> outputs) {
        call.graph().runBody(body);
        List<Ref> made = new ArrayList<>();
        for (ParsedValue output : outputs) {
            made.add(made(call.graph().value(output.name())));
        }
        return ScanCell.of(before, steps, made.subList(0, states), made.subList(states, made.size()));
    }

    private Ref made(Value value) {
        if (value instanceof Lost lost) {
            throw new NotMapped("is a loop, and in its body " + String.join("; ", lost.reasons()));
        }
        if (!(value instanceof Tracked tracked) || tracked.parts().size() > 1) {
            throw noCell();
        }
        return tracked.ref();
    }

    private Tracked state(String name, Value begun) {
        Axes axes = MovementNodes.axes(begun);
        if (axes.rank() != 2) {
            throw noCell();
        }
        int units = Math.toIntExact(begun instanceof Constant constant ? constant.numbers().size(1) : axes.size(1));
        if (units < 1) {
            throw noCell();
        }
        Ref ref = place(name, units);
        before.add(ref);
        Axes own = begun instanceof Tracked
                ? axes
                : new Axes(List.of(List.of(call.graph().batch()), List.of(Factor.of(units))));
        if (!Axes.equal(own.get(0), List.of(call.graph().batch()))) {
            throw call.graph().inputs().notBatch(own.get(0), "a state of axes " + own);
        }
        return Tracked.of(ref, own, own);
    }

    private static Ref place(String name, int width) {
        return PlannedCall.of(new PlannedLayer(name, read -> Input.shape(width), List.of(), "")).output(0);
    }

    private Tracked step(String name, Tracked sequence, int axis) {
        Axes axes = sequence.onnx().without(axis);
        if (axes.rank() != 2) {
            throw noCell();
        }
        if (!Axes.equal(axes.get(0), List.of(call.graph().batch()))) {
            throw call.graph().inputs().notBatch(axes.get(0), "the axis " + axes.get(0));
        }
        long width = axes.size(1);
        Ref ref = place(name, width == Factor.UNKNOWN ? 1 : Math.toIntExact(width));
        steps.add(ref);
        sequences.add(sequence.in(new Axes(List.of(axes.get(0), sequence.onnx().get(axis), axes.get(1)))));
        return new Tracked(List.of(ref), null, axes, axes, sequence.isWhole());
    }

    private long at(String attribute, int place) {
        long[] said = call.node().wholes(attribute);
        return said == null || said.length <= place ? 0 : said[place];
    }

    private void put(ScanCell scan) {
        if (scan == null) {
            throw noCell();
        }
        Tracked x = sequences.get(scan.input());
        boolean isBack = at("scan_input_directions", scan.input()) == 1;
        if (scan.mask() >= 0 && at("scan_input_directions", scan.mask()) == 1 != isBack) {
            throw noCell();
        }
        Ref sequence = call.graph().arrangement().arranged(x, x.onnx());
        WrittenCell cell = scan.cell().overSteps(sequence);
        Ref mask = scan.mask() < 0 ? null : mask(sequences.get(scan.mask()), x.onnx().size(1));
        CellBuild build = WrittenLayers.of(cell);
        RecurrentLayer<?> layer = build.layer().goBackwards(isBack).zeroOutputForMask(scan.isZeroed());
        PlannedCall made = new PlannedCall(call.graph().layer(call, new LoopChoice(layer), build.weights()),
                List.of(cell.x().ref()), first(scan, cell), mask);
        List<Factor> batch = List.of(call.graph().batch());
        List<Factor> h = List.of(Factor.of(cell.units()));
        for (int state = 0; state < states; state++) {
            Axes axes = new Axes(List.of(batch, h));
            int output = state == scan.shown() ? LoopChoice.SHOWN : LoopChoice.STATES + scan.states().indexOf(state);
            call.put(state, Tracked.of(made.output(output), axes, axes));
        }
        for (int output = 0; output < call.node().outputs().size() - states; output++) {
            Axes axes = new Axes(List.of(batch, x.onnx().get(1), h));
            Ref all = unmasked(made.output(LoopChoice.SEQUENCE), mask);
            if (at("scan_output_directions", output) == 1) {
                all = PlannedCall.of(call.graph().plain(call.wish() + "_turned", Slicing.of("::-1")), all).output(0);
            }
            int axis = NodeCall.axis(at("scan_output_axes", output), axes.rank());
            call.put(states + output, Tracked.of(all, axes,
                    new Axes(List.of(batch, h)).inserted(axis, x.onnx().get(1))));
        }
    }

    private Ref unmasked(Ref all, Ref mask) {
        return mask == null
                ? all
                : PlannedCall.of(call.graph().plain(call.wish() + "_all_steps",
                        Elementwise.of(Elementwise.Function.IDENTITY)), all).output(0);
    }

    /** The mask itself, [batch, time], which has to be an input of the graph. */
    private Ref mask(Tracked counts, long time) {
        int input = call.graph().inputs().find(counts);
        long own = counts.onnx().size(1);
        if (input < 0 || call.graph().inputs().value(input).axes().size() != 2
                || own != time && own != Factor.UNKNOWN && time != Factor.UNKNOWN) {
            throw new NotMapped("reads which steps count, and a model takes that as an input, [batch, time]");
        }
        InputForm form = call.graph().inputs().form(input);
        if (form.lengths() == null) {
            throw new Evidence(form.mask(time));
        }
        return counts.ref();
    }

    /** Empty if all begin at zeros. */
    private List<Ref> first(ScanCell scan, WrittenCell cell) {
        boolean isZero = true;
        for (int state : scan.states()) {
            isZero &= first.get(state) instanceof Constant constant && constant.isAll(0);
        }
        if (scan.shown() >= 0 && !(first.get(scan.shown()) instanceof Constant constant && constant.isAll(0))) {
            throw noCell();
        }
        List<Ref> refs = new ArrayList<>();
        for (int state : isZero ? List.<Integer>of() : scan.states()) {
            refs.add(first.get(state) instanceof Tracked tracked
                    ? call.graph().arrangement().arranged(tracked, tracked.onnx())
                    : constant((Constant) first.get(state), cell));
        }
        return refs;
    }

    private Ref constant(Constant numbers, WrittenCell cell) {
        if (numbers.numbers().size(0) != 1 || numbers.axes().get(0).isEmpty()) {
            throw new NotMapped("begins at numbers of its own for each sample");
        }
        LayerChoice choice = LayerChoice.of(ConstantState.of(Tensor.of(WeightNumbers.floats(numbers.numbers()),
                cell.units())));
        return PlannedCall.of(new PlannedLayer(call.wish() + "_state", choice, List.of(), ""), cell.x().ref())
                .output(0);
    }
}
