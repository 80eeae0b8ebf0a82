package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells above each other as one cell: each reads what the one below it makes in the same step. An {@link Rnn} over it computes
 * what recurrent layers above each other do, and has the states of all cells, the lowest cell's first. Every place has weights
 * of its own, also where one cell object is given twice.
 */
public final class StackedRnnCells extends ConfiguredLayer<StackedRnnCells> implements RecurrentCell {

    private static final Option<List<Layer>> CELLS = Option.required("cells", OptionKind.LAYERS)
            .check(StackedRnnCells::problem);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("StackedRNNCells", CELLS).only("reverse_state_order", false);

    /**
     * A stack of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public StackedRnnCells(Configuration configuration) {
        super(configuration);
    }

    /**
     * Cells above each other.
     *
     * @param cells from the lowest to the highest, at least one: LstmCell, GruCell, a stack, a cell of your own, ...
     * @return one cell
     * @throws IllegalArgumentException if there is none, or one is no cell
     */
    public static StackedRnnCells of(Layer... cells) {
        return new StackedRnnCells(Configuration.of(OPTIONS).with(CELLS,
                Arguments.all(cells, "StackedRnnCells.of", "cells", "for example LstmCell.units(8)")));
    }

    private static String problem(String option, List<Layer> cells) {
        for (Layer cell : cells) {
            String wrong = new CellCheck().problem(option, cell);
            if (wrong != null) {
                return wrong;
            }
        }
        return cells.isEmpty() ? "expected at least one cell, got none" : null;
    }

    @Override
    protected StackedRnnCells of(Configuration configuration) {
        return new StackedRnnCells(configuration);
    }

    /**
     * The cells.
     *
     * @return from the lowest to the highest
     */
    public List<Layer> cells() {
        return get(CELLS);
    }

    /** Those of all cells, the lowest cell's first. */
    @Override
    public List<Integer> stateSizes() {
        List<Integer> sizes = new ArrayList<>();
        cells().forEach(cell -> sizes.addAll(((RecurrentCell) cell).stateSizes()));
        return List.copyOf(sizes);
    }

    /** That of the highest cell. */
    @Override
    public int outputSize() {
        return ((RecurrentCell) cells().getLast()).outputSize();
    }

    /** Each with the place of its cell before it, counted from 0: {@code 0_h, 0_c, 1_h}. */
    @Override
    public List<String> stateNames() {
        List<String> names = new ArrayList<>();
        for (int cell = 0; cell < cells().size(); cell++) {
            for (String name : ((RecurrentCell) cells().get(cell)).stateNames()) {
                names.add(cell + "_" + name);
            }
        }
        return List.copyOf(names);
    }
}
