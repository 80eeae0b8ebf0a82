package dev.gatun.cli.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.Missing;
import dev.gatun.cli.data.RowRules;
import dev.gatun.cli.data.Scaling;
import dev.gatun.formats.FormatException;
import dev.gatun.cli.dates.DateRules;
import dev.gatun.cli.dates.Rhythm;
import dev.gatun.formats.PlainJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a table becomes what a model eats, and its output becomes a forecast again. Saved in the model's metadata, so that
 * the model file is all one needs.
 *
 * @param inputs        columns the model sees, C of them
 * @param targets       columns it forecasts, K of them
 * @param rows          what makes a series of a table's rows, with the rhythm of the training's
 * @param window        W, rows the model sees
 * @param horizon       H, rows it forecasts at once
 * @param isRelative    whether the model sees and forecasts changes against the window's last row, not levels
 * @param inputScaling  of the inputs, fitted on the training rows
 * @param targetScaling of the targets, fitted on the training rows
 */
public record Recipe(
        List<String> inputs, List<String> targets, RowRules rows, int window, int horizon, boolean isRelative,
        Scaling inputScaling, Scaling targetScaling) {

    /** Key in a model's metadata. */
    public static final String KEY = "gatun.forecast";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Numbers of one forecast: H times K, step by step. */
    public int outputs() {
        return horizon * targets.size();
    }

    /** The column that says when a row is, or null. */
    public String date() {
        return rows.date();
    }

    /** Inputs and targets, each column once. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(inputs);
        targets.stream().filter(target -> !columns.contains(target)).forEach(columns::add);
        return columns;
    }

    /** Columns a forecast is made from: the inputs, and the targets if their last values are built upon. */
    public List<String> needed() {
        return isRelative ? columns() : inputs;
    }

    public void saveTo(Map<String, String> metadata) {
        ObjectNode node = JSON.createObjectNode();
        inputs.forEach(node.putArray("inputs")::add);
        targets.forEach(node.putArray("targets")::add);
        if (date() != null) {
            node.put("date", date());
            node.put("sorted", rows.dates().isSorted());
            node.put("rhythm", rows.dates().learned().text());
        }
        node.put("window", window).put("horizon", horizon).put("relative", isRelative).put("missing",
                rows.missing().keyword());
        put(node, "input_means", inputScaling.means());
        put(node, "input_deviations", inputScaling.deviations());
        put(node, "target_means", targetScaling.means());
        put(node, "target_deviations", targetScaling.deviations());
        metadata.put(KEY, node.toString());
    }

    private static void put(ObjectNode node, String name, double[] numbers) {
        var array = node.putArray(name);
        for (double number : numbers) {
            array.add(number);
        }
    }

    /**
     * The recipe in a model's metadata; empty for a model that was not made by {@code gatun train}.
     *
     * @throws Refusal if there is one that cannot be understood
     */
    public static Optional<Recipe> in(Map<String, String> metadata) {
        String text = metadata.get(KEY);
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.valueToTree(PlainJson.object(KEY, text));
            Recipe recipe = new Recipe(
                    texts(node, "inputs"), texts(node, "targets"), rules(node),
                    node.path("window").asInt(), node.path("horizon").asInt(), node.path("relative").asBoolean(),
                    new Scaling(numbers(node, "input_means"), numbers(node, "input_deviations")),
                    new Scaling(numbers(node, "target_means"), numbers(node, "target_deviations")));
            if (!recipe.isSound()) {
                throw new IllegalArgumentException("sizes that do not fit each other");
            }
            return Optional.of(recipe);
        } catch (IllegalArgumentException unsound) {
            throw damaged(unsound.getMessage());
        }
    }

    private static Refusal damaged(String reason) {
        return new Refusal("The model's metadata '" + KEY + "' is damaged (" + reason + "); train the model again");
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
                        node.path("sorted").asBoolean(), null,
                        node.hasNonNull("rhythm") ? Rhythm.parse(node.get("rhythm").asText()) : null));
    }

    private boolean isSound() {
        return window > 0 && horizon > 0 && (long) horizon * targets.size() <= Integer.MAX_VALUE && !inputs.isEmpty()
                && !targets.isEmpty()
                && inputScaling.means().length == inputs.size()
                && inputScaling.deviations().length == inputs.size()
                && targetScaling.means().length == targets.size()
                && targetScaling.deviations().length == targets.size();
    }

    private static List<String> texts(JsonNode node, String name) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static double[] numbers(JsonNode node, String name) {
        double[] numbers = new double[node.path(name).size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(name).get(i).asDouble();
        }
        return numbers;
    }
}
