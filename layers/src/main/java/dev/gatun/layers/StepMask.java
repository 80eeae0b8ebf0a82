package dev.gatun.layers;

/**
 * Makes a mask of numbers: of [B,T] a step counts whose number is not 0. What it makes is given to a call as its mask, by name, and
 * nowhere else. It stands between what {@code keras.ops} computes and the calls that Keras hands it to as {@code mask}.
 */
public final class StepMask extends ConfiguredLayer<StepMask> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("StepMask");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public StepMask(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that makes a mask.
     *
     * @return the layer
     */
    public static StepMask of() {
        return new StepMask(Configuration.of(OPTIONS));
    }

    @Override
    protected StepMask of(Configuration configuration) {
        return new StepMask(configuration);
    }
}
