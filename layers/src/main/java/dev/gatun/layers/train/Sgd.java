package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockUpdates;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * Gradient descent, Keras's {@code SGD}: {@code w -= rate g}; with momentum {@code m = momentum m - rate g; w += m};
 * with Nesterov's, {@code w += momentum m - rate g} instead.
 *
 * @param learningRate factor of every step, positive and finite
 * @param momentum     0 to 1; 0, the default, for none
 * @param isNesterov   whether to look ahead, default false; without effect if there is no momentum
 * @param clipping     what is done to gradients first; {@link Clipping#NONE} for nothing
 */
public record Sgd(double learningRate, double momentum, boolean isNesterov, Clipping clipping)
        implements
            Optimizer,
            ClipsGradients<Sgd> {

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if clipping is null
     * @throws IllegalArgumentException if a number lies outside its range
     */
    public Sgd {
        Arguments.required(clipping, "Sgd", "clipping", "Clipping.NONE for none");
        NumberRange.positive("learning_rate", learningRate);
        NumberRange.within("momentum", momentum, 0, 1);
    }

    /**
     * Plain gradient descent, without momentum.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static Sgd rate(double learningRate) {
        return new Sgd(learningRate, 0, false, Clipping.NONE);
    }

    static Sgd read(ConfigReader config) {
        config.refuseBeside("momentum", "nesterov");
        return new Sgd(config.number("learning_rate", 0.01), config.number("momentum", 0),
                config.flag("nesterov", false), Clipping.read(config));
    }

    /**
     * {@return the same optimizer with another momentum}
     * @param value 0 to 1; 0, the default, for none
     * @throws IllegalArgumentException if it lies outside
     */
    public Sgd momentum(double value) {
        return new Sgd(learningRate, value, isNesterov, clipping);
    }

    /** {@return the same optimizer with Nesterov's look ahead, which needs a momentum to have an effect} */
    public Sgd nesterov() {
        return new Sgd(learningRate, momentum, true, clipping);
    }

    @Override
    public Sgd learningRate(double rate) {
        return new Sgd(rate, momentum, isNesterov, clipping);
    }

    @Override
    public Sgd clipping(Clipping other) {
        return new Sgd(learningRate, momentum, isNesterov, other);
    }

    @Override
    public String className() {
        return "SGD";
    }

    @Override
    public List<String> slotNames() {
        return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public void write(Map<String, Object> config) {
        Arguments.required(config, "Sgd.write", "config", "a map of the configuration");
        config.put("momentum", momentum);
        config.put("nesterov", isNesterov);
    }

    @Override
    public void update(MemorySegment w, MemorySegment g, ParameterBlock[] slots, long at, int count, long step) {
        float rate = (float) learningRate;
        if (momentum == 0) {
            BlockUpdates.sgd(w, g, at, count, rate);
        } else if (isNesterov) {
            BlockUpdates.nesterov(w, g, slots[0].segment(), at, count, rate, (float) momentum);
        } else {
            BlockUpdates.momentum(w, g, slots[0].segment(), at, count, rate, (float) momentum);
        }
    }
}
