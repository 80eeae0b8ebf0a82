package dev.gatun.tests.own;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.train.ConfigReader;
import dev.gatun.layers.train.ConfiguredOptimizer;
import dev.gatun.layers.train.ConfiguredOptimizerType;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.OptimizerConfiguration;
import dev.gatun.layers.train.OptimizerType;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** An optimizer of a user's own: m = beta m + (1 - beta) g; w -= rate sign(m) (Bernstein et al. 2018). */
public final class Signum extends ConfiguredOptimizer<Signum> {

    private static final Option<Double> BETA = Option.of("beta", OptionKind.NUMBER, 0.9);
    private static final ConfiguredOptimizerType<Signum> TYPE = ConfiguredOptimizerType.of("Signum", Signum::new, 0.01,
            BETA);

    private Signum(OptimizerConfiguration configuration) {
        super(TYPE, configuration);
    }

    public static Signum rate(double rate) {
        return TYPE.rate(rate);
    }

    /** Found as a service, named in META-INF/services. */
    public static final class Type implements OptimizerType {

        @Override
        public String className() {
            return TYPE.className();
        }

        @Override
        public Optimizer read(ConfigReader config) {
            return TYPE.read(config);
        }
    }

    @Override
    public List<String> slotNames() {
        return List.of("momentum");
    }

    @Override
    public void update(
            MemorySegment weights, MemorySegment gradients, ParameterBlock[] slots, long atBytes, int count,
            long step) {
        double beta = get(BETA);
        MemorySegment momentum = slots[0].segment();
        for (int i = 0; i < count; i++) {
            long at = atBytes + (long) i * Float.BYTES;
            float m = (float) (beta * momentum.get(JAVA_FLOAT, at) + (1 - beta) * gradients.get(JAVA_FLOAT, at));
            momentum.set(JAVA_FLOAT, at, m);
            weights.set(JAVA_FLOAT, at, weights.get(JAVA_FLOAT, at) - (float) learningRate() * Math.signum(m));
        }
    }
}
