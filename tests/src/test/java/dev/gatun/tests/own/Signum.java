package dev.gatun.tests.own;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.train.Clipping;
import dev.gatun.layers.train.ClipsGradients;
import dev.gatun.layers.train.ConfigReader;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.OptimizerType;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * An optimizer of a user's own: m = beta m + (1 - beta) g; w -= rate sign(m) (Bernstein et al. 2018).
 *
 * @param learningRate factor of every step
 * @param beta         decay of the mean of gradients
 * @param clipping     what is done to gradients first
 */
public record Signum(double learningRate, double beta, Clipping clipping)
        implements
            Optimizer,
            ClipsGradients<Signum> {

    public static Signum rate(double rate) {
        return new Signum(rate, 0.9, Clipping.NONE);
    }

    /** Found as a service, named in META-INF/services. */
    public static final class Type implements OptimizerType {

        @Override
        public String className() {
            return "Signum";
        }

        @Override
        public Optimizer read(ConfigReader config) {
            config.refuseBeside("beta");
            return new Signum(config.number("learning_rate", 0.01), config.number("beta", 0.9), Clipping.read(config));
        }
    }

    @Override
    public String className() {
        return "Signum";
    }

    @Override
    public Signum learningRate(double rate) {
        return new Signum(rate, beta, clipping);
    }

    @Override
    public Signum clipping(Clipping other) {
        return new Signum(learningRate, beta, other);
    }

    @Override
    public List<String> slotNames() {
        return List.of("momentum");
    }

    @Override
    public void write(Map<String, Object> config) {
        config.put("beta", beta);
    }

    @Override
    public void update(
            MemorySegment weights, MemorySegment gradients, ParameterBlock[] slots, long atBytes, int count,
            long step) {
        MemorySegment momentum = slots[0].segment();
        for (int i = 0; i < count; i++) {
            long at = atBytes + (long) i * Float.BYTES;
            float m = (float) (beta * momentum.get(JAVA_FLOAT, at) + (1 - beta) * gradients.get(JAVA_FLOAT, at));
            momentum.set(JAVA_FLOAT, at, m);
            weights.set(JAVA_FLOAT, at, weights.get(JAVA_FLOAT, at) - (float) learningRate * Math.signum(m));
        }
    }
}
