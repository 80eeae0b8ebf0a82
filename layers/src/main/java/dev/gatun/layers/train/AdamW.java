package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019) as in Keras: {@code w -= rate decay w}, then Adam.
 *
 * @param adam        everything else
 * @param weightDecay not negative
 */
public record AdamW(Adam adam, double weightDecay) implements Optimizer, ClipsGradients<AdamW> {

    public AdamW {
        Arguments.required(adam, "AdamW", "adam", "for example Adam.rate(1e-3)");
        Config.below("weight_decay", weightDecay, Double.POSITIVE_INFINITY);
    }

    /** With Keras's other defaults: weight decay 0.004, betas 0.9 and 0.999, epsilon 1e-7. */
    public static AdamW rate(double learningRate) {
        return new AdamW(Adam.rate(learningRate), 0.004);
    }

    static AdamW read(Config config) {
        config.refuseBeside("beta_1", "beta_2", "epsilon", "amsgrad", "epsilon_corrected", "weight_decay");
        return new AdamW(Adam.of(config), config.number("weight_decay", 0.004));
    }

    public AdamW weightDecay(double value) {
        return new AdamW(adam, value);
    }

    public AdamW beta1(double value) {
        return new AdamW(adam.beta1(value), weightDecay);
    }

    public AdamW beta2(double value) {
        return new AdamW(adam.beta2(value), weightDecay);
    }

    public AdamW epsilon(double value) {
        return new AdamW(adam.epsilon(value), weightDecay);
    }

    /** Divides by the largest v so far. */
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
