package dev.gatun.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * What makes one step of a recurrent layer, and no more: an {@link Rnn} runs it over a sequence. Implemented by layers, whose type
 * says how the step is computed: a cell of a user's own extends {@link ConfiguredLayer} and has a
 * {@code dev.gatun.layers.cell.CellType}. As a layer by itself a cell is refused. Sizes and names depend on the cell's options
 * alone, never on what it reads.
 */
public interface RecurrentCell {

    /**
     * How wide each state is that goes from one step to the next.
     *
     * @return at least one; of an LSTM the units for h and again for c
     */
    List<Integer> stateSizes();

    /**
     * How wide what a step returns is.
     *
     * @return that of the first state unless the cell says otherwise
     */
    default int outputSize() {
        return stateSizes().getFirst();
    }

    /**
     * What the states are called where an {@link Rnn} returns them.
     *
     * @return as many as there are states; h for one, h and c for two, and a number for each of more unless the cell says
     *         otherwise
     */
    default List<String> stateNames() {
        int count = stateSizes().size();
        if (count < 3) {
            return List.of("h", "c").subList(0, count);
        }
        List<String> names = new ArrayList<>();
        for (int state = 0; state < count; state++) {
            names.add(String.valueOf(state));
        }
        return List.copyOf(names);
    }
}
