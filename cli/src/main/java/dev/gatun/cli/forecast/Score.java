package dev.gatun.cli.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Errors of one forecast on one target, over all windows and steps, in the table's unit.
 *
 * @param target column
 * @param by     whose forecast
 * @param rmse   root of the mean square
 * @param mae    mean distance
 */
public record Score(String target, String by, double rmse, double mae) {

    /** Scores of several forecasts on the same windows, target by target. */
    public static List<Score> of(Windows windows, int[] starts, List<Forecast> forecasts) {
        double[][] truth = windows.truth(starts);
        List<String> targets = windows.recipe().targets();
        List<double[][]> made = forecasts.stream().map(forecast -> forecast.of(windows, starts)).toList();
        List<Score> scores = new ArrayList<>();
        for (int target = 0; target < targets.size(); target++) {
            for (int i = 0; i < made.size(); i++) {
                scores.add(
                        of(targets.get(target), forecasts.get(i).name(), truth, made.get(i), target, targets.size()));
            }
        }
        return scores;
    }

    private static Score of(String target, String by, double[][] truth, double[][] made, int index, int targets) {
        double squares = 0;
        double distances = 0;
        long count = 0;
        for (int row = 0; row < truth.length; row++) {
            for (int i = index; i < truth[row].length; i += targets) {
                double error = made[row][i] - truth[row][i];
                squares += error * error;
                distances += Math.abs(error);
                count++;
            }
        }
        return new Score(target, by, Math.sqrt(squares / count), distances / count);
    }

    /** Targets on which persistence is at least as good as the model. */
    public static List<String> beaten(List<Score> scores) {
        return scores.stream()
                .filter(score -> score.by.equals("LSTM") && scores.stream().anyMatch(other -> other.target.equals(
                        score.target) && other.by.equals("persistence") && other.rmse <= score.rmse))
                .map(Score::target)
                .toList();
    }

    /** Plain values for JSON. */
    public Map<String, Object> plain() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", target);
        map.put("by", by);
        map.put("rmse", rmse);
        map.put("mae", mae);
        return map;
    }

    /** A table for people; the ratio is to the persistence of the same target. */
    public static String text(List<Score> scores) {
        boolean several = scores.stream().map(Score::target).distinct().count() > 1;
        int width = scores.stream().mapToInt(score -> score.label(several).length()).max().orElse(0);
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "  %-" + width + "s  %10s  %10s  %s", "", "RMSE", "MAE",
                        "RMSE / persistence"));
        for (Score score : scores) {
            double persistence = scores.stream()
                    .filter(other -> other.target.equals(score.target) && other.by.equals("persistence"))
                    .mapToDouble(Score::rmse)
                    .findFirst()
                    .orElse(Double.NaN);
            text.append(String.format(
                    Locale.ROOT, "%n  %-" + width + "s  %10s  %10s  %8.3f", score.label(several), number(score.rmse),
                    number(score.mae), score.rmse / persistence));
        }
        return text.toString();
    }

    private String label(boolean several) {
        return several ? target + ": " + by : by;
    }

    /** Four significant digits or so, never an exponent for what people measure. */
    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : size >= 1 ? "%.3f" : "%.4g",
                value);
    }
}
