package dev.gatun.layers.type.rnn;

import dev.gatun.layers.LstmCell;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.cell.BuiltCell;
import dev.gatun.layers.cell.CellType;

/** What is known of {@link StackedRnnCells}: an Rnn is made of its cells, see {@link StackParts}. */
public final class StackedRnnCellsType extends CellType<StackedRnnCells> {

    /** The type. */
    public StackedRnnCellsType() {
        super(StackedRnnCells.of(LstmCell.units(1)));
    }

    @Override
    public BuiltCell cell(StackedRnnCells cell, String name, int inputs) {
        throw new IllegalStateException("The cells of '" + name + "' run above each other, each in an Rnn of its own");
    }
}
