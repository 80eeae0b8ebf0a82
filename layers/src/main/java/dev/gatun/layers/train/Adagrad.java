package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * Adagrad (Duchi, Hazan, Singer 2011) as in Keras: {@code a += g^2; w -= rate g / sqrt(a + epsilon)}.
 *
 * @param learningRate       factor of every step, positive and finite
 * @param initialAccumulator what a is before the first step, not negative, finite, default 0.1
 * @param epsilon            keeps the divisor from 0, positive and finite, default 1e-7
 * @param clipping           what is done to gradients first; {@link Clipping#NONE} for nothing
 */
public record Adagrad(double learningRate, double initialAccumulator, double epsilon, Clipping clipping)
        implements
            Optimizer,
            ClipsGradients<Adagrad> {

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if clipping is null
     * @throws IllegalArgumentException if a number lies outside its range
     */
    public Adagrad {
        Arguments.required(clipping, "Adagrad", "clipping", "Clipping.NONE for none");
        NumberRange.positive("learning_rate", learningRate);
        NumberRange.below("initial_accumulator_value", initialAccumulator, Double.POSITIVE_INFINITY);
        NumberRange.positive("epsilon", epsilon);
    }

    /**
     * Adagrad with Keras's other defaults: initial accumulator 0.1, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static Adagrad rate(double learningRate) {
        return new Adagrad(learningRate, 0.1, 1e-7, Clipping.NONE);
    }

    static Adagrad read(ConfigReader config) {
        config.refuseBeside("initial_accumulator_value", "epsilon");
        return new Adagrad(config.number("learning_rate", 0.001), config.number("initial_accumulator_value", 0.1),
                config.number("epsilon", 1e-7), Clipping.read(config));
    }

    /**
     * {@return the same optimizer with another start of the sum of squares}
     * @param value not negative, finite, default 0.1
     * @throws IllegalArgumentException if it lies outside
     */
    public Adagrad initialAccumulator(double value) {
        return new Adagrad(learningRate, value, epsilon, clipping);
    }

    /**
     * {@return the same optimizer with another epsilon}
     * @param value positive and finite, default 1e-7
     * @throws IllegalArgumentException if it is not
     */
    public Adagrad epsilon(double value) {
        return new Adagrad(learningRate, initialAccumulator, value, clipping);
    }

    @Override
    public Adagrad learningRate(double rate) {
        return new Adagrad(rate, initialAccumulator, epsilon, clipping);
    }

    @Override
    public Adagrad clipping(Clipping other) {
        return new Adagrad(learningRate, initialAccumulator, epsilon, other);
    }

    @Override
    public String className() {
        return "Adagrad";
    }

    @Override
    public List<String> slotNames() {
        return List.of("accumulator");
    }

    @Override
    public float slotStart() {
        return (float) initialAccumulator;
    }

    @Override
    public void write(Map<String, Object> config) {
        Arguments.required(config, "Adagrad.write", "config", "a map of the configuration");
        config.put("initial_accumulator_value", initialAccumulator);
        config.put("epsilon", epsilon);
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        BlockUpdates.adagrad(w, g, slots[0].segment(), at, count, (float) learningRate, (float) epsilon);
    }
}
