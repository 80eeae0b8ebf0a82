package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Adagrad (Duchi, Hazan, Singer 2011) as in Keras: {@code a += g^2; w -= rate g / sqrt(a + epsilon)}. */
public final class Adagrad extends AdaptiveOptimizer<Adagrad> {

    private static final Option<Double> INITIAL_ACCUMULATOR = Option
            .of("initial_accumulator_value", OptionKind.NUMBER, 0.1).check(NumberRange.NOT_NEGATIVE);

    static final ConfiguredOptimizerType<Adagrad> TYPE = ConfiguredOptimizerType.of("Adagrad", Adagrad::new, 0.001,
            INITIAL_ACCUMULATOR, EPSILON);

    Adagrad(OptimizerConfiguration configuration) {
        super(TYPE, configuration);
    }

    /**
     * Adagrad with Keras's other defaults: initial accumulator 0.1, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static Adagrad rate(double learningRate) {
        return TYPE.rate(learningRate);
    }

    @Override
    public List<String> slotNames() {
        return List.of("accumulator");
    }

    @Override
    public float slotStart() {
        return get(INITIAL_ACCUMULATOR).floatValue();
    }

    @Override
    public WithoutGradient withoutGradient() {
        return WithoutGradient.STAYS;
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        BlockUpdates.adagrad(w, g, slots[0].segment(), at, count, (float) learningRate(), get(EPSILON).floatValue());
    }

    /**
     * {@return the same optimizer with another start of the sum of squares}
     * @param value not negative, finite, default 0.1
     * @throws IllegalArgumentException if it lies outside
     */
    public Adagrad initialAccumulator(double value) {
        return with(INITIAL_ACCUMULATOR, value);
    }
}
