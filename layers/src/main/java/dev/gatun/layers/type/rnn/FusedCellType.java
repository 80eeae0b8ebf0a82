package dev.gatun.layers.type.rnn;

import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.cell.BuiltCell;
import dev.gatun.layers.cell.CellType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a cell of which there is a layer that runs it over a sequence: that layer is built and runs in its place.
 *
 * @param <C> the class of cells
 */
public final class FusedCellType<C extends Layer & RecurrentCell> extends CellType<C> {

    private final String layer;

    /**
     * A type.
     *
     * @param prototype a cell of the class
     * @param layer     class name of the layer, which has the cell's options
     */
    public FusedCellType(C prototype, String layer) {
        super(prototype);
        this.layer = layer;
    }

    /** The layer that does what the cell does over a sequence. */
    Layer over(Rnn sequence, LayerTypes types) {
        Map<String, Object> config = new LinkedHashMap<>(sequence.config());
        config.remove("cell");
        config.putAll(sequence.cell().config());
        return types.layer(layer, sequence.name(), config);
    }

    @Override
    public BuiltCell cell(C cell, String name, int inputs) {
        throw new IllegalStateException(cell.kind() + " in '" + name + "' runs as the layer " + layer);
    }
}
