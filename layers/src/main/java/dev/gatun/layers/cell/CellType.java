package dev.gatun.layers.cell;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;

/**
 * What is known of a class of cells. One of a user's own is registered as every type of layers is, as a service of
 * {@link LayerType}; an {@link dev.gatun.layers.Rnn} finds it there.
 *
 * @param <C> the class of cells
 */
public abstract class CellType<C extends Layer & RecurrentCell> extends LayerType<C> {

    private static final String WHY = "is a cell, which makes one step: put it into an Rnn, Rnn.of(...)";

    /**
     * A type.
     *
     * @param prototype a cell of the class, whatever its options are
     */
    protected CellType(C prototype) {
        super(prototype);
    }

    /**
     * Decides the weights of a cell in an Rnn.
     *
     * @param cell   its options
     * @param name   of the Rnn in the model, for messages
     * @param inputs how wide a step of the sequence is
     * @return a cell that knows its weights
     * @throws dev.gatun.memory.ShapeException if it cannot read steps of that width
     */
    public abstract BuiltCell cell(C cell, String name, int inputs);

    /** Refused: a cell is no layer by itself. */
    @Override
    public final BuiltLayer build(C cell, String name, CallArguments<Shape> shapes) {
        Arguments.required(cell, "CellType.build", "cell", "a cell");
        Arguments.required(name, "CellType.build", "name", "a name");
        Arguments.required(shapes, "CellType.build", "shapes", "what it would read");
        throw new IllegalArgumentException(cell.kind() + " '" + name + "' " + WHY);
    }

    @Override
    public final MaskRule masks(C cell) {
        return MaskRule.CONSUME;
    }

    @Override
    public final Stepping stepping(C cell) {
        return new Stepping.WholeSequence(WHY);
    }
}
