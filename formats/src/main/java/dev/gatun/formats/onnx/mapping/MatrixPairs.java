package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Dot;
import java.util.ArrayList;
import java.util.List;

/** Products of a matrix of each sample with another, one Dot for each head of an attention. */
final class MatrixPairs {

    private static final int MOST_HEADS = 64;

    private MatrixPairs() {}

    static Tracked product(NodeCall call, Tracked first, Tracked second) {
        int rank = first.onnx().rank();
        if (rank < 3 || second.onnx().rank() != rank) {
            throw notPairs(first, second);
        }
        Tracked other = Matching.renamed(call.graph(), second,
                first.onnx().with(rank - 2, first.onnx().get(rank - 1)).with(rank - 1, List.of()), -1);
        List<Factor> leading = Axes.plain(MovementNodes.merged(first.onnx(), 0, rank - 2));
        List<Factor> heads = new ArrayList<>(leading);
        heads.removeIf(Factor::isBatch);
        if (heads.size() == leading.size() || heads.size() > 1
                || !leading.equals(Axes.plain(MovementNodes.merged(other.onnx(), 0, rank - 2)))) {
            throw notPairs(first, second);
        }
        List<Factor> batch = List.of(call.graph().batch());
        Tracked one = first.in(new Axes(List.of(batch, heads, first.onnx().get(rank - 2), first.onnx().last())));
        Tracked two = other.in(new Axes(List.of(batch, heads, other.onnx().get(rank - 2), other.onnx().last())));
        Tracked made = heads.isEmpty()
                ? dot(call, one.in(one.onnx().without(1)), two.in(two.onnx().without(1)))
                : ofHeads(call, one, two, heads.getFirst());
        return made.in(first.onnx().with(rank - 1, made.onnx().last()));
    }

    private static Tracked ofHeads(NodeCall call, Tracked first, Tracked second, Factor heads) {
        if (heads.size() == Factor.UNKNOWN || heads.size() > MOST_HEADS) {
            throw notPairs(first, second);
        }
        List<Tracked> products = new ArrayList<>();
        for (int head = 0; head < heads.size(); head++) {
            Tracked product = dot(call, new Cuts(call).at(first, 1, head), new Cuts(call).at(second, 1, head));
            products.add(product.in(product.onnx().inserted(1, List.of())));
        }
        Tracked all = Unions.of(call, products, 1);
        return all.replaced(all.onnx().get(1).getFirst(), List.of(heads));
    }

    private static NotMapped notPairs(Tracked first, Tracked second) {
        return new NotMapped("multiplies axes " + first.onnx() + " and " + second.onnx()
                + ", expected a matrix for each sample of both, or for each head of an attention, of at most "
                + MOST_HEADS);
    }

    /** Where a value meets itself its steps are rows and columns, and which are which has to be known. */
    private static List<Factor> columns(List<Factor> rows, List<Factor> found) {
        return found.stream().map(factor -> rows.contains(factor) ? Factor.of(factor.size()) : factor).toList();
    }

    private static Tracked dot(NodeCall call, Tracked first, Tracked second) {
        List<Ref> refs = new ArrayList<>();
        refs.add(call.graph().arrangement().arranged(first, first.onnx()));
        refs.add(call.graph().arrangement().arranged(second, second.onnx()));
        Axes made = first.onnx().with(2, columns(first.onnx().get(1), second.onnx().get(2)));
        return Tracked.of(new PlannedCall(call.graph().layer(call, Dot.axes(2, 1)), refs, List.of(), null).output(0),
                made, made);
    }
}
