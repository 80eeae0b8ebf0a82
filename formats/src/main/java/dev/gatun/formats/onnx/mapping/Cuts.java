package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Slicing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Parts of values along one axis. */
final class Cuts {

    private static final long FAR = 1L << 30;

    private final NodeCall call;
    private final String wish;

    Cuts(NodeCall call) {
        this(call, call.wish());
    }

    /** @param wish for the names of layers */
    Cuts(NodeCall call, String wish) {
        this.call = call;
        this.wish = wish;
    }

    /** One index of an axis, which ends. */
    Tracked at(Tracked value, int axis, long index) {
        Tracked one = part(value, axis, index, index == -1 ? FAR : index + 1, 1);
        return one.in(one.onnx().without(axis));
    }

    /**
     * A part of an axis.
     *
     * @param begin negative ones count from the end
     * @param end   as {@code begin}; far out for the end
     */
    Tracked part(Tracked value, int axis, long begin, long end, long step) {
        List<Factor> factors = Axes.plain(value.onnx().get(axis));
        long size = Axes.size(factors);
        Span span = Span.of(begin, end, step, size);
        if (span.isWhole()) {
            return value;
        }
        if (factors.stream().anyMatch(Factor::isBatch)) {
            call.graph().inputs().requireSamples(value, axis);
            throw new NotMapped("takes some samples of a batch and not others");
        }
        if (span.count() == 0) {
            throw new NotMapped("takes nothing of an axis");
        }
        if (value.stack() != null && factors.equals(List.of(value.stack()))) {
            return ofStack(value, span);
        }
        Tracked state = Recurrences.stateAt(value, axis, span);
        return state != null ? state : sliced(apart(value, factors), factors, axis, span);
    }

    private static Tracked ofStack(Tracked value, Span span) {
        List<Ref> parts = new ArrayList<>();
        for (long i = 0; i < span.count(); i++) {
            parts.add(value.parts().get((int) (span.first() + i * span.step())));
        }
        List<Factor> stack = parts.size() == 1 ? List.of() : List.of(Factor.of(parts.size()));
        Axes axes = value.axes().replaced(value.stack(), stack);
        Axes onnx = value.onnx().replaced(value.stack(), stack);
        return new Tracked(parts, stack.isEmpty() ? null : stack.getFirst(), axes, onnx, value.isWhole());
    }

    /** The value with the factors as one axis of their own. */
    private Tracked apart(Tracked value, List<Factor> factors) {
        Axes axes = value.axes();
        if (axes.find(factors) >= 0) {
            return new Tracked(List.of(call.graph().arrangement().joined(value)), null, axes, value.onnx(),
                    value.isWhole());
        }
        int axis = axes.of(factors.getFirst());
        List<Factor> all = axes.get(axis);
        int first = all.indexOf(factors.getFirst());
        if (first + factors.size() > all.size() || !all.subList(first, first + factors.size()).equals(factors)) {
            throw new NotMapped("takes a part of an axis of " + factors + " that lies apart in the model, " + axes);
        }
        List<List<Factor>> split = new ArrayList<>(axes.lists());
        split.remove(axis);
        List<List<Factor>> parts = new ArrayList<>(List.of(all.subList(0, first), factors,
                all.subList(first + factors.size(), all.size())));
        parts.removeIf(List::isEmpty);
        split.addAll(axis, parts);
        Axes target = new Axes(split);
        return Tracked.of(call.graph().arrangement().arranged(value, target), target, value.onnx());
    }

    private Tracked sliced(Tracked value, List<Factor> factors, int axis, Span span) {
        int place = value.axes().find(factors);
        boolean isEnded = span.count() == 1 && value.axes().rank() > 2;
        List<String> parts = new ArrayList<>(Collections.nCopies(place - 1, ":"));
        parts.add(isEnded ? String.valueOf(span.first()) : span.words());
        PlannedLayer layer = new PlannedLayer(wish, LayerChoice.of(Slicing.of(parts.toArray(String[]::new))), List.of(),
                call.node().label());
        List<Factor> left = span.count() == 1 ? List.of() : List.of(Factor.of(span.count()));
        Axes axes = isEnded ? value.axes().without(place) : value.axes().with(place, left);
        return new Tracked(List.of(PlannedCall.of(layer, value.ref()).output(0)), null, axes,
                value.onnx().with(axis, left),
                value.isWhole());
    }

    /**
     * What is taken of an axis.
     *
     * @param first  the first index; counted from the end if the size is not known and it is negative
     * @param count  how many; {@link Factor#UNKNOWN} if the size is not known
     * @param step   from one to the next
     * @param size   of the axis
     * @param words  as Python writes it
     */
    record Span(long first, long count, long step, long size, String words) {

        static Span of(long begin, long end, long step, long size) {
            if (step == 0) {
                throw new NotMapped("goes along an axis by steps of 0");
            }
            if (size != Factor.UNKNOWN) {
                long first = bounded(begin, size, step);
                long count = Math.max(0, Math.ceilDiv(step > 0
                        ? bounded(end, size, step) - first
                        : first - bounded(end, size, step), Math.abs(step)));
                long last = first + count * step;
                boolean isTurned = step == -1 && count == size;
                return new Span(first, count, step, size, isTurned
                        ? "::-1"
                        : first + ":" + (last < 0 ? "" : String.valueOf(last)) + (step == 1 ? "" : ":" + step));
            }
            boolean isLast = begin == -1 && step > 0 && end >= FAR;
            String from = begin >= FAR || begin <= -FAR || begin == 0 && step > 0 ? "" : String.valueOf(begin);
            String to = end >= FAR || end <= -FAR ? "" : String.valueOf(end);
            boolean isOne = step == 1 && begin >= 0 && end == begin + 1 || isLast;
            return new Span(begin, isOne ? 1 : Factor.UNKNOWN, step, size,
                    from + ":" + (isLast ? "" : to) + (step == 1 ? "" : ":" + step));
        }

        private static long bounded(long index, long size, long step) {
            long counted = index < 0 ? index + size : index;
            return step > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1);
        }

        boolean isWhole() {
            return size == Factor.UNKNOWN ? step == 1 && (words.equals(":")) : step == 1 && first == 0 && count == size;
        }

        boolean isLast() {
            return count == 1 && (size == Factor.UNKNOWN ? first == -1 : first == size - 1);
        }

        boolean isFirst() {
            return count == 1 && first == 0;
        }
    }
}
