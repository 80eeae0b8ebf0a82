package dev.gatun.layers;

import dev.gatun.engine.orthogonal.RandomOrthogonal;
import dev.gatun.engine.random.Philox;
import dev.gatun.memory.DataType;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** First values of a weight, with Keras's names and formulas; a counter-based generator makes them the same everywhere. */
public sealed interface Initializer {

    /**
     * Writes every number of a tensor. Of a matrix [R,C] the fan in is R and the fan out C; of a vector both are its
     * length; of more axes [K,L,R,C] they are K L R and K L C, as in Keras.
     *
     * @param target written, of 1 to 4 axes
     * @param seed   equal seeds and streams give equal bits
     * @param stream which of a seed's streams of random numbers
     * @throws IllegalArgumentException        if the target holds whole numbers
     * @throws dev.gatun.memory.ShapeException if this initializer needs a matrix and the target is none
     */
    void fill(Tensor target, long seed, long stream);

    /** {@return Keras's class name, for example {@code GlorotUniform}} */
    String kind();

    /** {@return the arguments under Keras's names; empty if there are none} */
    default Map<String, Object> config() {
        return Map.of();
    }

    /**
     * This initializer with a seed of its own instead of the model's.
     *
     * @param seed any number; replaces an earlier one
     * @return an initializer whose numbers do not change with the model's seed
     */
    default Initializer seeded(long seed) {
        return new Seeded(this instanceof Seeded seeded ? seeded.initializer() : this, seed);
    }

    /** All 0. */
    Initializer ZEROS = new Constant(0f);
    /** All 1. */
    Initializer ONES = new Constant(1f);
    /** Uniform between -r and r, r = sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010). */
    Initializer GLOROT_UNIFORM = new VarianceScaling(1, VarianceScaling.Fan.AVERAGE,
            VarianceScaling.Distribution.UNIFORM);
    /** Truncated normal of variance 2 / (fan in + fan out) (Glorot and Bengio 2010). */
    Initializer GLOROT_NORMAL = new VarianceScaling(1, VarianceScaling.Fan.AVERAGE,
            VarianceScaling.Distribution.TRUNCATED_NORMAL);
    /** Uniform between -r and r, r = sqrt(6 / fan in), for ReLU (He et al. 2015). */
    Initializer HE_UNIFORM = new VarianceScaling(2, VarianceScaling.Fan.IN, VarianceScaling.Distribution.UNIFORM);
    /** Truncated normal of variance 2 / fan in, for ReLU (He et al. 2015). */
    Initializer HE_NORMAL = new VarianceScaling(2, VarianceScaling.Fan.IN,
            VarianceScaling.Distribution.TRUNCATED_NORMAL);
    /** Uniform between -r and r, r = sqrt(3 / fan in) (LeCun et al. 1998). */
    Initializer LECUN_UNIFORM = new VarianceScaling(1, VarianceScaling.Fan.IN, VarianceScaling.Distribution.UNIFORM);
    /** Truncated normal of variance 1 / fan in (LeCun et al. 1998). */
    Initializer LECUN_NORMAL = new VarianceScaling(1, VarianceScaling.Fan.IN,
            VarianceScaling.Distribution.TRUNCATED_NORMAL);
    /** Orthonormal rows or columns, whichever are fewer (Saxe et al. 2014). */
    Initializer ORTHOGONAL = new Orthogonal(1);
    /** 1 where row and column are equal, 0 elsewhere. */
    Initializer IDENTITY = new Identity(1);

