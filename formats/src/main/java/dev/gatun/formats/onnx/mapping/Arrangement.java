package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Reshape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings values of the model into an order of axes, by layers where it takes some, each once. */
final class Arrangement {

    /** What was arranged how. */
    private record Wanted(List<Ref> parts, Axes axes) {}

    private static final int MOST_AXES = 4;

    private final GraphMapping graph;
    private final Map<Wanted, Ref> made = new HashMap<>();

    Arrangement(GraphMapping graph) {
        this.graph = graph;
    }

    /** One value of the model whose axes lie as in {@link Tracked#axes}. */
    Ref joined(Tracked value) {
        if (value.parts().size() == 1) {
            return value.ref();
        }
        return made.computeIfAbsent(new Wanted(value.parts(), null),
                wanted -> new PlannedCall(graph.plain("concatenate", Concatenate.axis(-1)), value.parts(), List.of(),
                        null)
                        .output(0));
    }

    /**
     * @param target begins with the batch, and has the same factors
     * @throws Evidence  if an input of the graph had better lie otherwise
     * @throws NotMapped if it takes more axes than values have
     */
    Ref arranged(Tracked value, Axes target) {
        if (value.axes().sameAs(target)) {
            return joined(value);
        }
        Wanted wanted = new Wanted(value.parts(), target);
        Ref found = made.get(wanted);
        if (found == null) {
            found = moved(value, target);
            made.put(wanted, found);
        }
        return found;
    }

    private Ref moved(Tracked value, Axes target) {
        requireBatchFirst(target);
        graph.inputs().reorder(value, target);
        Ref ref = joined(value);
        if (value.axes().flat().equals(target.flat())) {
            return reshaped(ref, target);
        }
        List<List<Factor>> stretches = stretches(value.axes().flat(), target.flat());
        if (stretches.size() > MOST_AXES) {
            throw new NotMapped(
                    "needs an order of axes that takes " + stretches.size() + " of them, and values have at most "
                            + MOST_AXES);
        }
        Axes split = new Axes(stretches);
        if (!value.axes().sameAs(split)) {
            ref = reshaped(ref, split);
        }
        List<List<Factor>> ordered = new ArrayList<>(stretches);
        List<Factor> wanted = target.flat();
        ordered.sort((one, other) -> wanted.indexOf(one.getFirst()) - wanted.indexOf(other.getFirst()));
        int[] dims = new int[ordered.size() - 1];
        for (int axis = 1; axis < ordered.size(); axis++) {
            dims[axis - 1] = stretches.indexOf(ordered.get(axis));
        }
        ref = PlannedCall.of(graph.plain("permute", Permute.dims(dims)), ref).output(0);
        return new Axes(ordered).sameAs(target) ? ref : reshaped(ref, target);
    }

    private static void requireBatchFirst(Axes target) {
        List<Factor> first = target.get(0);
        if (first.size() != 1 || !first.getFirst().isBatch() || target.rank() > MOST_AXES) {
            throw new NotMapped("needs axes " + target + ", expected the batch alone before at most " + (MOST_AXES - 1)
                    + " others");
        }
    }

    /** The longest runs of factors that stay side by side; the batch is one by itself. */
    private static List<List<Factor>> stretches(List<Factor> now, List<Factor> target) {
        if (now.size() != target.size() || !now.containsAll(target)) {
            throw new NotMapped("needs axes " + target + " of a value that has " + now);
        }
        List<List<Factor>> stretches = new ArrayList<>();
        for (Factor factor : now) {
            Factor before = stretches.isEmpty() ? null : stretches.getLast().getLast();
            if (before != null && !before.isBatch() && target.indexOf(factor) == target.indexOf(before) + 1) {
                stretches.getLast().add(factor);
            } else {
                stretches.add(new ArrayList<>(List.of(factor)));
            }
        }
        return stretches;
    }

    private Ref reshaped(Ref ref, Axes target) {
        List<Integer> sizes = new ArrayList<>();
        int unknown = 0;
        for (int axis = 1; axis < target.rank(); axis++) {
            long size = target.size(axis);
            unknown += size == Factor.UNKNOWN ? 1 : 0;
            sizes.add(Math.toIntExact(size));
        }
        if (unknown > 1) {
            throw new NotMapped("needs axes " + target + ", of which more than one has an unknown size");
        }
        if (sizes.isEmpty()) {
            sizes.add(1);
        }
        return PlannedCall
                .of(graph.plain("reshape", Reshape.to(sizes.stream().mapToInt(Integer::intValue).toArray())), ref)
                .output(0);
    }
}
