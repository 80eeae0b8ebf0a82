package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Gradient descent, Keras's {@code SGD}: {@code w -= rate g}; with momentum {@code m = momentum m - rate g; w += m};
 * with Nesterov's, {@code w += momentum m - rate g} instead.
 */
public final class Sgd extends ConfiguredOptimizer<Sgd> {

    private static final Option<Double> MOMENTUM = Option.of("momentum", OptionKind.NUMBER, 0.0)
            .check(NumberRange.SHARE);
    private static final Option<Boolean> NESTEROV = Option.of("nesterov", OptionKind.FLAG, false);

    static final ConfiguredOptimizerType<Sgd> TYPE = ConfiguredOptimizerType.of("SGD", Sgd::new, 0.01, MOMENTUM,
            NESTEROV);

    Sgd(OptimizerConfiguration configuration) {
        super(TYPE, configuration);
    }

    /**
     * Plain gradient descent, without momentum.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static Sgd rate(double learningRate) {
        return TYPE.rate(learningRate);
    }

    @Override
    public List<String> slotNames() {
        return get(MOMENTUM) == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public WithoutGradient withoutGradient() {
        return get(MOMENTUM) == 0 ? WithoutGradient.STAYS : WithoutGradient.STAYS_AT_START;
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        float rate = (float) learningRate();
        double momentum = get(MOMENTUM);
        if (momentum == 0) {
            BlockUpdates.sgd(w, g, at, count, rate);
        } else {
            BlockUpdates.momentum(w, g, slots[0].segment(), at, count, rate, (float) momentum, get(NESTEROV));
        }
    }

    /**
     * {@return the same optimizer with another momentum}
     * @param value 0 to 1; 0, the default, for none
     * @throws IllegalArgumentException if it lies outside
     */
    public Sgd momentum(double value) {
        return with(MOMENTUM, value);
    }

    /** {@return the same optimizer with Nesterov's look ahead, which needs a momentum to have an effect} */
    public Sgd nesterov() {
        return with(NESTEROV, true);
    }
}
