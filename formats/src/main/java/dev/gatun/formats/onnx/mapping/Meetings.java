package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Values that meet number by number: those of size 1 along an axis are repeated. */
final class Meetings {

    private Meetings() {}

    static Tracked of(NodeCall call, List<Tracked> values, Layer layer) {
        int rank = values.stream().mapToInt(value -> value.onnx().rank()).max().orElse(0);
        List<Tracked> matched = new ArrayList<>();
        Axes all = null;
        for (Tracked value : values) {
            Tracked ranked = value.in(Matching.ranked(value.onnx(), rank));
            Matching.refine(matched, ranked, -1);
            all = union(matched);
            matched.add(all == null ? ranked : Matching.renamed(call.graph(), ranked, all, -1));
        }
        all = union(matched);
        if (new HashSet<>(all.flat()).size() < all.flat().size()) {
            throw new NotMapped("meets itself along another axis, as in a table of pairs");
        }
        Axes inside = layout(matched, all);
        List<Ref> refs = new ArrayList<>();
        for (Tracked value : matched) {
            refs.add(call.graph().arrangement().arranged(value, only(inside, value)));
        }
        Ref ref = new PlannedCall(call.graph().layer(call, layer), refs, List.of(), null).output(0);
        return Tracked.of(ref, inside, all);
    }

    private static Axes union(List<Tracked> values) {
        Axes all = null;
        for (Tracked value : values) {
            all = all == null ? value.onnx() : union(all, value.onnx());
        }
        return all;
    }

    private static Axes union(Axes one, Axes other) {
        Axes union = one;
        for (int axis = 0; axis < one.rank(); axis++) {
            union = one.isUnit(axis) ? union.with(axis, Axes.plain(other.get(axis))) : union;
        }
        return union;
    }

    /** As the first of them lies that has all axes; else the batch, then the others in ONNX's order. */
    private static Axes layout(List<Tracked> values, Axes all) {
        for (Tracked value : values) {
            if (value.axes().flat().size() == all.flat().size() && value.axes().flat().containsAll(all.flat())) {
                return value.axes();
            }
        }
        List<List<Factor>> lists = new ArrayList<>();
        for (List<Factor> list : all.lists()) {
            if (list.stream().anyMatch(Factor::isBatch)) {
                lists.add(0, list);
            } else if (!Axes.plain(list).isEmpty()) {
                lists.add(list);
            }
        }
        return new Axes(lists);
    }

    /** The layout, with size 1 where the value has nothing. */
    private static Axes only(Axes inside, Tracked value) {
        List<Factor> own = value.axes().flat();
        Axes only = inside;
        for (int axis = 0; axis < inside.rank(); axis++) {
            List<Factor> found = inside.get(axis).stream().filter(own::contains).toList();
            only = only.with(axis, found);
            if (!found.isEmpty() && !Axes.equal(found, inside.get(axis))) {
                throw new NotMapped("meets a value that has a part of an axis only");
            }
        }
        return only;
    }
}
