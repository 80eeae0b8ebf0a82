package dev.gatun.cli.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.PlainJson;
import java.util.Map;
import java.util.Optional;

/**
 * How a training went, epoch by epoch; saved in the model's metadata.
 *
 * @param loss           of training
 * @param validationLoss as long, or empty if nothing was held out for it
 * @param bestEpoch      the epoch whose weights the model has, counted from 1
 */
public record Curve(double[] loss, double[] validationLoss, int bestEpoch) {

    /** Key in a model's metadata. */
    public static final String KEY = "gatun.curve";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Keeps the curve.
     *
     * @param metadata of the model
     */
    public void saveTo(Map<String, String> metadata) {
        ObjectNode node = JSON.createObjectNode();
        put(node, "loss", loss);
        put(node, "validation_loss", validationLoss);
        node.put("best_epoch", bestEpoch);
        metadata.put(KEY, node.toString());
    }

    private static void put(ObjectNode node, String name, double[] numbers) {
        var array = node.putArray(name);
        for (double number : numbers) {
            array.add(number);
        }
    }

    /**
     * The curve in a model's metadata.
     *
     * @param metadata of the model
     * @return empty if there is none
     * @throws Refusal if it cannot be read
     */
    public static Optional<Curve> in(Map<String, String> metadata) {
        String text = metadata.get(KEY);
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.valueToTree(PlainJson.object(KEY, text));
            return Optional.of(new Curve(
                    numbers(node, "loss"), numbers(node, "validation_loss"), node.path("best_epoch").asInt()));
        } catch (IllegalArgumentException damaged) {
            throw new Refusal("The model's metadata '" + KEY + "' is damaged; train the model again");
        }
    }

    private static double[] numbers(JsonNode node, String name) {
        double[] numbers = new double[node.path(name).size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(name).get(i).asDouble();
        }
        return numbers;
    }
}
