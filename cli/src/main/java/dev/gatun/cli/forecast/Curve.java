package dev.gatun.cli.forecast;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.cli.console.Refusal;
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
        NumberArrays.put(node, "loss", loss);
        NumberArrays.put(node, "validation_loss", validationLoss);
        node.put("best_epoch", bestEpoch);
        metadata.put(KEY, node.toString());
    }

    /**
     * The curve in a model's metadata.
     *
     * @param metadata of the model
     * @return empty if there is none
     * @throws Refusal if it cannot be read
     */
    public static Optional<Curve> in(Map<String, String> metadata) {
        return SavedObject.in(metadata, KEY, node -> new Curve(
                NumberArrays.get(node, "loss"), NumberArrays.get(node, "validation_loss"),
                node.path("best_epoch").asInt()));
    }
}
