package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Add;
import dev.gatun.layers.Multiply;
import java.util.List;

/** Looks for steps of an LSTM: c = f c + i n, h = o shown(c). */
record LstmSearch(CellSearch search) {

    /** @return null if there is none */
    WrittenCell endingAt(Ref ref) {
        if (!Readings.isOf(ref, Multiply.class)) {
            return null;
        }
        for (List<Ref> sides : CellSearch.orders(ref)) {
            Gate output = search.readings().gate(sides.getFirst());
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
        for (List<Ref> terms : CellSearch.orders(cell)) {
            Ref kept = terms.getFirst();
            Ref added = terms.getLast();
            WrittenCell found = null;
            if (Zeros.isProduct(kept)) {
                found = lstm(ref, output, shown, cell, null, added, null);
            } else if (Readings.isOf(kept, Multiply.class)) {
                for (List<Ref> factors : CellSearch.orders(kept)) {
                    Gate forget = search.readings().gate(factors.getFirst());
                    found = found != null || forget == null || !search.isState(factors.getLast())
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
        for (List<Ref> factors : CellSearch.orders(added)) {
            Gate input = search.readings().gate(factors.getFirst());
            Gate candidate = search.readings().gate(factors.getLast());
            if (input == null || candidate == null || !input.function().equals(output.function())
                    || forget != null && !forget.function().equals(output.function())) {
                continue;
            }
            List<Gate> gates = forget == null
                    ? List.of(input, candidate, output)
                    : List.of(input, forget, candidate, output);
            CellSearch.Reads reads = search.reads(gates);
            if (reads != null && (reads.h() == null) == (forget == null)) {
                return new WrittenCell(WrittenCell.Kind.LSTM, reads.x(), reads.h(), before, ref, cell,
                        gates.stream().map(gate -> Line.of(gate, reads.x(), reads.h())).toList(), shown, false);
            }
        }
        return null;
    }
}
