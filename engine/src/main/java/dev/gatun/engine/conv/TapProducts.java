package dev.gatun.engine.conv;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/** All groups of a convolution, either way, shared by the threads of a team. */
final class TapProducts {

    private final TapProduct[] groups;

    private TapProducts(TapProduct[] groups) {
        this.groups = groups;
    }

    /**
     * With the kernel as it lies: each group reads rows of a tap and makes columns.
     *
     * @param weights where the kernel lies
     * @param at      byte offset of the kernel
     * @param made    rows that are made
     * @param start   values to begin at: those rows, or one row for all
     */
    static TapProducts plain(
            ConvKernel kernel, MemorySegment weights, long at, TapRead read, RowsView made, RowsView start,
            TapScratch scratch) {
        TapProduct[] groups = new TapProduct[kernel.groups()];
        for (int group = 0; group < groups.length; group++) {
            groups[group] = new TapProduct(read.group(group, kernel.rows(), scratch), scratch, weights,
                    at + kernel.groupBytes(group), kernel.strips(),
                    made(group, kernel.columns(), made, start, groups.length), read.zeros());
        }
        return new TapProducts(groups);
    }

    /** With the transposed kernel: each group reads columns of a tap and makes rows. */
    static TapProducts transposed(
            ConvKernel kernel, TransposedTaps transposed, TapRead read, RowsView made, RowsView start,
            TapScratch scratch) {
        TapProduct[] groups = new TapProduct[kernel.groups()];
        for (int group = 0; group < groups.length; group++) {
            groups[group] = new TapProduct(read.group(group, kernel.columns(), scratch), scratch,
                    transposed.segment(), transposed.groupBytes(group), kernel.transposed(),
                    made(group, kernel.rows(), made, start, groups.length), read.zeros());
        }
        return new TapProducts(groups);
    }

    private static TapProduct.Made made(int group, int columns, RowsView made, RowsView start, int groups) {
        return new TapProduct.Made(TapRead.columns(made, group * columns), TapRead.columns(start, group * columns),
                columns, groups > 1);
    }

    /** Sizes of the runs that follow. */
    void resize(ConvSizes sizes, int readSteps, int earlierSteps) {
        for (TapProduct group : groups) {
            group.gathered().resize(sizes, readSteps, earlierSteps);
        }
    }

    /** A team member's share of so many rows: of rows if there are some for all, else of groups, or of the one group's strips. */
    void share(int rows, int member, int size) {
        if (Partition.hasRowsForAll(rows, size)) {
            rows(Partition.firstRow(rows, member, size), Partition.rowsOf(rows, member, size), member);
        } else if (groups.length == 1) {
            int strips = groups[0].strips();
            groups[0].rows(0, rows, Partition.first(strips, member, size), Partition.first(strips, member + 1, size),
                    member);
        } else {
            int end = Partition.first(groups.length, member + 1, size);
            for (int group = Partition.first(groups.length, member, size); group < end; group++) {
                groups[group].rows(0, rows, 0, groups[group].strips(), member);
            }
        }
    }

    private void rows(int first, int count, int member) {
        for (TapProduct group : groups) {
            group.rows(first, count, 0, group.strips(), member);
        }
    }
}
