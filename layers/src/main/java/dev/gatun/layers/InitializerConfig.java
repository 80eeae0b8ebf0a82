package dev.gatun.layers;

import java.util.Map;

/** Initializers to and from plain maps, as configurations hold them. */
public final class InitializerConfig {

    private InitializerConfig() {}

    /** As configurations hold it: {@code class_name} and {@code config}. */
    public static Map<String, Object> toMap(Initializer initializer) {
        return Filling.ordered("class_name", initializer.kind(), "config", initializer.config());
    }

    /**
     * @param kind      Keras's class name
     * @param arguments its arguments; a seed is ignored, since seeds belong to the model
     * @throws IllegalArgumentException if there is no such initializer
     */
    public static Initializer of(String kind, Map<String, Object> arguments) {
        return switch (kind) {
            case "Zeros" -> Initializer.ZEROS;
            case "Ones" -> Initializer.ONES;
            case "Constant" -> new Initializer.Constant(number(arguments, "value", 0));
            case "RandomUniform" -> new Initializer.RandomUniform(
                    number(arguments, "minval", -0.05), number(arguments, "maxval", 0.05));
            case "RandomNormal" -> new Initializer.RandomNormal(
                    number(arguments, "mean", 0), number(arguments, "stddev", 0.05), false);
            case "TruncatedNormal" -> new Initializer.RandomNormal(
                    number(arguments, "mean", 0), number(arguments, "stddev", 0.05), true);
            case "GlorotUniform" -> Initializer.GLOROT_UNIFORM;
            case "GlorotNormal" -> Initializer.GLOROT_NORMAL;
            case "HeUniform" -> Initializer.HE_UNIFORM;
            case "HeNormal" -> Initializer.HE_NORMAL;
            case "LecunUniform" -> Initializer.LECUN_UNIFORM;
            case "LecunNormal" -> Initializer.LECUN_NORMAL;
            case "VarianceScaling" -> scaling(arguments);
            case "Orthogonal", "OrthogonalInitializer" -> new Initializer.Orthogonal(number(arguments, "gain", 1));
            default -> throw new IllegalArgumentException("Unknown initializer '" + kind + "'; there are Zeros, Ones, "
                    + "Constant, RandomUniform, RandomNormal, TruncatedNormal, GlorotUniform, GlorotNormal, HeUniform, "
                    + "HeNormal, LecunUniform, LecunNormal, VarianceScaling, Orthogonal");
        };
    }

    private static Initializer scaling(Map<String, Object> arguments) {
        String mode = String.valueOf(arguments.getOrDefault("mode", "fan_in"));
        String distribution = String.valueOf(arguments.getOrDefault("distribution", "truncated_normal"));
        return new Initializer.VarianceScaling(
                number(arguments, "scale", 1),
                switch (mode) {
                    case "fan_in" -> Initializer.VarianceScaling.Fan.IN;
                    case "fan_out" -> Initializer.VarianceScaling.Fan.OUT;
                    case "fan_avg" -> Initializer.VarianceScaling.Fan.AVERAGE;
                    default -> throw new IllegalArgumentException("Unknown mode '" + mode + "' of VarianceScaling");
                },
                switch (distribution) {
                    case "uniform" -> Initializer.VarianceScaling.Distribution.UNIFORM;
                    case "truncated_normal" -> Initializer.VarianceScaling.Distribution.TRUNCATED_NORMAL;
                    default -> throw new IllegalArgumentException(
                            "Unsupported distribution '" + distribution
                                    + "' of VarianceScaling; use uniform or truncated_normal");
                });
    }

    private static float number(Map<String, Object> arguments, String key, double otherwise) {
        return arguments.get(key) instanceof Number number ? number.floatValue() : (float) otherwise;
    }
}
