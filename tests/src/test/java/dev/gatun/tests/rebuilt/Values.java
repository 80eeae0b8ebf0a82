package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Regularizer;
import java.util.List;

/** What options hold besides numbers, by Java's names of it. */
final class Values {

    private Values() {}

    static Initializer initializer(JsonNode json) {
        JsonNode config = json.get("config");
        Initializer initializer = switch (json.get("class_name").asText()) {
            case "Zeros" -> Initializer.ZEROS;
            case "Ones" -> Initializer.ONES;
            case "GlorotUniform" -> Initializer.GLOROT_UNIFORM;
            case "GlorotNormal" -> Initializer.GLOROT_NORMAL;
            case "HeNormal" -> Initializer.HE_NORMAL;
            case "RandomUniform" -> new Initializer.RandomUniform(config.get("minval").floatValue(),
                    config.get("maxval").floatValue());
            case "Orthogonal", "OrthogonalInitializer" -> new Initializer.Orthogonal(config.get("gain").asDouble());
            default -> throw new AssertionError("no initializer in Java for " + json);
        };
        return config.path("seed").isNumber() ? initializer.seeded(config.get("seed").asLong()) : initializer;
    }

    static Regularizer regularizer(JsonNode json) {
        JsonNode config = json.get("config");
        return switch (json.get("class_name").asText()) {
            case "L1" -> Regularizer.l1(config.get("l1").asDouble());
            case "L2" -> Regularizer.l2(config.get("l2").asDouble());
            case "L1L2" -> new Regularizer.L1L2(config.get("l1").asDouble(), config.get("l2").asDouble());
            case "OrthogonalRegularizer" -> new Regularizer.Orthogonal(config.get("factor").asDouble(),
                    config.get("mode").asText().equals("rows"));
            default -> throw new AssertionError("no regularizer in Java for " + json);
        };
    }

    static Constraint constraint(JsonNode json) {
        JsonNode config = json.get("config");
        return switch (json.get("class_name").asText()) {
            case "NonNeg" -> Constraint.nonNegative();
            case "MaxNorm" -> new Constraint.MaxNorm(config.get("max_value").asDouble(),
                    List.of(config.get("axis").asInt()));
            default -> throw new AssertionError("no constraint in Java for " + json);
        };
    }
}
