package dev.gatun.layers;

import dev.gatun.engine.orthogonal.RandomOrthogonal;
import dev.gatun.engine.random.Philox;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** First values of a weight, with Keras's names and formulas; a counter-based generator makes them the same everywhere. */
public sealed interface Initializer {

    /** Fills a tensor; fans are those of a matrix [rows, columns]. */
    void fill(Tensor target, Philox random);

    /** Keras's class name. */
    String kind();

    /** Arguments under Keras's names. */
    default Map<String, Object> config() {
        return Map.of();
    }

    /** This initializer with a seed of its own instead of the model's. */
    default Initializer seeded(long seed) {
        return new Seeded(this instanceof Seeded seeded ? seeded.initializer() : this, seed);
    }

    Initializer ZEROS = new Constant(0f);
    Initializer ONES = new Constant(1f);
    Initializer GLOROT_UNIFORM = new VarianceScaling(1, VarianceScaling.Fan.AVERAGE,
            VarianceScaling.Distribution.UNIFORM);
    Initializer GLOROT_NORMAL = new VarianceScaling(1, VarianceScaling.Fan.AVERAGE,
            VarianceScaling.Distribution.TRUNCATED_NORMAL);
    Initializer HE_UNIFORM = new VarianceScaling(2, VarianceScaling.Fan.IN, VarianceScaling.Distribution.UNIFORM);
    Initializer HE_NORMAL = new VarianceScaling(2, VarianceScaling.Fan.IN,
            VarianceScaling.Distribution.TRUNCATED_NORMAL);
    Initializer LECUN_UNIFORM = new VarianceScaling(1, VarianceScaling.Fan.IN, VarianceScaling.Distribution.UNIFORM);
    Initializer LECUN_NORMAL = new VarianceScaling(1, VarianceScaling.Fan.IN,
            VarianceScaling.Distribution.TRUNCATED_NORMAL);
    Initializer ORTHOGONAL = new Orthogonal(1);

    /** Every element the same. */
    record Constant(float value) implements Initializer {
        @Override
        public void fill(Tensor target, Philox random) {
            Arguments.required(target, "Initializer.Constant.fill", "target", "a tensor to write");
            Arguments.required(random, "Initializer.Constant.fill", "random", "a generator");
            Filling.rows(target, (first, to) -> Arrays.fill(to, value));
        }

        @Override
        public String kind() {
            return equals(ZEROS) ? "Zeros" : equals(ONES) ? "Ones" : "Constant";
        }

        @Override
        public Map<String, Object> config() {
            return kind().equals("Constant") ? Map.of("value", (double) value) : Map.of();
        }
    }

    /** Uniform in [minimum, maximum). */
    record RandomUniform(float minimum, float maximum) implements Initializer {
        @Override
        public void fill(Tensor target, Philox random) {
            Arguments.required(target, "Initializer.RandomUniform.fill", "target", "a tensor to write");
            Arguments.required(random, "Initializer.RandomUniform.fill", "random", "a generator");
            Filling.rows(target, (first, to) -> {
                random.uniforms(first, to);
                for (int i = 0; i < to.length; i++) {
                    to[i] = minimum + (maximum - minimum) * to[i];
                }
            });
        }

        @Override
        public String kind() {
            return "RandomUniform";
        }

        @Override
        public Map<String, Object> config() {
            return Filling.ordered("minval", (double) minimum, "maxval", (double) maximum);
        }
    }

    /** Normal; truncated at two standard deviations if asked. */
    record RandomNormal(float mean, float deviation, boolean truncated) implements Initializer {
        @Override
        public void fill(Tensor target, Philox random) {
            Arguments.required(target, "Initializer.RandomNormal.fill", "target", "a tensor to write");
            Arguments.required(random, "Initializer.RandomNormal.fill", "random", "a generator");
            Filling.rows(target, (first, to) -> {
                for (int i = 0; i < to.length; i++) {
                    double normal = truncated
                            ? Filling.truncatedNormal(random, first + i)
                            : random.normal(first + i);
                    to[i] = (float) (mean + deviation * normal);
                }
            });
        }

        @Override
        public String kind() {
            return truncated ? "TruncatedNormal" : "RandomNormal";
        }

        @Override
        public Map<String, Object> config() {
            return Filling.ordered("mean", (double) mean, "stddev", (double) deviation);
        }
    }

