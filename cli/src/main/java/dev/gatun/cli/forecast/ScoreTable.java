package dev.gatun.cli.forecast;

import dev.gatun.data.Persistence;
import dev.gatun.data.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Scores for people and for programs. */
public final class ScoreTable {

    private static final String PERSISTENCE = new Persistence().name();

    private ScoreTable() {}

    /** Targets on which persistence is at least as good as the model. */
    public static List<String> beaten(List<Score> scores) {
        return scores.stream()
                .filter(score -> score.by().equals(ModelForecast.NAME)
                        && persistence(scores, score.target()).orElse(Double.NaN) <= score.rmse())
                .map(Score::target)
                .toList();
    }

    private static OptionalDouble persistence(List<Score> scores, String target) {
        return scores.stream()
                .filter(score -> score.target().equals(target) && score.by().equals(PERSISTENCE))
                .mapToDouble(Score::rmse)
                .findFirst();
    }

    /** Plain values for JSON. */
    public static List<Map<String, Object>> plain(List<Score> scores) {
        return scores.stream().map(score -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("target", score.target());
            map.put("by", score.by());
            map.put("rmse", score.rmse());
            map.put("mae", score.mae());
            return map;
        }).toList();
    }

    /** A table for people; the ratio is to the persistence of the same target. */
    public static String text(List<Score> scores) {
        boolean several = scores.stream().map(Score::target).distinct().count() > 1;
        int width = scores.stream().mapToInt(score -> label(score, several).length()).max().orElse(0);
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "  %-" + width + "s  %10s  %10s  %s", "", "RMSE", "MAE",
                        "RMSE / persistence"));
        for (Score score : scores) {
            text.append(String.format(
                    Locale.ROOT, "%n  %-" + width + "s  %10s  %10s  %8.3f", label(score, several),
                    number(score.rmse()), number(score.mae()),
                    score.rmse() / persistence(scores, score.target()).orElse(Double.NaN)));
        }
        return text.toString();
    }

    private static String label(Score score, boolean several) {
        return several ? score.target() + ": " + score.by() : score.by();
    }

    /** Four significant digits or so, never an exponent for what people measure. */
    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : size >= 1 ? "%.3f" : "%.4g",
                value);
    }
}
