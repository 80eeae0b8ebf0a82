package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Identity;
import dev.gatun.layers.Slicing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How an output of the graph is an output of the model.
 *
 * @param name  in the graph
 * @param ref   in the model
 * @param axes  for each axis in ONNX that of the model, or -1 for one of size 1 that the model has not
 */
public record OutputForm(String name, Ref ref, List<Integer> axes) {

    static final int NONE = -1;

    /**
     * Of a graph that Gatun wrote the model's axes are the graph's, as before it was written.
     *
     * @throws NotMapped if samples do not stay apart
     */
    static OutputForm of(GraphMapping graph, String name, Tracked value) {
        if (graph.inputs().isLengths(value)) {
            throw new NotMapped("is lengths of sequences, which are a mask in the model");
        }
        Axes inside = graph.isGatuns() && value.onnx().rank() > 1 ? value.onnx() : layout(value);
        Ref ref = graph.arrangement().arranged(value, inside);
        if (graph.isGatuns() && value.onnx().rank() == 1) {
            ref = PlannedCall.of(graph.plain(name, Slicing.of("0")), ref).output(0);
        } else if (graph.inputs().refs().contains(ref)) {
            ref = PlannedCall.of(graph.plain(name, Identity.of()), ref).output(0);
        }
        return new OutputForm(name, ref, graph.isGatuns() ? inOrder(value.onnx()) : places(value.onnx(), inside));
    }

    private static List<Integer> inOrder(Axes axes) {
        return IntStream.range(0, axes.rank()).boxed().toList();
    }

    private static List<Integer> places(Axes onnx, Axes inside) {
        List<Integer> axes = new ArrayList<>();
        for (List<Factor> list : onnx.lists()) {
            axes.add(Axes.plain(list).isEmpty() ? NONE : inside.find(list));
        }
        return axes;
    }

    /** As it lies, if each of ONNX's axes is one of the model's; else the batch and then ONNX's axes in their order. */
    private static Axes layout(Tracked value) {
        boolean isApart = true;
        boolean hasBatch = false;
        List<List<Factor>> others = new ArrayList<>();
        for (List<Factor> list : value.onnx().lists()) {
            List<Factor> plain = Axes.plain(list);
            isApart &= plain.isEmpty() || value.axes().find(plain) >= 0;
            if (plain.stream().anyMatch(Factor::isBatch)) {
                hasBatch = plain.size() == 1;
            } else if (!plain.isEmpty()) {
                others.add(plain);
            }
        }
        if (!hasBatch) {
            throw new NotMapped("has axes " + value.onnx() + ", of which none is the batch alone");
        }
        if (isApart && value.axes().rank() > 1) {
            return value.axes();
        }
        others.add(0, value.axes().get(0));
        if (others.size() == 1) {
            others.add(List.of());
        }
        return new Axes(others);
    }
}
