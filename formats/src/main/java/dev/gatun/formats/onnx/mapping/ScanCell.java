package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.mapping.cell.CellSearch;
import dev.gatun.formats.onnx.mapping.cell.Source;
import dev.gatun.formats.onnx.mapping.cell.WrittenCell;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Reshape;
import java.util.List;
import java.util.Set;

/**
 * The cell that the body of a loop is.
 *
 * @param cell     one step
 * @param states   numbers of the loop's states that the cell carries: h, and c if it has one
 * @param shown    number of the state that is what was given last, where steps may not count; -1 if there is none
 * @param input    number of the sequence that it reads
 * @param mask     number of the sequence that says which steps count; -1 if all do
 * @param isZeroed whether zeros are given where a step does not count
 */
record ScanCell(
        WrittenCell cell, List<Integer> states, int shown, int input, int mask, boolean isZeroed) {

    /** A value that is taken where a step counts. */
    private record Kept(Ref counts, Ref ifCounts, Ref otherwise) {

        /** Null if it is no such choice. */
        static Kept of(Ref ref) {
            PlannedCall call = ref.call();
            if (!(call.layer().choice().layer(Set.of(0)) instanceof Elementwise one)
                    || one.function() != Elementwise.Function.WHERE || call.inputs().size() < 2
                    || one.arguments().size() > 1 && one.arguments().get(1).isPresent()) {
                return null;
            }
            boolean isZero = call.inputs().size() == 2;
            if (isZero && one.arguments().get(2).orElse(1.0) != 0) {
                return null;
            }
            return new Kept(step(call.inputs().getFirst()), call.inputs().get(1), isZero ? null : call.inputs().get(2));
        }

        /** A column of ones and zeros may be read as a row of them. */
        private static Ref step(Ref ref) {
            return ref.call().layer().choice().layer(Set.of(0)) instanceof Reshape
                    ? ref.call().inputs().getFirst()
                    : ref;
        }
    }

    /**
     * The cell of a body.
     *
     * @param before what its states are before a step
     * @param steps  what it reads of the sequences
     * @param next   what its states are behind a step
     * @param made   what it gives of each step
     * @return null if it is none
     */
    static ScanCell of(List<Ref> before, List<Ref> steps, List<Ref> next, List<Ref> made) {
        CellSearch search = new CellSearch(source -> source.step() == Source.ALL && before.contains(source.ref()));
        for (int h = 0; h < next.size(); h++) {
            Kept kept = Kept.of(next.get(h));
            Ref after = kept == null ? next.get(h) : kept.ifCounts();
            WrittenCell cell = search.endingAt(after);
            if (cell == null || cell.x().step() != Source.ALL || cell.before() == null
                    || !cell.before().ref().equals(before.get(h))
                    || kept != null && !before.get(h).equals(kept.otherwise())) {
                continue;
            }
            ScanCell found = with(cell, kept, before, steps, next, made, h);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static ScanCell with(WrittenCell cell, Kept kept, List<Ref> before, List<Ref> steps, List<Ref> next,
            List<Ref> made, int h) {
        int input = steps.indexOf(cell.x().ref());
        int mask = kept == null ? -1 : steps.indexOf(kept.counts());
        int c = cell.cellBefore() == null ? -1 : before.indexOf(cell.cellBefore());
        List<Integer> states = c < 0 ? List.of(h) : List.of(h, c);
        if (input < 0 || kept != null && mask < 0 || steps.size() != (kept == null ? 1 : 2)
                || cell.cellBefore() != null
                        && (c < 0 || !isNext(next.get(c), cell.cellAfter(), before.get(c), kept))) {
            return null;
        }
        int shown = -1;
        boolean isZeroed = false;
        for (int state = 0; state < next.size(); state++) {
            if (!states.contains(state)) {
                Kept last = Kept.of(next.get(state));
                if (shown >= 0 || kept == null || last == null || !last.counts().equals(kept.counts())
                        || !last.ifCounts().equals(cell.after())
                        || last.otherwise() != null && !last.otherwise().equals(before.get(state))) {
                    return null;
                }
                shown = state;
                isZeroed = last.otherwise() == null;
            }
        }
        Ref given = shown >= 0 ? next.get(shown) : cell.after();
        boolean isWhole = made.stream().allMatch(given::equals) && (kept == null || shown >= 0);
        return isWhole ? new ScanCell(cell, states, shown, input, mask, isZeroed) : null;
    }

    private static boolean isNext(Ref next, Ref after, Ref before, Kept kept) {
        if (kept == null) {
            return next.equals(after);
        }
        Kept own = Kept.of(next);
        return own != null && own.counts().equals(kept.counts()) && own.ifCounts().equals(after)
                && before.equals(own.otherwise());
    }
}
