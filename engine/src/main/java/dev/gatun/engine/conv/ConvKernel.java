package dev.gatun.engine.conv;

import dev.gatun.engine.gemm.GateOrder;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel of a convolution as a matrix for each group of columns: K taps of so many rows. A group is packed as a gate is,
 * its columns padded to 16, one group behind the other.
 *
 * @param taps    K
 * @param rows    of a tap: the inputs of a group
 * @param columns the outputs of a group
 * @param groups  how many there are
 */
public record ConvKernel(int taps, int rows, int columns, int groups) {

    /** Rows of all taps. */
    public int depth() {
        return Math.multiplyExact(taps, rows);
    }

    /** How the whole kernel lies in memory. */
    public WeightLayout layout() {
        List<List<Integer>> each = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            each.add(List.of(group));
        }
        return new WeightLayout(depth(), Math.multiplyExact(columns, groups), new GateOrder(each));
    }

    /** The strips of one group. */
    Strips strips() {
        return new Strips(depth(), Strips.padded(columns));
    }

    /** Where a group begins, from the start of the kernel. */
    long groupBytes(int group) {
        return group * strips().bytes();
    }

    /** Of a group transposed tap by tap: K taps of columns, each a row. */
    Strips transposed() {
        return new Strips(Math.multiplyExact(taps, columns), Strips.padded(rows));
    }

    /** Memory for all groups transposed. */
    public long transposedBytes() {
        return Math.multiplyExact(groups, transposed().bytes());
    }

    /** Columns that taps gather, of what goes in or on the way back. */
    public int widest() {
        return Math.multiplyExact(taps, Math.max(rows, columns));
    }
}
