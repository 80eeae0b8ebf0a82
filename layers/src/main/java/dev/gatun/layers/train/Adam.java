package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015) as in Keras: {@code m += (g - m)(1 - beta1); v += (g^2 - v)(1 - beta2);
 * w -= rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)}. PyTorch adds epsilon to the corrected root instead,
 * {@code sqrt(v / (1 - beta2^t)) + epsilon}: {@link #correctedEpsilon}.
 *
 * @param learningRate       factor of every step, positive and finite
 * @param beta1              decay of the mean of gradients, at least 0 and below 1, default 0.9
 * @param beta2              decay of the mean of their squares, at least 0 and below 1, default 0.999
 * @param epsilon            keeps the divisor from 0, positive and finite, default 1e-7
 * @param isAmsgrad          whether to divide by the largest v so far (Reddi, Kale, Kumar 2018), default false
 * @param isEpsilonCorrected whether epsilon has PyTorch's place, default false
 * @param clipping           what is done to gradients first; {@link Clipping#NONE} for nothing
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, boolean isAmsgrad,
        boolean isEpsilonCorrected, Clipping clipping) implements Optimizer, ClipsGradients<Adam> {

    private static final List<String> SLOTS = List.of("momentum", "velocity");
    private static final List<String> AMSGRAD_SLOTS = List.of("momentum", "velocity", "velocity_hat");

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if clipping is null
     * @throws IllegalArgumentException if a number lies outside its range
     */
    public Adam {
        Arguments.required(clipping, "Adam", "clipping", "Clipping.NONE for none");
        NumberRange.positive("learning_rate", learningRate);
        NumberRange.below("beta_1", beta1, 1);
        NumberRange.below("beta_2", beta2, 1);
        NumberRange.positive("epsilon", epsilon);
    }

    /**
     * Adam with Keras's other defaults: betas 0.9 and 0.999, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static Adam rate(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-7, false, false, Clipping.NONE);
    }

    static Adam read(ConfigReader config) {
        config.refuseBeside("beta_1", "beta_2", "epsilon", "amsgrad", "epsilon_corrected");
        return of(config);
    }

    static Adam of(ConfigReader config) {
        return new Adam(config.number("learning_rate", 0.001), config.number("beta_1", 0.9),
                config.number("beta_2", 0.999), config.number("epsilon", 1e-7), config.flag("amsgrad", false),
                config.flag("epsilon_corrected", false), Clipping.read(config));
    }

    /**
     * {@return the same optimizer with another decay of the mean of gradients}
     * @param value at least 0 and below 1, default 0.9
     * @throws IllegalArgumentException if it lies outside
     */
    public Adam beta1(double value) {
        return new Adam(learningRate, value, beta2, epsilon, isAmsgrad, isEpsilonCorrected, clipping);
    }

    /**
     * {@return the same optimizer with another decay of the mean of their squares}
     * @param value at least 0 and below 1, default 0.999
     * @throws IllegalArgumentException if it lies outside
     */
    public Adam beta2(double value) {
        return new Adam(learningRate, beta1, value, epsilon, isAmsgrad, isEpsilonCorrected, clipping);
    }

    /**
     * {@return the same optimizer with another epsilon}
     * @param value positive and finite, default 1e-7
     * @throws IllegalArgumentException if it is not
     */
    public Adam epsilon(double value) {
        return new Adam(learningRate, beta1, beta2, value, isAmsgrad, isEpsilonCorrected, clipping);
    }

    /** {@return the same optimizer, dividing by the largest v so far} */
    public Adam amsgrad() {
        return new Adam(learningRate, beta1, beta2, epsilon, true, isEpsilonCorrected, clipping);
    }

    /** {@return the same optimizer, with epsilon where PyTorch has it: added to the bias-corrected root} */
    public Adam correctedEpsilon() {
        return new Adam(learningRate, beta1, beta2, epsilon, isAmsgrad, true, clipping);
    }

    @Override
    public Adam learningRate(double rate) {
        return new Adam(rate, beta1, beta2, epsilon, isAmsgrad, isEpsilonCorrected, clipping);
    }

    @Override
    public Adam clipping(Clipping other) {
        return new Adam(learningRate, beta1, beta2, epsilon, isAmsgrad, isEpsilonCorrected, other);
    }

    @Override
    public String className() {
        return "Adam";
    }

    @Override
    public List<String> slotNames() {
        return isAmsgrad ? AMSGRAD_SLOTS : SLOTS;
    }

    @Override
    public void write(Map<String, Object> config) {
        Arguments.required(config, "Adam.write", "config", "a map of the configuration");
        config.put("beta_1", beta1);
        config.put("beta_2", beta2);
        config.put("epsilon", epsilon);
        config.put("amsgrad", isAmsgrad);
        if (isEpsilonCorrected) {
            config.put("epsilon_corrected", true);
        }
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        update(w, g, slots, at, count, step, 0f);
    }

    /** @param decay learning rate * weight decay, what is taken from each weight first */
    void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step, float decay) {
        double correction = Math.sqrt(1 - power(beta2, step));
        float rate = (float) ((float) learningRate * correction / (1 - power(beta1, step)));
        float added = (float) (isEpsilonCorrected ? epsilon * correction : epsilon);
        float mNew = (float) (1 - beta1);
        float vNew = (float) (1 - beta2);
        BlockUpdates.adam(w, g, slots[0].segment(), slots[1].segment(), isAmsgrad ? slots[2].segment() : null, at,
                count,
                rate, mNew, vNew, added, decay);
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
