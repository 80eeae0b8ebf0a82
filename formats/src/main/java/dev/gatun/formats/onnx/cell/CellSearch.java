package dev.gatun.formats.onnx.cell;

import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Add;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Subtract;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for the cells of Hochreiter and Schmidhuber (LSTM), Cho et al. (GRU, both ways to reset) and Elman in what a graph computes.
 *
 * @param isState whether a value can be what a cell carries; the other that its gates read then is its input
 */
public record CellSearch(Predicate<Source> isState) {

    /** @return the step that ends at a value; null if none is found */
    public WrittenCell endingAt(Ref ref) {
        WrittenCell found = lstm(ref);
        found = found == null ? gru(ref) : found;
        found = found == null ? simple(ref) : found;
        return found != null && found.isWhole() ? found : null;
    }

    /** The one input and the one state that gates read. */
    private record Reads(Source x, Source h) {}

    private Reads reads(List<Gate> gates) {
        Set<Source> all = new LinkedHashSet<>();
        gates.forEach(gate -> all.addAll(gate.sums().parts().keySet()));
        Source x = null;
        Source h = null;
        for (Source source : all) {
            boolean isH = isState.test(source);
            if ((isH ? h : x) != null) {
                return null;
            }
            h = isH ? source : h;
            x = isH ? x : source;
        }
        return x == null ? null : new Reads(x, h);
    }

    private static List<List<Ref>> orders(Ref ref) {
        List<Ref> inputs = ref.call().inputs();
        return List.of(inputs, inputs.reversed());
    }

    private WrittenCell simple(Ref ref) {
        Gate gate = Readings.gate(ref);
        Reads reads = gate == null ? null : reads(List.of(gate));
        return reads == null
                ? null
                : new WrittenCell(WrittenCell.Kind.SIMPLE, reads.x(), reads.h(), null, ref, null,
                        List.of(Line.of(gate, reads.x(), reads.h())), null, false);
    }

