package dev.gatun.layers;

/**
 * Lays values one behind the other along an axis: of [B,T,F] and [B,T,G] comes [B,T,F+G], along axis 1 of [B,T,F] and [B,S,F]
 * come [B,T+S,F]. All other sizes are equal. If a value has a mask, all of the steps of one without count; masks are laid
 * behind each other along axis 1, and along any other a step counts if it does in one of the values, as in Keras.
 *
 * <pre>{@code
 * Node y = Concatenate.of().on(first, second, third);       // features
 * Node longer = Concatenate.axis(1).on(before, after);      // steps
 * }</pre>
 */
public final class Concatenate extends MergeLayer<Concatenate> {

    private static final Option<Integer> AXIS = Option.of("axis", OptionKind.WHOLE, -1).check(new NotTheBatch());
    private static final Option<Boolean> DROPS = Option.of("drops_masks", OptionKind.FLAG, false).beyondKeras();

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Concatenate", AXIS, DROPS);

    /** The condition on the axis: samples stay apart. */
    private static final class NotTheBatch implements OptionCheck<Integer> {
        @Override
        public String problem(String option, Integer axis) {
            return axis != 0
                    ? null
                    : "expected as " + option + " another one than 0, the batch: samples stay apart; 1 is the first "
                            + "behind it, -1 the last";
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Concatenate(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that lays features side by side.
     *
     * @return the layer
     */
    public static Concatenate of() {
        return new Concatenate(Configuration.of(OPTIONS));
    }

    /**
     * A layer that lays values one behind the other.
     *
     * @param axis along which: 1 is the first behind the batch, negative ones count from the end
     * @return the layer
     * @throws IllegalArgumentException if it is 0, the batch
     */
    public static Concatenate axis(int axis) {
        return of().with(AXIS, axis);
    }

    @Override
    protected Concatenate of(Configuration configuration) {
        return new Concatenate(configuration);
    }

    /**
     * Says whether masks end here, as they do in Keras's function {@code keras.ops.concatenate}.
     *
     * @param drops true to have every step of the result count
     * @return this layer with it
     */
    public Concatenate dropsMasks(boolean drops) {
        return with(DROPS, drops);
    }

    /**
     * Whether masks end here.
     *
     * @return default false
     */
    public boolean dropsMasks() {
        return get(DROPS);
    }

    /**
     * The axis.
     *
     * @return default -1, the last
     */
    public int axis() {
        return get(AXIS);
    }
}
