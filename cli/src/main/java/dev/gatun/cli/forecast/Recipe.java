package dev.gatun.cli.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.RowRules;
import dev.gatun.data.Missing;
import dev.gatun.data.Scaling;
import dev.gatun.data.WindowSpec;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Rhythm;
import dev.gatun.formats.FormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The column that says when a row is, or null. */
    public String date() {
        return rows.date();
    }

    public void saveTo(Map<String, String> metadata) {
        ObjectNode node = JSON.createObjectNode();
        spec.inputs().forEach(node.putArray("inputs")::add);
        spec.targets().forEach(node.putArray("targets")::add);
        if (date() != null) {
            node.put("date", date());
            node.put("sorted", rows.dates().isSorted());
            node.put("rhythm", rows.dates().learned().orElseThrow().text());
        }
        node.put("window", spec.window()).put("horizon", spec.horizon()).put("relative", spec.isRelative())
                .put("missing", rows.missing().keyword());
        NumberArrays.put(node, "input_means", spec.inputScaling().means());
        NumberArrays.put(node, "input_deviations", spec.inputScaling().deviations());
        NumberArrays.put(node, "target_means", spec.targetScaling().means());
        NumberArrays.put(node, "target_deviations", spec.targetScaling().deviations());
        metadata.put(KEY, node.toString());
    }

    /**
     * The recipe in a model's metadata; empty for a model that was not made by {@code gatun train}.
     *
     * @throws Refusal if there is one that cannot be understood
     */
    public static Optional<Recipe> in(Map<String, String> metadata) {
        return SavedObject.in(metadata, KEY, node -> new Recipe(spec(node), rules(node)));
    }

    private static WindowSpec spec(JsonNode node) {
        return new WindowSpec(
                texts(node, "inputs"), texts(node, "targets"), node.path("window").asInt(),
                node.path("horizon").asInt(), node.path("relative").asBoolean(),
                Scaling.of(NumberArrays.get(node, "input_means"), NumberArrays.get(node, "input_deviations")),
                Scaling.of(NumberArrays.get(node, "target_means"), NumberArrays.get(node, "target_deviations")));
    }

    private static Missing missing(String keyword) {
        return Arrays.stream(Missing.values()).filter(each -> each.keyword().equals(keyword)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("no way to treat missing cells is called "
                        + FormatException.quote(keyword)));
    }

    /** Files written before dates were judged say nothing of a rhythm: then each table is judged by its own. */
    private static RowRules rules(JsonNode node) {
        return new RowRules(
                node.hasNonNull("date") ? node.get("date").asText() : null,
                missing(node.path("missing").asText()),
                new DateRules(
                        node.path("sorted").asBoolean(), Optional.empty(),
                        node.hasNonNull("rhythm")
                                ? Optional.of(Rhythm.parse(node.get("rhythm").asText()))
                                : Optional.empty()));
    }

    private static List<String> texts(JsonNode node, String name) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