    private WrittenCell lstm(Ref ref) {
        if (!Readings.isOf(ref, Multiply.class)) {
            return null;
        }
        for (List<Ref> sides : orders(ref)) {
            Gate output = Readings.gate(sides.getFirst());
            if (output != null && Readings.layer(sides.getLast()) instanceof Activation shown) {
                Ref cell = sides.getLast().call().inputs().getFirst();
                WrittenCell found = lstm(ref, output, shown.function(), cell);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private WrittenCell lstm(Ref ref, Gate output, ActivationFunction shown, Ref cell) {
        if (Readings.isOf(cell, Multiply.class)) {
            return lstm(ref, output, shown, cell, null, cell, null);
        }
        if (!Readings.isOf(cell, Add.class)) {
            return null;
        }
        for (List<Ref> terms : orders(cell)) {
            Ref kept = terms.getFirst();
            Ref added = terms.getLast();
            WrittenCell found = null;
            if (isTimesZero(kept)) {
                found = lstm(ref, output, shown, cell, null, added, null);
            } else if (Readings.isOf(kept, Multiply.class)) {
                for (List<Ref> factors : orders(kept)) {
                    Gate forget = Readings.gate(factors.getFirst());
                    found = found != null || forget == null || !isState.test(Source.of(factors.getLast()))
                            ? found
                            : lstm(ref, output, shown, cell, forget, added, factors.getLast());
                }
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** @param forget null of a step that begins at zeros, whose forget gate does nothing */
    private WrittenCell lstm(Ref ref, Gate output, ActivationFunction shown, Ref cell, Gate forget, Ref added,
            Ref before) {
        if (!Readings.isOf(added, Multiply.class)) {
            return null;
        }
        for (List<Ref> factors : orders(added)) {
            Gate input = Readings.gate(factors.getFirst());
            Gate candidate = Readings.gate(factors.getLast());
            if (input == null || candidate == null || !input.function().equals(output.function())
                    || forget != null && !forget.function().equals(output.function())) {
                continue;
            }
            List<Gate> gates = forget == null
                    ? List.of(input, candidate, output)
                    : List.of(input, forget, candidate, output);
            Reads reads = reads(gates);
            if (reads != null && (reads.h() == null) == (forget == null)) {
                return new WrittenCell(WrittenCell.Kind.LSTM, reads.x(), reads.h(), before, ref, cell,
                        gates.stream().map(gate -> Line.of(gate, reads.x(), reads.h())).toList(), shown, false);
            }
        }
        return null;
    }

    private static boolean isTimesZero(Ref ref) {
        return number(ref, Elementwise.Function.MULTIPLY, 0) || number(ref, Elementwise.Function.MULTIPLY, 1);
    }

    /** Whether a value meets 0 at a place. */
    private static boolean number(Ref ref, Elementwise.Function function, int place) {
        return Readings.layer(ref) instanceof Elementwise one && one.function() == function
                && one.arguments().size() > place && one.arguments().get(place).orElse(1.0) == 0;
    }

    private WrittenCell gru(Ref ref) {
        if (!Readings.isOf(ref, Add.class)) {
            return null;
        }
        for (List<Ref> terms : orders(ref)) {
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
        for (List<Ref> factors : orders(kept)) {
            Gate update = Readings.gate(factors.getFirst());
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
                for (List<Ref> opposite : orders(added)) {
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
        if (isTimesZero(kept) && Readings.isOf(added, Multiply.class)) {
            Ref gate = kept.call().inputs().getFirst();
            for (List<Ref> factors : orders(added)) {
                if (isRest(factors.getFirst(), gate)) {
                    return begunAt(ref, gate, factors.getLast());
                }
            }
        }
        if (Readings.isOf(kept, Multiply.class)) {
            for (List<Ref> factors : orders(kept)) {
                Ref turned = factors.getLast();
                if (number(turned, Elementwise.Function.SUBTRACT, 0)
                        && turned.call().inputs().getFirst().equals(added)) {
                    return begunAt(ref, factors.getFirst(), added);
                }
            }
        }
        return null;
    }

    /** The state's half of n is r times a bias. */
    private WrittenCell begunAt(Ref ref, Ref gate, Ref candidate) {
        Gate update = Readings.gate(gate);
        Gate sum = Readings.gate(candidate);
        Reads reads = update == null || sum == null ? null : reads(List.of(update));
        if (reads == null || reads.h() != null || !sum.sums().parts().containsKey(reads.x())) {
            return null;
        }
        Line first = Line.of(update, reads.x(), null);
        if (sum.sums().parts().size() == 1) {
            return new WrittenCell(WrittenCell.Kind.GRU, reads.x(), null, null, ref, null,
                    List.of(first, Line.of(sum, reads.x(), null)), null, false);
        }
        Shifted shifted = Shifted.of(sum.sums(), reads.x());
        if (shifted == null || !shifted.reset().sums().parts().keySet().equals(Set.of(reads.x()))) {
            return null;
        }
        return new WrittenCell(WrittenCell.Kind.GRU, reads.x(), null, null, ref, null,
                List.of(first, Line.of(shifted.reset(), reads.x(), null), new Line(sum.function(),
                        sum.sums().parts().get(reads.x()), null, sum.sums().bias(), shifted.bias())),
                null, true);
    }

    private boolean isCarried(Ref ref) {
        return isState.test(Source.of(ref)) && Readings.gate(ref) == null;
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
        Gate sum = update == null ? null : Readings.gate(candidate);
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
        for (List<Ref> factors : orders(product.ref())) {
            Gate reset = Readings.gate(factors.getFirst());
            Reads reads = reset == null ? null : reads(List.of(update, reset));
            if (reads == null || !h.equals(reads.h()) || !update.function().equals(reset.function())
                    || !sum.sums().parts().containsKey(reads.x())) {
                continue;
            }
            List<Line> lines = new ArrayList<>(List.of(Line.of(update, reads.x(), h), Line.of(reset, reads.x(), h)));
            Sums carried = Readings.sums(factors.getLast());
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
