package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019) as in Keras: {@code w -= rate decay w}, then Adam.
 *
 * @param adam        everything else, the learning rate included
 * @param weightDecay share of a weight taken away at a rate of 1; not negative, finite, default 0.004
 */
public record AdamW(Adam adam, double weightDecay) implements Optimizer, ClipsGradients<AdamW> {

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if adam is null
     * @throws IllegalArgumentException if the weight decay is negative or infinite
     */
    public AdamW {
        Arguments.required(adam, "AdamW", "adam", "for example Adam.rate(1e-3)");
        NumberRange.below("weight_decay", weightDecay, Double.POSITIVE_INFINITY);
    }

    /**
     * AdamW with Keras's other defaults: weight decay 0.004, betas 0.9 and 0.999, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static AdamW rate(double learningRate) {
        return new AdamW(Adam.rate(learningRate), 0.004);
    }

    static AdamW read(ConfigReader config) {
        config.refuseBeside("beta_1", "beta_2", "epsilon", "amsgrad", "epsilon_corrected", "weight_decay");
        return new AdamW(Adam.of(config), config.number("weight_decay", 0.004));
    }

    /**
     * {@return the same optimizer with another weight decay}
     * @param value not negative, finite, default 0.004
     * @throws IllegalArgumentException if it lies outside
     */
    public AdamW weightDecay(double value) {
        return new AdamW(adam, value);
    }

    /**
     * {@return the same optimizer with another decay of the mean of gradients}
     * @param value at least 0 and below 1, default 0.9
     * @throws IllegalArgumentException if it lies outside
     */
    public AdamW beta1(double value) {
        return new AdamW(adam.beta1(value), weightDecay);
    }

    /**
     * {@return the same optimizer with another decay of the mean of their squares}
     * @param value at least 0 and below 1, default 0.999
     * @throws IllegalArgumentException if it lies outside
     */
    public AdamW beta2(double value) {
        return new AdamW(adam.beta2(value), weightDecay);
    }

    /**
     * {@return the same optimizer with another epsilon}
     * @param value positive and finite, default 1e-7
     * @throws IllegalArgumentException if it is not
     */
    public AdamW epsilon(double value) {
        return new AdamW(adam.epsilon(value), weightDecay);
    }

    /** {@return the same optimizer, dividing by the largest v so far} */
    public AdamW amsgrad() {
        return new AdamW(adam.amsgrad(), weightDecay);
    }

    @Override
    public double learningRate() {
        return adam.learningRate();
    }

    @Override
    public AdamW learningRate(double rate) {
        return new AdamW(adam.learningRate(rate), weightDecay);
    }

    @Override
    public Clipping clipping() {
        return adam.clipping();
    }

    @Override
    public AdamW clipping(Clipping other) {
        return new AdamW(adam.clipping(other), weightDecay);
    }

    @Override
    public String className() {
        return "AdamW";
    }

    @Override
    public List<String> slotNames() {
        return adam.slotNames();
    }

    @Override
    public void write(Map<String, Object> config) {
        adam.write(config);
        config.put("weight_decay", weightDecay);
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        adam.update(w, g, slots, at, count, step, (float) ((float) learningRate() * weightDecay));
    }
}
