package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * RMSprop (Hinton 2012) as in Keras 3: {@code v = rho v + (1 - rho) g^2; w -= rate g / sqrt(v + epsilon)}. Keras 2 had
 * {@code sqrt(v) + epsilon}: {@link #epsilonOutside}.
 *
 * @param learningRate     factor of every step, positive and finite
 * @param rho              decay of the mean of squares, 0 to 1, default 0.9
 * @param momentum         0 to 1; 0, the default, for none
 * @param epsilon          keeps the divisor from 0, positive and finite, default 1e-7
 * @param isCentered       whether to divide by the variance instead of the mean of squares, default false
 * @param isEpsilonOutside whether epsilon is added after the root, default false
 * @param clipping         what is done to gradients first; {@link Clipping#NONE} for nothing
 */
public record RmsProp(double learningRate, double rho, double momentum, double epsilon, boolean isCentered,
        boolean isEpsilonOutside, Clipping clipping) implements Optimizer, ClipsGradients<RmsProp> {

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if clipping is null
     * @throws IllegalArgumentException if a number lies outside its range
     */
    public RmsProp {
        Arguments.required(clipping, "RmsProp", "clipping", "Clipping.NONE for none");
        NumberRange.positive("learning_rate", learningRate);
        NumberRange.within("rho", rho, 0, 1);
        NumberRange.within("momentum", momentum, 0, 1);
        NumberRange.positive("epsilon", epsilon);
    }

    /**
     * RMSprop with Keras's other defaults: rho 0.9, no momentum, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static RmsProp rate(double learningRate) {
        return new RmsProp(learningRate, 0.9, 0, 1e-7, false, false, Clipping.NONE);
    }

    static RmsProp read(ConfigReader config) {
        config.refuseBeside("rho", "momentum", "epsilon", "centered", "epsilon_outside");
        return new RmsProp(config.number("learning_rate", 0.001), config.number("rho", 0.9),
                config.number("momentum", 0), config.number("epsilon", 1e-7), config.flag("centered", false),
                config.flag("epsilon_outside", false), Clipping.read(config));
    }

    /**
     * {@return the same optimizer with another decay of the mean of squares}
     * @param value 0 to 1, default 0.9
     * @throws IllegalArgumentException if it lies outside
     */
    public RmsProp rho(double value) {
        return new RmsProp(learningRate, value, momentum, epsilon, isCentered, isEpsilonOutside, clipping);
    }

    /**
     * {@return the same optimizer with another momentum}
     * @param value 0 to 1; 0, the default, for none
     * @throws IllegalArgumentException if it lies outside
     */
    public RmsProp momentum(double value) {
        return new RmsProp(learningRate, rho, value, epsilon, isCentered, isEpsilonOutside, clipping);
    }

    /**
     * {@return the same optimizer with another epsilon}
     * @param value positive and finite, default 1e-7
     * @throws IllegalArgumentException if it is not
     */
    public RmsProp epsilon(double value) {
        return new RmsProp(learningRate, rho, momentum, value, isCentered, isEpsilonOutside, clipping);
    }

    /** {@return the same optimizer, dividing by the variance of the gradient} */
    public RmsProp centered() {
        return new RmsProp(learningRate, rho, momentum, epsilon, true, isEpsilonOutside, clipping);
    }

    /** {@return the same optimizer, with epsilon where Keras 2 had it: added after the root} */
    public RmsProp epsilonOutside() {
        return new RmsProp(learningRate, rho, momentum, epsilon, isCentered, true, clipping);
    }

    @Override
    public RmsProp learningRate(double rate) {
        return new RmsProp(rate, rho, momentum, epsilon, isCentered, isEpsilonOutside, clipping);
    }

    @Override
    public RmsProp clipping(Clipping other) {
        return new RmsProp(learningRate, rho, momentum, epsilon, isCentered, isEpsilonOutside, other);
    }

    @Override
    public String className() {
        return "RMSprop";
    }

    @Override
    public List<String> slotNames() {
        List<String> names = new ArrayList<>(List.of("velocity"));
        if (isCentered) {
            names.add("average_gradient");
        }
        if (momentum != 0) {
            names.add("momentum");
        }
        return List.copyOf(names);
    }

    @Override
    public void write(Map<String, Object> config) {
        Arguments.required(config, "RmsProp.write", "config", "a map of the configuration");
        config.put("rho", rho);
        config.put("momentum", momentum);
        config.put("epsilon", epsilon);
        config.put("centered", isCentered);
        if (isEpsilonOutside) {
            config.put("epsilon_outside", true);
        }
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        MemorySegment v = slots[0].segment();
        MemorySegment mean = isCentered ? slots[1].segment() : null;
        MemorySegment m = momentum != 0 ? slots[slots.length - 1].segment() : null;
        float inner = isEpsilonOutside ? 0f : (float) epsilon;
        float outer = isEpsilonOutside ? (float) epsilon : 0f;
        BlockUpdates.rmsProp(w, g, v, mean, m, at, count, (float) learningRate, (float) rho, (float) (1 - rho), inner,
                outer, (float) momentum);
    }
}
