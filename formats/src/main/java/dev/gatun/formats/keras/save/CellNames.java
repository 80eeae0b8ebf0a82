package dev.gatun.formats.keras.save;

import dev.gatun.layers.Layer;
import dev.gatun.layers.StackedRnnCells;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the cells of a stack are called: names of their own, as the model has them for the weights, whether the user gave some or
 * not and however deep stacks lie in stacks.
 */
final class CellNames {

    private final Map<Layer, String> names = new IdentityHashMap<>();

    private CellNames(StackedRnnCells stack) {
        List<Layer> leaves = new ArrayList<>();
        List<Layer> stacks = new ArrayList<>();
        addCells(stack, leaves, stacks);
        SavedNames unused = new SavedNames(leaves.stream().map(Layer::name).filter(Objects::nonNull).toList());
        leaves.forEach(cell -> names.put(cell, cell.name() == null
                ? unused.unused(SavedModel.group(cell))
                : cell.name()));
        stacks.forEach(inner -> names.put(inner, unused.unused(LayersWithin.name(inner))));
    }

    static CellNames of(StackedRnnCells stack) {
        return new CellNames(stack);
    }

    private static void addCells(StackedRnnCells stack, List<Layer> leaves, List<Layer> stacks) {
        for (Layer cell : stack.cells()) {
            if (cell instanceof StackedRnnCells inner) {
                stacks.add(inner);
                addCells(inner, leaves, stacks);
            } else {
                leaves.add(cell);
            }
        }
    }

    String of(Layer cell) {
        return names.getOrDefault(cell, LayersWithin.name(cell));
    }
}
