package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.RowRules;
import dev.gatun.data.Missing;
import dev.gatun.data.Scaling;
import dev.gatun.data.WindowSpec;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Rhythm;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a table becomes what a model eats, and its output becomes a forecast again. Saved in the model's metadata, so that
 * the model file is all one needs.
 *
 * @param spec what the model sees and forecasts, its scalings fitted on the training rows
 * @param rows what makes a series of a table's rows, with the rhythm of the training's
 */
public record Recipe(WindowSpec spec, RowRules rows) {

    /** Key in a model's metadata. */
    public static final String KEY = "gatun.forecast";

    /** The column that says when a row is, or null. */
    public String date() {
        return rows.date();
    }

    public void saveTo(Map<String, String> metadata) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("inputs", spec.inputs());
        kept.put("targets", spec.targets());
        if (date() != null) {
            kept.put("date", date());
            kept.put("sorted", rows.dates().isSorted());
            kept.put("rhythm", rows.dates().learned().orElseThrow().text());
        }
        kept.put("window", spec.window());
        kept.put("horizon", spec.horizon());
        kept.put("relative", spec.isRelative());
        kept.put("missing", rows.missing().keyword());
        kept.put("input_means", SavedObject.of(spec.inputScaling().means()));
        kept.put("input_deviations", SavedObject.of(spec.inputScaling().deviations()));
        kept.put("target_means", SavedObject.of(spec.targetScaling().means()));
        kept.put("target_deviations", SavedObject.of(spec.targetScaling().deviations()));
        metadata.put(KEY, PlainJson.inOrder(kept));
    }

    /**
     * The recipe in a model's metadata; empty for a model that was not made by {@code gatun train}.
     *
     * @throws Refusal if there is one that cannot be understood
     */
    public static Optional<Recipe> in(Map<String, String> metadata) {
        return SavedObject.in(metadata, KEY, kept -> new Recipe(spec(kept), rules(kept)));
    }

    private static WindowSpec spec(SavedObject kept) {
        return new WindowSpec(
                kept.texts("inputs"), kept.texts("targets"), kept.whole("window"), kept.whole("horizon"),
                kept.isTrue("relative"),
                Scaling.of(kept.numbers("input_means"), kept.numbers("input_deviations")),
                Scaling.of(kept.numbers("target_means"), kept.numbers("target_deviations")));
    }

    private static Missing missing(String keyword) {
        return Arrays.stream(Missing.values()).filter(each -> each.keyword().equals(keyword)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("no way to treat missing cells is called "
                        + FormatException.quote(keyword)));
    }

    /** Files written before dates were judged say nothing of a rhythm: then each table is judged by its own. */
    private static RowRules rules(SavedObject kept) {
        return new RowRules(
                kept.has("date") ? kept.text("date") : null,
                missing(kept.text("missing")),
                new DateRules(
                        kept.isTrue("sorted"), Optional.empty(),
                        kept.has("rhythm") ? Optional.of(Rhythm.parse(kept.text("rhythm"))) : Optional.empty()));
    }
}
