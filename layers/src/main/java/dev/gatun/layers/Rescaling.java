package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/** Multiplies by a scale and adds an offset: y = scale x + offset, of one number each, or of one for each feature. */
public final class Rescaling extends ConfiguredLayer<Rescaling> {

    private static final Option<List<Double>> SCALE = Option.required("scale", OptionKind.NUMBERS)
            .check(new FiniteNumbers());
    private static final Option<List<Double>> OFFSET = Option.of("offset", OptionKind.NUMBERS, List.of(0.0))
            .check(new FiniteNumbers());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Rescaling", SCALE, OFFSET);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Rescaling(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that multiplies.
     *
     * @param scale one number, or one for each feature
     * @return the layer
     * @throws IllegalArgumentException if a number is not finite
     */
    public static Rescaling by(double... scale) {
        Arguments.required(scale, "Rescaling.by", "scale", "a number, or one for each feature");
        return new Rescaling(Configuration.of(OPTIONS).with(SCALE, FiniteNumbers.of(scale)));
    }

    @Override
    protected Rescaling of(Configuration configuration) {
        return new Rescaling(configuration);
    }

    /**
     * Adds numbers after the product.
     *
     * @param numbers one, or one for each feature; default 0
     * @return this layer with them
     * @throws IllegalArgumentException if a number is not finite
     */
    public Rescaling plus(double... numbers) {
        Arguments.required(numbers, "Rescaling.plus", "numbers", "a number, or one for each feature");
        return with(OFFSET, FiniteNumbers.of(numbers));
    }

    /**
     * What is multiplied by.
     *
     * @return one number, or one for each feature
     */
    public List<Double> scale() {
        return get(SCALE);
    }

    /**
     * What is added then.
     *
     * @return one number, or one for each feature
     */
    public List<Double> offset() {
        return get(OFFSET);
    }
}
