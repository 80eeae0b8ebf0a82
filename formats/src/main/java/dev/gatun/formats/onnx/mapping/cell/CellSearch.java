package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.Ref;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for the cells of Hochreiter and Schmidhuber (LSTM), Cho et al. (GRU, both ways to reset) and Elman in what a graph
 * computes. What it has read it keeps, and it stops looking when that has taken too much work: a file may have been made for it.
 */
public final class CellSearch {

    private final Predicate<Source> isState;
    private final Readings readings = new Readings();

    /** @param isState whether a value can be what a cell carries; the other that its gates read then is its input */
    public CellSearch(Predicate<Source> isState) {
        this.isState = isState;
    }

    /** @return the step that ends at a value; null if none is found */
    public WrittenCell endingAt(Ref ref) {
        WrittenCell found = new LstmSearch(this).endingAt(ref);
        found = found == null ? new GruSearch(this).endingAt(ref) : found;
        found = found == null ? simple(ref) : found;
        return found != null && found.isWhole() ? found : null;
    }

    Readings readings() {
        return readings;
    }

    boolean isState(Ref ref) {
        return isState.test(Source.of(ref));
    }

    /** The one input and the one state that gates read; the state is null if they read none. */
    record Reads(Source x, Source h) {}

    /** Null if they read more, or no input. */
    Reads reads(List<Gate> gates) {
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

    /** The two inputs of a value, in both orders. */
    static List<List<Ref>> orders(Ref ref) {
        List<Ref> inputs = ref.call().inputs();
        return List.of(inputs, inputs.reversed());
    }

    private WrittenCell simple(Ref ref) {
        Gate gate = readings.gate(ref);
        Reads reads = gate == null ? null : reads(List.of(gate));
        return reads == null
                ? null
                : new WrittenCell(WrittenCell.Kind.SIMPLE, reads.x(), reads.h(), null, ref, null,
                        List.of(Line.of(gate, reads.x(), reads.h())), null, false);
    }
}
