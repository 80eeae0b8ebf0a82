package dev.gatun.engine.rnn;

import java.util.ArrayList;
import java.util.List;

/** A stage of a time step: the products of some groups of gates, and then what the cell makes of these gates. */
final class StageForward {

    private final int stage;
    private final boolean last;
    private final int blocks;
    private final GateProducts[] groups;
    private final CellSteps cell;

    private StageForward(int stage, boolean last, int blocks, List<GateProducts> groups, CellSteps cell) {
        this.stage = stage;
        this.last = last;
        this.blocks = blocks;
        this.groups = groups.toArray(new GateProducts[0]);
        this.cell = cell;
    }

    /** @param blocks groups of 16 units that several rows take at a time */
    static StageForward of(CellGates gates, int stage, int blocks, GateProducts[] products, CellSteps cell) {
        List<GateProducts> own = new ArrayList<>();
        for (GateProducts each : products) {
            if (each.stage() == stage) {
                own.add(each);
            }
        }
        return new StageForward(stage, stage == gates.stages() - 1, blocks, own, cell);
    }

    boolean isLast() {
        return last;
    }

    /** Groups of 16 units that several rows take at a time. */
    int blocks() {
        return blocks;
    }

    CellSteps cell() {
        return cell;
    }

    void products(
            long xRow, long hRow, long carriedRow, long zRow, int rows, int firstBlock, int endBlock,
            boolean fromLast) {
        long readRow = stage == 0 ? hRow : carriedRow;
        for (int i = 0; i < groups.length; i++) {
            groups[i].step(xRow, readRow, zRow, rows, firstBlock, endBlock, fromLast);
        }
    }
}
