package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Add;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Subtract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks for steps of a GRU: h = z h + (1 - z) n, with r before or behind the product. */
record GruSearch(CellSearch search) {

    /** @return null if there is none */
    WrittenCell endingAt(Ref ref) {
        if (!Readings.isOf(ref, Add.class)) {
            return null;
        }
        for (List<Ref> terms : CellSearch.orders(ref)) {
            WrittenCell found = Readings.isOf(terms.getFirst(), Multiply.class)
                    ? mixed(ref, terms.getFirst(), terms.getLast())
                    : null;
            found = found == null ? begun(ref, terms.getFirst(), terms.getLast()) : found;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** z h + (1 - z) n, n + z (h - n), or with z and 1 - z exchanged. */
    private WrittenCell mixed(Ref ref, Ref kept, Ref added) {
        for (List<Ref> factors : CellSearch.orders(kept)) {
            Gate update = search.readings().gate(factors.getFirst());
            Ref other = factors.getLast();
            if (update == null) {
                continue;
            }
            WrittenCell found = null;
            if (Readings.isOf(other, Subtract.class)) {
                Ref from = other.call().inputs().getFirst();
                Ref taken = other.call().inputs().getLast();
                found = !taken.equals(added)
                        ? null
                        : isCarried(from)
                                ? gru(ref, update, from, added)
                                : isCarried(added) ? gru(ref, turned(update), added, from) : null;
            } else if (Readings.isOf(added, Multiply.class)) {
                for (List<Ref> opposite : CellSearch.orders(added)) {
                    if (found == null && isRest(opposite.getFirst(), factors.getFirst())) {
                        Ref more = opposite.getLast();
                        found = isCarried(other)
                                ? gru(ref, update, other, more)
                                : isCarried(more) ? gru(ref, turned(update), more, other) : null;
                    }
                }
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** 0 z + (1 - z) n or n + z (0 - n), of a step that begins at zeros. */
    private WrittenCell begun(Ref ref, Ref kept, Ref added) {
        if (Zeros.isProduct(kept) && Readings.isOf(added, Multiply.class)) {
            Ref gate = kept.call().inputs().getFirst();
            for (List<Ref> factors : CellSearch.orders(added)) {
                if (isRest(factors.getFirst(), gate)) {
                    return begunAt(ref, gate, factors.getLast());
                }
            }
        }
        if (Readings.isOf(kept, Multiply.class)) {
            for (List<Ref> factors : CellSearch.orders(kept)) {
                Ref turned = factors.getLast();
                if (Zeros.isMinus(turned)
                        && turned.call().inputs().getFirst().equals(added)) {
                    return begunAt(ref, factors.getFirst(), added);
                }
            }
        }
        return null;
    }

    /** The state's half of n is r times a bias. */
    private WrittenCell begunAt(Ref ref, Ref gate, Ref candidate) {
        Gate update = search.readings().gate(gate);
        Gate sum = search.readings().gate(candidate);
        CellSearch.Reads reads = update == null || sum == null ? null : search.reads(List.of(update));
        if (reads == null || reads.h() != null || !sum.sums().parts().containsKey(reads.x())) {
            return null;
        }
        Line first = Line.of(update, reads.x(), null);
        if (sum.sums().parts().size() == 1) {
            return new WrittenCell(WrittenCell.Kind.GRU, reads.x(), null, null, ref, null,
                    List.of(first, Line.of(sum, reads.x(), null)), null, false);
        }
        Shifted shifted = Shifted.of(search.readings(), sum.sums(), reads.x());
        if (shifted == null || !shifted.reset().sums().parts().keySet().equals(Set.of(reads.x()))) {
            return null;
        }
        return new WrittenCell(WrittenCell.Kind.GRU, reads.x(), null, null, ref, null,
                List.of(first, Line.of(shifted.reset(), reads.x(), null), new Line(sum.function(),
                        sum.sums().parts().get(reads.x()), null, sum.sums().bias(), shifted.bias())),
                null, true);
    }

    private boolean isCarried(Ref ref) {
        return search.isState(ref) && search.readings().gate(ref) == null;
    }

    /** 1 minus a gate. */
    private static boolean isRest(Ref ref, Ref gate) {
        return Readings.layer(ref) instanceof Elementwise one && one.function() == Elementwise.Function.SUBTRACT
                && one.arguments().getFirst().orElse(0.0) == 1 && ref.call().inputs().getFirst().equals(gate);
    }

    /** 1 - sigmoid(x) is sigmoid(-x); null of other functions. */
    private static Gate turned(Gate gate) {
        return gate.function().equals(ActivationFunction.SIGMOID)
                ? new Gate(gate.function(), gate.sums().scaled(-1))
                : null;
    }

    private WrittenCell gru(Ref ref, Gate update, Ref before, Ref candidate) {
        Gate sum = update == null ? null : search.readings().gate(candidate);
        Source h = Source.of(before);
        if (sum == null || sum.sums().parts().size() != 2) {
            return null;
        }
        for (Source source : sum.sums().parts().keySet()) {
            WrittenCell found = source.step() == Source.ALL && Readings.isOf(source.ref(), Multiply.class)
                    ? reset(ref, update, h, sum, source)
                    : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** @param product of the reset gate and h, or its product with a matrix */
    private WrittenCell reset(Ref ref, Gate update, Source h, Gate sum, Source product) {
        Part part = sum.sums().parts().get(product);
        for (List<Ref> factors : CellSearch.orders(product.ref())) {
            Gate reset = search.readings().gate(factors.getFirst());
            CellSearch.Reads reads = reset == null ? null : search.reads(List.of(update, reset));
            if (reads == null || !h.equals(reads.h()) || !update.function().equals(reset.function())
                    || !sum.sums().parts().containsKey(reads.x())) {
                continue;
            }
            List<Line> lines = new ArrayList<>(List.of(Line.of(update, reads.x(), h), Line.of(reset, reads.x(), h)));
            Sums carried = search.readings().sums(factors.getLast());
            boolean isAfter = part.kernel() == null && part.factor() == 1 && part.left() == 0
                    && carried.parts().keySet().equals(Set.of(h)) && carried.parts().get(h).kernel() != null;
            if (isAfter) {
                lines.add(new Line(sum.function(), sum.sums().parts().get(reads.x()), carried.parts().get(h),
                        sum.sums().bias(), carried.bias()));
            } else if (part.kernel() != null && factors.getLast().equals(h.ref())) {
                lines.add(new Line(sum.function(), sum.sums().parts().get(reads.x()), part, sum.sums().bias(),
                        (double[]) null));
            } else {
                continue;
            }
            return new WrittenCell(WrittenCell.Kind.GRU, reads.x(), h, null, ref, null, lines, null, isAfter);
        }
        return null;
    }
}
