package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.PlainJson;
import java.util.LinkedHashMap;
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

    /**
     * Keeps the curve.
     *
     * @param metadata of the model
     */
    public void saveTo(Map<String, String> metadata) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("loss", SavedObject.of(loss));
        kept.put("validation_loss", SavedObject.of(validationLoss));
        kept.put("best_epoch", bestEpoch);
        metadata.put(KEY, PlainJson.inOrder(kept));
    }

    /**
     * The curve in a model's metadata.
     *
     * @param metadata of the model
     * @return empty if there is none
     * @throws Refusal if it cannot be read
     */
    public static Optional<Curve> in(Map<String, String> metadata) {
        return SavedObject.in(metadata, KEY, kept -> new Curve(
                kept.numbers("loss"), kept.numbers("validation_loss"), kept.whole("best_epoch")));
    }
}
