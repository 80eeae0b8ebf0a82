package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Input;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** Inputs of the graph as inputs of the model, in the forms that are assumed of them. */
final class GraphInputs {

    private static final int MOST_WHOLE_AXES = 2;

    private final List<ParsedValue> values;
    private final List<InputForm> forms;
    private final List<Tracked> tracked = new ArrayList<>();
    private final List<Ref> refs = new ArrayList<>();

    GraphInputs(List<ParsedValue> values, List<InputForm> forms, Factor batch) {
        this.values = values;
        this.forms = forms;
        for (int input = 0; input < values.size(); input++) {
            if (isUsable(values.get(input))) {
                add(values.get(input), forms.get(input), batch);
            } else {
                refs.add(PlannedCall.of(new PlannedLayer(values.get(input).name(), read -> null, List.of(), ""))
                        .output(0));
                tracked.add(null);
            }
        }
    }

    /** Whether one of its axes can be the batch. */
    static boolean isUsable(ParsedValue value) {
        return value.axes() != null && !value.axes().isEmpty() && value.type() != null;
    }

    static String unusable(ParsedValue value) {
        return "the input " + FormatException.quote(value.name()) + " " + value.shape()
                + ", of which no axis is known that could be the batch";
    }

    private void add(ParsedValue value, InputForm form, Factor batch) {
        List<List<Factor>> onnx = new ArrayList<>();
        for (int axis = 0; axis < value.axes().size(); axis++) {
            onnx.add(List.of(axis == form.batch()
                    ? batch
                    : Factor.of(value.axes().get(axis).size(), new Factor.Place(form.input(), axis))));
        }
        Axes outside = new Axes(onnx);
        Axes inside = outside.permuted(form.order().stream().mapToInt(Integer::intValue).toArray());
        if (isOneFeature(value, form)) {
            inside = inside.inserted(inside.rank(), List.of());
        }
        LayerChoice choice = read -> form.lengths() != null
                ? Input.mask(form.lengths().time())
                : input(value, form);
        Ref ref = PlannedCall.of(new PlannedLayer(value.name(), choice, List.of(), "")).output(0);
        refs.add(ref);
        tracked.add(new Tracked(List.of(ref), null, inside, outside, isWhole(value, form)));
    }

    private static boolean isWhole(ParsedValue value, InputForm form) {
        return form.isWhole() || !value.type().isFloating() && value.axes().size() <= MOST_WHOLE_AXES;
    }

    /** One number for each sample or for each of any number of steps: the model has one feature more. */
    private static boolean isOneFeature(ParsedValue value, InputForm form) {
        int rank = value.axes().size();
        return form.lengths() == null && !isWhole(value, form) && (rank == 1
                || rank == 2 && value.axes().get(form.order().get(1)).size() == ParsedValue.UNKNOWN);
    }

    private static Input input(ParsedValue value, InputForm form) {
        long[] sizes = new long[form.order().size() - 1];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = value.axes().get(form.order().get(axis + 1)).size();
        }
        if (isWhole(value, form)) {
            return Input.ints(sizes).takesFloats(value.type().isFloating());
        }
        return isOneFeature(value, form)
                ? Input.batchShape(withBatch(sizes.length == 0 ? new long[] {1} : new long[] {sizes[0], 1}))
                : Input.batchShape(withBatch(sizes));
    }

    private static long[] withBatch(long... sizes) {
        long[] all = new long[sizes.length + 1];
        all[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, all, 1, sizes.length);
        return all;
    }

    List<Ref> refs() {
        return refs;
    }

    /** Null of one that cannot be an input of the model. */
    Tracked tracked(int input) {
        return tracked.get(input);
    }

    InputForm form(int input) {
        return forms.get(input);
    }

    ParsedValue value(int input) {
        return values.get(input);
    }

    /** Whether a value is lengths of sequences, which are a mask in the model. */
    boolean isLengths(Tracked value) {
        int input = find(value);
        return input >= 0 && forms.get(input).isLengths();
    }

    /** The number of the input that a value is, or -1. */
    int find(Tracked value) {
        return value.parts().size() == 1 ? refs.indexOf(value.ref()) : -1;
    }

    /** Of a factor that is not the batch where the batch should be. */
    RuntimeException notBatch(List<Factor> found, String what) {
        List<Factor> plain = found;
        if (plain.size() == 1 && plain.getFirst().origin() != null) {
            Factor.Place origin = plain.getFirst().origin();
            InputForm form = forms.get(origin.input());
            if (!form.isCertain()) {
                return new Evidence(InputForm.batchAt(origin.input(), origin.axis(), form.order().size(), true));
            }
        }
        return new NotMapped("has " + what + " where it reads the batch, and the batch of the graph lies elsewhere");
    }

    /** Parts of an axis are taken that was only guessed to be the batch: it is another one. */
    void requireSamples(Tracked value, int axis) {
        int input = find(value);
        if (input >= 0 && value.onnx().rank() > 1 && !forms.get(input).isCertain()
                && values.get(input).axes().get(forms.get(input).batch()).size() != ParsedValue.UNKNOWN) {
            throw new Evidence(InputForm.batchAt(input, axis == 0 ? 1 : 0, value.onnx().rank(), true));
        }
    }

    /** An input that had better lie otherwise is asked for so, once: then it takes no layer to turn it. */
    void reorder(Tracked value, Axes target) {
        int input = find(value);
        if (input < 0 || forms.get(input).isReordered() || forms.get(input).lengths() != null) {
            return;
        }
        Axes outside = tracked.get(input).onnx();
        List<Integer> order = new ArrayList<>(List.of(forms.get(input).batch()));
        for (int axis = 1; axis < target.rank(); axis++) {
            int found = unused(outside, target.get(axis), order);
            if (found < 0) {
                return;
            }
            order.add(found);
        }
        if (order.size() == outside.rank() && !order.equals(forms.get(input).order())) {
            throw new Evidence(forms.get(input).reordered(order));
        }
    }

    private static int unused(Axes outside, List<Factor> wanted, List<Integer> used) {
        for (int axis = 0; axis < outside.rank(); axis++) {
            if (!used.contains(axis) && Axes.equal(outside.get(axis), wanted)) {
                return axis;
            }
        }
        return -1;
    }
}
