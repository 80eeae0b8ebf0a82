package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop (Hinton 2012) as in Keras 3: {@code v = rho v + (1 - rho) g^2; w -= rate g / sqrt(v + epsilon)}. Keras 2 had
 * {@code sqrt(v) + epsilon}: {@link #epsilonOutside}.
 */
public final class RmsProp extends AdaptiveOptimizer<RmsProp> {

    private static final Option<Double> RHO = Option.of("rho", OptionKind.NUMBER, 0.9).check(NumberRange.SHARE);
    private static final Option<Double> MOMENTUM = Option.of("momentum", OptionKind.NUMBER, 0.0)
            .check(NumberRange.SHARE);
    private static final Option<Boolean> CENTERED = Option.of("centered", OptionKind.FLAG, false);
    private static final Option<Boolean> EPSILON_OUTSIDE = Option.of("epsilon_outside", OptionKind.FLAG, false);

    static final ConfiguredOptimizerType<RmsProp> TYPE = ConfiguredOptimizerType
            .of("RMSprop", RmsProp::new, 0.001, RHO, MOMENTUM, EPSILON, CENTERED, EPSILON_OUTSIDE)
            .beyondKeras(EPSILON_OUTSIDE);

    RmsProp(OptimizerConfiguration configuration) {
        super(TYPE, configuration);
    }

    /**
     * RMSprop with Keras's other defaults: rho 0.9, no momentum, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static RmsProp rate(double learningRate) {
        return TYPE.rate(learningRate);
    }

    @Override
    public List<String> slotNames() {
        List<String> names = new ArrayList<>(List.of("velocity"));
        if (get(CENTERED)) {
            names.add("average_gradient");
        }
        if (get(MOMENTUM) != 0) {
            names.add("momentum");
        }
        return List.copyOf(names);
    }

    @Override
    public WithoutGradient withoutGradient() {
        return WithoutGradient.STAYS_AT_START;
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        double rho = get(RHO);
        double momentum = get(MOMENTUM);
        float epsilon = get(EPSILON).floatValue();
        MemorySegment v = slots[0].segment();
        MemorySegment mean = get(CENTERED) ? slots[1].segment() : null;
        MemorySegment m = momentum != 0 ? slots[slots.length - 1].segment() : null;
        float inner = get(EPSILON_OUTSIDE) ? 0f : epsilon;
        float outer = get(EPSILON_OUTSIDE) ? epsilon : 0f;
        BlockUpdates.rmsProp(w, g, v, mean, m, at, count, (float) learningRate(), (float) rho, (float) (1 - rho),
                inner, outer, (float) momentum);
    }

    /**
     * {@return the same optimizer with another decay of the mean of squares}
     * @param value 0 to 1, default 0.9
     * @throws IllegalArgumentException if it lies outside
     */
    public RmsProp rho(double value) {
        return with(RHO, value);
    }

    /**
     * {@return the same optimizer with another momentum}
     * @param value 0 to 1; 0, the default, for none
     * @throws IllegalArgumentException if it lies outside
     */
    public RmsProp momentum(double value) {
        return with(MOMENTUM, value);
    }

    /** {@return the same optimizer, dividing by the variance of the gradient} */
    public RmsProp centered() {
        return with(CENTERED, true);
    }

    /** {@return the same optimizer, with epsilon where Keras 2 had it: added after the root} */
    public RmsProp epsilonOutside() {
        return with(EPSILON_OUTSIDE, true);
    }
}
