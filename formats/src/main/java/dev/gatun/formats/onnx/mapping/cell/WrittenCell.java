package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.ActivationFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One step of a recurrent cell, as it was found.
 *
 * @param kind         of the cell
 * @param x            what it reads
 * @param before       h before the step; null if it begins at zeros
 * @param cellBefore   c before the step; null if there is none, or it begins at zeros
 * @param after        h behind the step
 * @param cellAfter    c behind the step; null if there is none
 * @param lines        the gates in Keras's order; a cell that begins at zeros may have no forget or reset gate
 * @param shown        the function of c, of an LSTM
 * @param isResetAfter whether a GRU resets behind the product
 */
public record WrittenCell(
        Kind kind, Source x, Source before, Ref cellBefore, Ref after, Ref cellAfter, List<Line> lines,
        ActivationFunction shown, boolean isResetAfter) {

    /** What a cell is. */
    public enum Kind {
        /** Four gates, h and c. */
        LSTM,
        /** Three gates. */
        GRU,
        /** One function of one sum. */
        SIMPLE
    }

    /** The gate that a cell which begins at zeros may do without: forget, or reset. */
    private static final int NEEDLESS = 1;

    public int units() {
        return lines.getFirst().bias().length;
    }

    /** I: the rows of the kernel. */
    public int width() {
        return lines.stream().filter(line -> line.input() != null).mapToInt(line -> line.input().rows()).max()
                .orElse(0);
    }

    /** Whether all gates have as many rows as there are inputs and units. */
    boolean isWhole() {
        int width = width();
        return width > 0 && lines.stream().allMatch(line -> line.bias().length == units()
                && (line.recurrentBias() == null || line.recurrentBias().length == units())
                && (line.input() == null || line.input().kernel() == null || line.input().rows() == width)
                && (line.state() == null || line.state().rows() == units() && line.state().kernel() != null));
    }

    /** Whether it is the same cell, with the same weights; this one may begin at zeros. */
    public boolean isSameCell(WrittenCell other) {
        List<Line> others = new ArrayList<>(other.lines);
        if (others.size() == lines.size() + 1) {
            others.remove(NEEDLESS);
        }
        boolean isSame = kind == other.kind && isResetAfter == other.isResetAfter
                && lines.size() == others.size()
                && (shown == null ? other.shown == null : shown.equals(other.shown));
        for (int line = 0; line < lines.size() && isSame; line++) {
            isSame = lines.get(line).isEqual(others.get(line), before == null);
        }
        return isSame;
    }

    /** The same cell over what a product for all steps reads, if its input is that product. */
    public WrittenCell overSteps(Ref sequence) {
        Sums sums = new Readings().sumsOfSteps(sequence);
        if (sums.parts().size() != 1) {
            return new WrittenCell(kind, Source.of(sequence), before, cellBefore, after, cellAfter, lines, shown,
                    isResetAfter);
        }
        Map.Entry<Source, Part> read = sums.parts().entrySet().iterator().next();
        List<Line> over = new ArrayList<>();
        for (Line line : lines) {
            Line other = line.over(sums, read.getValue());
            if (other == null || read.getKey().isTurned() || read.getValue().kernel() == null) {
                return new WrittenCell(kind, Source.of(sequence), before, cellBefore, after, cellAfter, lines, shown,
                        isResetAfter);
            }
            over.add(other);
        }
        return new WrittenCell(kind, read.getKey(), before, cellBefore, after, cellAfter, over, shown, isResetAfter);
    }
}