    /**
     * Every element the same.
     *
     * @param value what each element is set to, finite
     */
    record Constant(float value) implements Initializer {
        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if it is not finite
         */
        public Constant {
            InitializerCheck.finite("Constant", "value", value);
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.Constant.fill", "target", "a tensor to write");
            InitializerFill.rows(target, (first, to) -> Arrays.fill(to, value));
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

    /**
     * Uniform in [minimum, maximum); every number is the minimum if the two are equal.
     *
     * @param minimum the smallest number drawn
     * @param maximum not below the minimum, and above it by a finite number
     */
    record RandomUniform(float minimum, float maximum) implements Initializer {
        /**
         * Checks the limits.
         *
         * @throws IllegalArgumentException if they or their difference are not finite, or the minimum is above the maximum
         */
        public RandomUniform {
            InitializerCheck.limits(minimum, maximum);
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.RandomUniform.fill", "target", "a tensor to write");
            Philox random = new Philox(seed, stream);
            InitializerFill.rows(target, (first, to) -> {
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
            return InitializerFill.ordered("minval", (double) minimum, "maxval", (double) maximum);
        }
    }

    /**
     * Normal numbers.
     *
     * @param mean      the middle of the distribution, finite
     * @param deviation standard deviation, before any truncation; finite and not negative
     * @param truncated whether a number further than two deviations from the mean is drawn again
     */
    record RandomNormal(float mean, float deviation, boolean truncated) implements Initializer {
        /**
         * Checks the moments.
         *
         * @throws IllegalArgumentException if one is not finite, or the deviation is negative
         */
        public RandomNormal {
            InitializerCheck.finite("RandomNormal", "mean", mean);
            InitializerCheck.deviation(deviation);
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.RandomNormal.fill", "target", "a tensor to write");
            Philox random = new Philox(seed, stream);
            InitializerFill.rows(target, (first, to) -> {
                for (int i = 0; i < to.length; i++) {
                    double normal = truncated
                            ? InitializerFill.truncatedNormal(random, first + i)
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
            return InitializerFill.ordered("mean", (double) mean, "stddev", (double) deviation);
        }
    }

    /**
     * Numbers of variance scale / fan. Glorot (2010), He (2015) and LeCun (1998) are this with different arguments.
     *
     * @param scale        factor of the variance, positive and finite
     * @param fan          what the variance is divided by
     * @param distribution how the numbers are spread
     */
    record VarianceScaling(double scale, Fan fan, Distribution distribution) implements Initializer {
        /**
         * Checks the parts.
         *
         * @throws NullPointerException     if fan or distribution is null
         * @throws IllegalArgumentException if the scale is not positive and finite
         */
        public VarianceScaling {
            InitializerCheck.scale(scale);
            Arguments.required(fan, "Initializer.VarianceScaling", "fan", "IN, OUT or AVERAGE");
            Arguments.required(distribution, "Initializer.VarianceScaling", "distribution",
                    "UNIFORM or TRUNCATED_NORMAL");
        }

        /** What the variance is divided by. */
        public enum Fan {
            /** Rows of a matrix, the length of a vector: what a unit reads. */
            IN,
            /** Columns of a matrix, the length of a vector: the units. */
            OUT,
            /** The mean of the two. */
            AVERAGE
        }

        /** How the numbers are spread; their variance is the same. */
        public enum Distribution {
            /** Evenly between two limits. */
            UNIFORM,
            /** Normal, drawn again beyond two deviations, then widened to the variance asked for. */
            TRUNCATED_NORMAL,
            /** Normal, however far from the middle. */
            UNTRUNCATED_NORMAL;

            /** As Keras calls it. */
            String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Standard deviation of a unit normal cut at two deviations; Keras divides by it. */
        private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.VarianceScaling.fill", "target", "a tensor to write");
            Philox random = new Philox(seed, stream);
            double fanIn = InitializerFill.fanIn(target);
            double fanOut = InitializerFill.fanOut(target);
            double n = Math.max(1, switch (fan) {
                case IN -> fanIn;
                case OUT -> fanOut;
                case AVERAGE -> (fanIn + fanOut) / 2;
            });
            double limit = StrictMath.sqrt(3 * scale / n);
            double variance = scale / n;
            double deviation = distribution == Distribution.TRUNCATED_NORMAL
                    ? StrictMath.sqrt(variance) / TRUNCATED_DEVIATION
                    : StrictMath.sqrt(variance);
            InitializerFill.rows(target, (first, to) -> {
                if (distribution == Distribution.UNIFORM) {
                    random.uniforms(first, to);
                }
                for (int i = 0; i < to.length; i++) {
                    to[i] = (float) switch (distribution) {
                        case UNIFORM -> limit * (2.0 * to[i] - 1);
                        case TRUNCATED_NORMAL -> deviation * InitializerFill.truncatedNormal(random, first + i);
                        case UNTRUNCATED_NORMAL -> deviation * random.normal(first + i);
                    };
                }
            });
        }

        @Override
        public String kind() {
            return InitializerFill.nameOf(this);
        }

        @Override
        public Map<String, Object> config() {
            return kind().equals("VarianceScaling")
                    ? InitializerFill.ordered(
                            "scale", scale, "mode",
                            fan == Fan.AVERAGE ? "fan_avg" : fan == Fan.IN ? "fan_in" : "fan_out",
                            "distribution", distribution.keyword())
                    : Map.of();
        }
    }

    /**
     * Orthonormal rows or columns, whichever are fewer (Saxe et al. 2014), times a gain; for matrices only.
     *
     * @param gain what every number is multiplied by, finite
     */
    record Orthogonal(double gain) implements Initializer {
        /**
         * Checks the gain.
         *
         * @throws IllegalArgumentException if it is not finite
         */
        public Orthogonal {
            InitializerCheck.finite("Orthogonal", "gain", gain);
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.Orthogonal.fill", "target", "a tensor to write");
            target.requireType(DataType.FLOAT32, "Initializer.Orthogonal.fill");
            RandomOrthogonal.fill(target, gain, new Philox(seed, stream));
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

    /**
     * 1 where row and column are equal, 0 elsewhere, times a gain; for matrices only, which need not be square. A recurrent kernel
     * of a SimpleRNN with relu begins so in Le, Jaitly and Hinton (2015).
     *
     * @param gain what every number is multiplied by, finite
     */
    record Identity(double gain) implements Initializer {
        /**
         * Checks the gain.
         *
         * @throws IllegalArgumentException if it is not finite
         */
        public Identity {
            InitializerCheck.finite("Identity", "gain", gain);
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.Identity.fill", "target", "a tensor to write");
            if (target.shape().rank() != 2) {
                throw new ShapeException("An identity matrix has two axes, got shape " + target.shape());
            }
            InitializerFill.rows(target, (first, to) -> {
                Arrays.fill(to, 0);
                long row = first / to.length;
                if (row < to.length) {
                    to[(int) row] = (float) gain;
                }
            });
        }

        @Override
        public String kind() {
            return "Identity";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("gain", gain);
        }
    }

    /**
     * Another initializer with a seed of its own: its numbers do not change with the model's seed.
     *
     * @param initializer what fills
     * @param seed        takes the place of the model's
     */
    record Seeded(Initializer initializer, long seed) implements Initializer {
        /**
         * Checks the parts.
         *
         * @throws NullPointerException if the initializer is null
         */
        public Seeded {
            Arguments.required(initializer, "Initializer.Seeded", "initializer",
                    "an initializer, for example Initializer.ZEROS");
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.Seeded.fill", "target", "a tensor to write");
            initializer.fill(target, this.seed, stream);
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

    /**
     * For an LSTM's bias [4U]: ones for the forget gate, another initializer for the other three (Jozefowicz et al.
     * 2015).
     *
     * @param others fills the biases of input gate, candidate and output gate
     */
    record ForgetBias(Initializer others) implements Initializer {
        /**
         * Checks the parts.
         *
         * @throws NullPointerException if the other initializer is null
         */
        public ForgetBias {
            Arguments.required(others, "Initializer.ForgetBias", "others", "an initializer for the other gates");
        }

        @Override
        public void fill(Tensor target, long seed, long stream) {
            Arguments.required(target, "Initializer.ForgetBias.fill", "target", "a tensor to write");
            others.fill(target, seed, stream);
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
