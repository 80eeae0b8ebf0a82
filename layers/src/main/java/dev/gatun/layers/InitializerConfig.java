package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Map;

/** Initializers to and from plain maps, as configurations hold them. */
public final class InitializerConfig {

    private InitializerConfig() {}

    /**
     * Writes an initializer as Keras does in its configurations.
     *
     * @param initializer what to write
     * @return two keys: {@code class_name}, a text, and {@code config}, the map of its arguments
     */
    public static Map<String, Object> toMap(Initializer initializer) {
        Arguments.required(initializer, "InitializerConfig.toMap", "initializer",
                "an initializer, for example Initializer.ZEROS");
        return InitializerFill.ordered("class_name", initializer.kind(), "config", initializer.config());
    }

    /**
     * Makes the initializer that Keras's class name and arguments describe.
     *
     * @param kind      Keras's class name, for example {@code GlorotUniform}
     * @param arguments its arguments by Keras's names; a whole number as seed is kept, otherwise the model's seed
     *                  serves
     * @return the initializer
     * @throws IllegalArgumentException if there is no such initializer, or it has an argument that is not known or makes
     *                                  no sense
     */
    public static Initializer of(String kind, Map<String, Object> arguments) {
        Arguments.required(kind, "InitializerConfig.of", "kind",
                "a class name as Keras has it, for example GlorotUniform");
        Arguments.required(arguments, "InitializerConfig.of", "arguments",
                "the arguments of the initializer, an empty map for none");
        OptionReader options = new OptionReader("Initializer " + kind, arguments);
        options.ignore("seed");
        options.only("dtype", "float32");
        Initializer initializer = of(kind, options);
        options.requireNothingLeft();
        Object seed = arguments.get("seed");
        return seed instanceof Long || seed instanceof Integer
                ? initializer.seeded(((Number) seed).longValue())
                : initializer;
    }

    /** From what {@link #toMap} gives. */
    static Initializer of(OptionReader options) {
        Initializer initializer = of(options.text("class_name"), options.map("config"));
        options.requireNothingLeft();
        return initializer;
    }

    private static Initializer of(String kind, OptionReader options) {
        return switch (kind) {
            case "Zeros" -> Initializer.ZEROS;
            case "Ones" -> Initializer.ONES;
            case "Constant" -> new Initializer.Constant((float) options.number("value", 0));
            case "RandomUniform" -> new Initializer.RandomUniform(
                    (float) options.number("minval", -0.05), (float) options.number("maxval", 0.05));
            case "RandomNormal", "TruncatedNormal" -> new Initializer.RandomNormal(
                    (float) options.number("mean", 0), (float) options.number("stddev", 0.05),
                    kind.equals("TruncatedNormal"));
            case "GlorotUniform" -> plain(Initializer.GLOROT_UNIFORM, options);
            case "GlorotNormal" -> plain(Initializer.GLOROT_NORMAL, options);
            case "HeUniform" -> plain(Initializer.HE_UNIFORM, options);
            case "HeNormal" -> plain(Initializer.HE_NORMAL, options);
            case "LecunUniform" -> plain(Initializer.LECUN_UNIFORM, options);
            case "LecunNormal" -> plain(Initializer.LECUN_NORMAL, options);
            case "VarianceScaling" -> plain(scaling(options), options);
            case "Orthogonal", "OrthogonalInitializer" -> new Initializer.Orthogonal(options.number("gain", 1));
            case "Identity", "IdentityInitializer" -> new Initializer.Identity(options.number("gain", 1));
            case "ForgetBias" -> new Initializer.ForgetBias(of(options.nested("others")));
            default -> throw new IllegalArgumentException("Unknown initializer '" + kind + "'; there are Zeros, Ones, "
                    + "Constant, RandomUniform, RandomNormal, TruncatedNormal, GlorotUniform, GlorotNormal, HeUniform, "
                    + "HeNormal, LecunUniform, LecunNormal, VarianceScaling, Orthogonal, Identity");
        };
    }

    /** Keras 3.15 may name the axes that count as inputs and outputs; a matrix has but one choice. */
    private static Initializer plain(Initializer initializer, OptionReader options) {
        options.only("input_axes", null);
        options.only("output_axes", null);
        return initializer;
    }

    private static Initializer scaling(OptionReader options) {
        String mode = options.text("mode", "fan_in");
        String distribution = options.text("distribution", "truncated_normal");
        return new Initializer.VarianceScaling(
                options.number("scale", 1),
                switch (mode) {
                    case "fan_in" -> Initializer.VarianceScaling.Fan.IN;
                    case "fan_out" -> Initializer.VarianceScaling.Fan.OUT;
                    case "fan_avg" -> Initializer.VarianceScaling.Fan.AVERAGE;
                    default -> throw new IllegalArgumentException("Unknown mode '" + mode
                            + "' of VarianceScaling; use fan_in, fan_out or fan_avg");
                },
                switch (distribution) {
                    case "uniform" -> Initializer.VarianceScaling.Distribution.UNIFORM;
                    case "truncated_normal", "normal" -> Initializer.VarianceScaling.Distribution.TRUNCATED_NORMAL;
                    case "untruncated_normal" -> Initializer.VarianceScaling.Distribution.UNTRUNCATED_NORMAL;
                    default -> throw new IllegalArgumentException("Unknown distribution '" + distribution
                            + "' of VarianceScaling; use uniform, truncated_normal or untruncated_normal");
                });
    }
}
