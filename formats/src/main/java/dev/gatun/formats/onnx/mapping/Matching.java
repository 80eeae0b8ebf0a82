package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import java.util.List;

/** Values that meet in an operator: sizes that are equal there are one size. */
final class Matching {

    private Matching() {}

    /**
     * @param skipped an axis that need not be equal, or -1
     * @return the value, with the factors that the other one has
     * @throws NotMapped if sizes differ
     */
    static Tracked renamed(GraphMapping graph, Tracked value, Axes other, int skipped) {
        Tracked renamed = value;
        for (int axis = 0; axis < other.rank(); axis++) {
            List<Factor> wanted = Axes.plain(other.get(axis));
            List<Factor> found = Axes.plain(renamed.onnx().get(axis));
            if (axis != skipped && isAlike(wanted, found)) {
                renamed = each(renamed, wanted, found);
                continue;
            }
            if (axis == skipped || wanted.isEmpty() || found.isEmpty() || wanted.equals(found)) {
                continue;
            }
            boolean isBatch = wanted.stream().anyMatch(Factor::isBatch);
            boolean alsoBatch = found.stream().anyMatch(Factor::isBatch);
            if (isBatch != alsoBatch) {
                throw graph.inputs().notBatch(isBatch ? found : wanted, "an axis of " + (isBatch ? found : wanted));
            }
            long size = Axes.size(wanted);
            long own = Axes.size(found);
            if (isBatch || found.size() > 1 || size != own && size != Factor.UNKNOWN && own != Factor.UNKNOWN) {
                throw new NotMapped("meets axes " + other + " and " + renamed.onnx());
            }
            requireOnce(renamed, wanted);
            renamed = renamed.replaced(found.getFirst(), wanted);
        }
        return renamed;
    }

    /** Whether both are made of several factors, which are equal one by one. */
    private static boolean isAlike(List<Factor> wanted, List<Factor> found) {
        boolean isAlike = wanted.size() == found.size() && wanted.size() > 1;
        for (int i = 0; i < wanted.size() && isAlike; i++) {
            Factor one = wanted.get(i);
            Factor other = found.get(i);
            isAlike = one == other || !one.isBatch() && !other.isBatch() && one.size() == other.size();
        }
        return isAlike;
    }

    private static Tracked each(Tracked value, List<Factor> wanted, List<Factor> found) {
        Tracked renamed = value;
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i) != found.get(i)) {
                requireOnce(renamed, List.of(wanted.get(i)));
                renamed = renamed.replaced(found.get(i), List.of(wanted.get(i)));
            }
        }
        return renamed;
    }

    /** A factor that a value had along two axes would not say any more which of them is which. */
    private static void requireOnce(Tracked value, List<Factor> wanted) {
        if (value.onnx().flat().stream().anyMatch(wanted::contains)) {
            throw new NotMapped("meets a value along another axis than the one that both have");
        }
    }

    /**
     * Values that were matched before, with factors of theirs as what the new value has in their place: one axis of 6 and one of 2
     * times 3 are the latter.
     */
    static void refine(List<Tracked> matched, Tracked value, int skipped) {
        for (int axis = 0; !matched.isEmpty() && axis < value.onnx().rank(); axis++) {
            List<Factor> found = Axes.plain(value.onnx().get(axis));
            for (int place = 0; axis != skipped && found.size() > 1 && place < matched.size(); place++) {
                List<Factor> wanted = Axes.plain(matched.get(place).onnx().get(axis));
                if (wanted.size() == 1 && !wanted.getFirst().isBatch() && Axes.size(found) != Factor.UNKNOWN
                        && Axes.size(wanted) == Axes.size(found)) {
                    matched.replaceAll(each -> each.replaced(wanted.getFirst(), found));
                }
            }
        }
    }

    /** As many axes, those of size 1 in front. */
    static Axes ranked(Axes axes, int rank) {
        Axes ranked = axes;
        while (ranked.rank() < rank) {
            ranked = ranked.inserted(0, List.of());
        }
        return ranked;
    }
}
