package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Concatenate;
import java.util.ArrayList;
import java.util.List;

/** Values side by side. */
final class Unions {

    private Unions() {}

    static Tracked of(NodeCall call, List<Tracked> values, int axis) {
        Tracked first = values.getFirst();
        List<Tracked> matched = new ArrayList<>();
        for (Tracked value : values) {
            if (value.onnx().rank() != first.onnx().rank()) {
                throw new NotMapped("puts values of " + first.onnx().rank() + " and " + value.onnx().rank()
                        + " axes together");
            }
            Matching.refine(matched, value, axis);
            matched.add(
                    matched.isEmpty() ? value : Matching.renamed(call.graph(), value, matched.getFirst().onnx(), axis));
        }
        Tracked stacked = stacked(matched, axis);
        return stacked != null ? stacked : joined(call, matched, axis);
    }

    /** Values that are side by side already along an axis that the model has not: no layer as long as none is needed. */
    private static Tracked stacked(List<Tracked> values, int axis) {
        Axes parts = null;
        List<Ref> all = new ArrayList<>();
        for (Tracked value : values) {
            List<Factor> own = value.stack() == null ? List.of() : List.of(value.stack());
            Axes without = value.stack() == null ? value.axes() : value.axes().replaced(value.stack(), List.of());
            if (!Axes.plain(value.onnx().get(axis)).equals(own) || value.isWhole()
                    || parts != null && !parts.sameAs(without)) {
                return null;
            }
            parts = without;
            all.addAll(value.parts());
        }
        Factor stack = Factor.of(all.size());
        List<Factor> last = new ArrayList<>(List.of(stack));
        last.addAll(parts.last());
        return parts.rank() < 2
                ? null
                : new Tracked(all, stack, parts.with(parts.rank() - 1, last),
                        values.getFirst().onnx().with(axis, List.of(stack)), false);
    }

    private static Tracked joined(NodeCall call, List<Tracked> values, int axis) {
        Axes axes = layout(values, axis);
        int place = axes.find(values.getFirst().onnx().get(axis));
        List<Ref> refs = new ArrayList<>();
        long size = 0;
        for (Tracked value : values) {
            List<Factor> own = Axes.plain(value.onnx().get(axis));
            if (own.stream().anyMatch(Factor::isBatch)) {
                throw new NotMapped("puts samples of one batch behind those of another");
            }
            refs.add(call.graph().arrangement().arranged(value, axes.with(place, own)));
            long each = Axes.size(own);
            size = size == Factor.UNKNOWN || each == Factor.UNKNOWN ? Factor.UNKNOWN : size + each;
        }
        Ref ref = new PlannedCall(call.graph().layer(call, Concatenate.axis(place)), refs, List.of(), null).output(0);
        List<Factor> all = List.of(Factor.of(size));
        return Tracked.of(ref, axes.with(place, all), values.getFirst().onnx().with(axis, all));
    }

    /** How the first value lies, with the axis by itself. */
    private static Axes layout(List<Tracked> values, int axis) {
        Tracked first = values.getFirst();
        List<Factor> own = Axes.plain(first.onnx().get(axis));
        if (!own.isEmpty() && first.axes().find(own) > 0) {
            return first.axes();
        }
        List<List<Factor>> lists = new ArrayList<>();
        lists.add(first.axes().get(0));
        for (int other = 0; other < first.onnx().rank(); other++) {
            List<Factor> plain = Axes.plain(first.onnx().get(other));
            if (other == axis || !plain.isEmpty() && !plain.equals(lists.getFirst())) {
                lists.add(plain);
            }
        }
        return new Axes(lists);
    }
}
