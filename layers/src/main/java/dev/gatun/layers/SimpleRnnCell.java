package dev.gatun.layers;

/**
 * One step of a {@link SimpleRnn}, for an {@link Rnn} or a stack of cells: one state, h [B,U]. Weights as those of the layer:
 * kernel [I,U], recurrent kernel [U,U], bias [U].
 */
public final class SimpleRnnCell extends KernelCell<SimpleRnnCell> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("SimpleRNNCell", SimpleRnn.OPTIONS);

    /**
     * A cell of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public SimpleRnnCell(Configuration configuration) {
        super(configuration);
    }

    /**
     * A cell with Keras's defaults.
     *
     * @param units U, at least 1
     * @return a cell of U units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static SimpleRnnCell units(int units) {
        return new SimpleRnnCell(Configuration.of(OPTIONS).with(RecurrentLayer.UNITS, units));
    }

    /**
     * The cell of a layer, with all of its options, those that have no method here too.
     *
     * @param layer for example {@code SimpleRnn.units(8).learnInitialState()}
     * @return one step of it
     * @throws IllegalArgumentException if the layer says something of the sequence, which is the {@link Rnn}'s to say
     */
    public static SimpleRnnCell of(SimpleRnn layer) {
        return new SimpleRnnCell(of(OPTIONS, layer));
    }

    @Override
    protected SimpleRnnCell of(Configuration configuration) {
        return new SimpleRnnCell(configuration);
    }
}
