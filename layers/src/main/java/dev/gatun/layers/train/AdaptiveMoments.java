package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Adam and its kin share: means of gradients and of their squares, corrected for having begun at 0.
 *
 * @param <O> the class itself
 */
public abstract sealed class AdaptiveMoments<O extends AdaptiveMoments<O>> extends AdaptiveOptimizer<O>
        permits Adam, AdamW {

    private static final Option<Double> BETA_1 = Option.of("beta_1", OptionKind.NUMBER, 0.9)
            .check(NumberRange.BELOW_ONE);
    private static final Option<Double> BETA_2 = Option.of("beta_2", OptionKind.NUMBER, 0.999)
            .check(NumberRange.BELOW_ONE);
    private static final Option<Boolean> AMSGRAD = Option.of("amsgrad", OptionKind.FLAG, false);
    private static final Option<Boolean> EPSILON_CORRECTED = Option.of("epsilon_corrected", OptionKind.FLAG, false);
    private static final List<String> SLOTS = List.of("momentum", "velocity");
    private static final List<String> AMSGRAD_SLOTS = List.of("momentum", "velocity", "velocity_hat");

    AdaptiveMoments(ConfiguredOptimizerType<O> type, OptimizerConfiguration configuration) {
        super(type, configuration);
    }

    static <O extends AdaptiveMoments<O>> ConfiguredOptimizerType<O> type(
            String className, Function<OptimizerConfiguration, O> making, Option<?>... more) {
        Option<?>[] all = Stream.concat(
                Stream.of(BETA_1, BETA_2, EPSILON, AMSGRAD, EPSILON_CORRECTED), Stream.of(more))
                .toArray(Option<?>[]::new);
        return ConfiguredOptimizerType.of(className, making, 0.001, all).beyondKeras(EPSILON_CORRECTED);
    }

    /**
     * {@return the same optimizer with another decay of the mean of gradients}
     * @param value at least 0 and below 1, default 0.9
     * @throws IllegalArgumentException if it lies outside
     */
    public O beta1(double value) {
        return with(BETA_1, value);
    }

    /**
     * {@return the same optimizer with another decay of the mean of their squares}
     * @param value at least 0 and below 1, default 0.999
     * @throws IllegalArgumentException if it lies outside
     */
    public O beta2(double value) {
        return with(BETA_2, value);
    }

    /** {@return the same optimizer, dividing by the largest v so far} */
    public O amsgrad() {
        return with(AMSGRAD, true);
    }

    /** {@return the same optimizer, with epsilon where PyTorch has it: added to the bias-corrected root} */
    public O correctedEpsilon() {
        return with(EPSILON_CORRECTED, true);
    }

    @Override
    public final List<String> slotNames() {
        return get(AMSGRAD) ? AMSGRAD_SLOTS : SLOTS;
    }

    /** What is taken from each weight first, as a share of it: nothing, unless an optimizer says otherwise. */
    float decay() {
        return 0f;
    }

    @Override
    public final WithoutGradient withoutGradient() {
        return decay() == 0 ? WithoutGradient.STAYS_AT_START : WithoutGradient.CHANGES;
    }

    @Override
    public final void update(
            MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        double beta1 = get(BETA_1);
        double beta2 = get(BETA_2);
        double epsilon = get(EPSILON);
        double correction = Math.sqrt(1 - power(beta2, step));
        float rate = (float) ((float) learningRate() * correction / (1 - power(beta1, step)));
        float added = (float) (get(EPSILON_CORRECTED) ? epsilon * correction : epsilon);
        float mNew = (float) (1 - beta1);
        float vNew = (float) (1 - beta2);
        BlockUpdates.adam(w, g, slots[0].segment(), slots[1].segment(), get(AMSGRAD) ? slots[2].segment() : null, at,
                count, rate, mNew, vNew, added, decay());
    }

    /** By squaring: the same bits everywhere, and no array as in the JDK's {@code StrictMath.pow}. */
    private static double power(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            power *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return power;
    }
}