    /** Glorot (2010), He (2015) and LeCun (1998) are this with different scale, fan and distribution. */
    record VarianceScaling(double scale, Fan fan, Distribution distribution) implements Initializer {
        /** @throws NullPointerException naming what is missing */
        public VarianceScaling {
            Arguments.required(fan, "Initializer.VarianceScaling", "fan", "IN, OUT or AVERAGE");
            Arguments.required(distribution, "Initializer.VarianceScaling", "distribution",
                    "UNIFORM or TRUNCATED_NORMAL");
        }

        /** What the variance is divided by. */
        public enum Fan {
            IN, OUT, AVERAGE
        }

        /** How the numbers fall. */
        public enum Distribution {
            UNIFORM, TRUNCATED_NORMAL
        }

        /** Standard deviation of a unit normal cut at two deviations; Keras divides by it. */
        private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

        @Override
        public void fill(Tensor target, Philox random) {
            Arguments.required(target, "Initializer.VarianceScaling.fill", "target", "a tensor to write");
            Arguments.required(random, "Initializer.VarianceScaling.fill", "random", "a generator");
            double fanIn = Filling.fanIn(target);
            double fanOut = target.columns();
            double n = Math.max(1, switch (fan) {
                case IN -> fanIn;
                case OUT -> fanOut;
                case AVERAGE -> (fanIn + fanOut) / 2;
            });
            double limit = StrictMath.sqrt(3 * scale / n);
            double deviation = StrictMath.sqrt(scale / n) / TRUNCATED_DEVIATION;
            Filling.rows(target, (first, to) -> {
                if (distribution == Distribution.UNIFORM) {
                    random.uniforms(first, to);
                }
                for (int i = 0; i < to.length; i++) {
                    to[i] = (float) (distribution == Distribution.UNIFORM
                            ? limit * (2.0 * to[i] - 1)
                            : deviation * Filling.truncatedNormal(random, first + i));
                }
            });
        }

        @Override
        public String kind() {
            return Filling.nameOf(this);
        }

        @Override
        public Map<String, Object> config() {
            return kind().equals("VarianceScaling")
                    ? Filling.ordered(
                            "scale", scale, "mode",
                            fan == Fan.AVERAGE ? "fan_avg" : fan == Fan.IN ? "fan_in" : "fan_out",
                            "distribution", distribution == Distribution.UNIFORM ? "uniform" : "truncated_normal")
                    : Map.of();
        }
    }

    /** Orthonormal rows or columns (Saxe et al. 2014) times a gain. */
    record Orthogonal(double gain) implements Initializer {
        @Override
        public void fill(Tensor target, Philox random) {
            RandomOrthogonal.fill(target, gain, random);
        }

        @Override
        public String kind() {
            return "Orthogonal";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("gain", gain);
        }
    }

    /** Another initializer with a seed of its own: its numbers do not change with the model's seed. */
    record Seeded(Initializer initializer, long seed) implements Initializer {
        /** @throws NullPointerException naming what is missing */
        public Seeded {
            Arguments.required(initializer, "Initializer.Seeded", "initializer",
                    "an initializer, for example Initializer.ZEROS");
        }

        @Override
        public void fill(Tensor target, Philox random) {
            Arguments.required(target, "Initializer.Seeded.fill", "target", "a tensor to write");
            Arguments.required(random, "Initializer.Seeded.fill", "random", "a generator");
            initializer.fill(target, new Philox(seed, random.stream()));
        }

        @Override
        public String kind() {
            return initializer.kind();
        }

        @Override
        public Map<String, Object> config() {
            Map<String, Object> config = new LinkedHashMap<>(initializer.config());
            config.put("seed", seed);
            return config;
        }
    }

    /** For an LSTM's bias: ones for the forget gate, another initializer for the other three (Jozefowicz et al. 2015). */
    record ForgetBias(Initializer others) implements Initializer {
        /** @throws NullPointerException naming what is missing */
        public ForgetBias {
            Arguments.required(others, "Initializer.ForgetBias", "others", "an initializer for the other gates");
        }

        @Override
        public void fill(Tensor target, Philox random) {
            Arguments.required(target, "Initializer.ForgetBias.fill", "target", "a tensor to write");
            Arguments.required(random, "Initializer.ForgetBias.fill", "random", "a generator");
            others.fill(target, random);
            long units = target.shape().elements() / 4;
            for (long unit = units; unit < 2 * units; unit++) {
                target.set(1f, unit);
            }
        }

        @Override
        public String kind() {
            return "ForgetBias";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("others", InitializerConfig.toMap(others));
        }
    }
}
