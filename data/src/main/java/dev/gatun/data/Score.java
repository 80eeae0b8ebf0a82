package dev.gatun.data;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Errors of one forecast on one target, over all windows and steps, in the series' unit.
 *
 * @param target column
 * @param by     whose forecast
 * @param rmse   root of the mean square
 * @param mae    mean distance
 */
public record Score(String target, String by, double rmse, double mae) {

    /**
     * Checks that nothing is null.
     *
     * @throws NullPointerException naming what is
     */
    public Score {
        Arguments.required(target, "Score", "target", "the name of a column");
        Arguments.required(by, "Score", "by", "the name of a forecast");
    }

    /**
     * Scores of several forecasts on the same windows.
     *
     * @param windows   over a series
     * @param starts    first rows of the windows, whose targets are known
     * @param forecasts to be compared
     * @return target by target, in each the forecasts in their order; NaN if there are no windows
     * @throws IllegalArgumentException if a window's target rows do not lie in the series, or a target is no column of it
     */
    public static List<Score> of(Windows windows, int[] starts, List<Forecast> forecasts) {
        Arguments.required(windows, "Score.of", "windows", "windows over a series");
        Arguments.required(starts, "Score.of", "starts", "first rows of windows");
        Arguments.all(forecasts, "Score.of", "forecasts", "forecasts to be compared");
        double[][] truth = windows.truth(starts);
        List<String> targets = windows.spec().targets();
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
}
