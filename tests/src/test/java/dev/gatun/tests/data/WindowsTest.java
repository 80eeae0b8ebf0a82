package dev.gatun.tests.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.data.Forecast;
import dev.gatun.data.LeastSquares;
import dev.gatun.data.LinearAutoregression;
import dev.gatun.data.Persistence;
import dev.gatun.data.Scaling;
import dev.gatun.data.Score;
import dev.gatun.data.Series;
import dev.gatun.data.WindowSpec;
import dev.gatun.data.Windows;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Timeline;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Windows, and the baselines over them. */
class WindowsTest {

    private static Series random(int rows, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[rows][2];
        List<String> dates = new ArrayList<>();
        int day = 0;
        for (double[] row : values) {
            row[0] = random.nextInt(8) == 0 ? Double.NaN : 50 + 10 * random.nextGaussian();
            row[1] = random.nextGaussian();
            day += random.nextInt(12) == 0 ? 5 : 1;
            dates.add(Integer.toString(day));
        }
        return Series.of(Timeline.of(DateColumn.of("day", dates), DateRules.STRICT), List.of("a", "b"), values);
    }

    /** Every scored window is whole, every window left out is not, and what went in comes out again. */
    @Property(tries = 100)
    void windowsAreWholeAndComeBack(@ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 4) int window, @ForAll @IntRange(min = 1, max = 3) int horizon,
            @ForAll boolean isRelative, @ForAll long seed) {
        Series series = random(rows, seed);
        WindowSpec plain = WindowSpec.of(List.of("b", "a"), List.of("a"), window, horizon);
        WindowSpec spec = (isRelative ? plain.relative() : plain).fitted(series, rows);
        Windows windows = new Windows(series, spec);
        int from = rows / 3;
        List<Integer> expected = new ArrayList<>();
        for (int start = 0; start + window + horizon <= rows; start++) {
            boolean isWhole = start + window >= from;
            for (int row = start; row < start + window + horizon; row++) {
                isWhole &= !Double.isNaN(series.value(row, 0));
                isWhole &= row == start || series.timeline().isUnbroken(row - 1, row);
            }
            if (isWhole) {
                expected.add(start);
            }
        }
        int[] starts = windows.scored(from, rows);
        assertEquals(expected, java.util.Arrays.stream(starts).boxed().toList());
        assertArrayEquals(starts, windows.scored(from, rows + 100));
        if (starts.length == 0) {
            return;
        }
        assertEquals(Shape.of(starts.length, window, 2), windows.inputs(starts).shape());
        Tensor targets = windows.targets(starts);
        double[][] again = windows.restore(starts, targets.toArray());
        double[][] truth = windows.truth(starts);
        for (int i = 0; i < truth.length; i++) {
            assertArrayEquals(truth[i], again[i], 1e-4);
        }
        for (Score score : Score.of(windows, starts, List.of(Forecast.of("knows", x -> targets)))) {
            assertTrue(score.rmse() < 1e-4 && score.mae() <= score.rmse(), score::toString);
        }
    }

    @Example
    void persistenceRepeatsAndScoresAreInTheSeriesUnit() {
        Series series = Series.of(List.of("v"), new double[][] {{1}, {2}, {4}, {8}});
        Windows windows = new Windows(series, WindowSpec.of(List.of("v"), List.of("v"), 1, 2));
        int[] starts = windows.scored(0, 4);
        assertArrayEquals(new int[] {0, 1}, starts);
        assertArrayEquals(new double[][] {{1, 1}, {2, 2}}, new Persistence().of(windows, starts));
        Score score = Score.of(windows, starts, List.of(new Persistence())).getFirst();
        assertEquals(new Score("v", "persistence", Math.sqrt((1 + 9 + 4 + 36) / 4.0), 3), score);
    }

    /** An autoregression finds the rule that made a series. */
    @Example
    void theAutoregressionFindsALinearRule() {
        double[][] values = new double[60][1];
        values[0][0] = 1;
        values[1][0] = 2;
        for (int row = 2; row < values.length; row++) {
            values[row][0] = 1.6 * values[row - 1][0] - 0.9 * values[row - 2][0] + 0.5;
        }
        Series series = Series.of(List.of("v"), values);
        Windows windows = new Windows(series, WindowSpec.of(List.of("v"), List.of("v"), 2, 1).fitted(series, 40));
        LinearAutoregression fitted = LinearAutoregression.fitted(windows, windows.scored(0, 40)).orElseThrow();
        int[] test = windows.scored(40, 60);
        assertTrue(Score.of(windows, test, List.of(fitted)).getFirst().rmse() < 1e-9);
        assertTrue(LinearAutoregression.fitted(windows, new int[] {0, 1, 2}).isEmpty(), "too few");
    }

    @Example
    void leastSquaresDropColumnsThatDependOnOthers() {
        double[][] x = {{1, 2, 1}, {2, 4, 0}, {3, 6, 5}, {4, 8, 1}};
        double[][] y = {{1 * 3 + 1}, {2 * 3}, {3 * 3 + 5}, {4 * 3 + 1}};
        double[][] b = LeastSquares.solve(x, y);
        assertEquals(3, b[0][0], 1e-9);
        assertEquals(0, b[1][0]);
        assertEquals(1, b[2][0], 1e-9);
        refused("rows of one width", () -> LeastSquares.solve(new double[][] {{1}, {1, 2}}, new double[2][1]));
        refused("at least one", () -> LeastSquares.solve(new double[0][], new double[0][]));
    }

    @Example
    void whatDoesNotFitIsRefused() {
        Series series = Series.of(List.of("v"), new double[5][1]);
        WindowSpec spec = WindowSpec.of(List.of("v"), List.of("v"), 2, 1);
        Windows windows = new Windows(series, spec);
        refused("a window begins at row 4 and needs 2 rows, but the series has 5", () -> windows.inputs(new int[] {4}));
        refused("begins at row -1", () -> windows.truth(new int[] {-1}));
        refused("1 windows have 1 numbers each, got 2", () -> windows.restore(new int[] {0}, new float[2]));
        refused("give at least 1 of each", () -> WindowSpec.of(List.of("v"), List.of("v"), 0, 1));
        refused("more numbers than a forecast can",
                () -> WindowSpec.of(List.of("v"), List.of("a", "b"), 1, Integer.MAX_VALUE));
        refused("scalings of 2 and 1 columns", () -> new WindowSpec(List.of("v"), List.of("v"), 1, 1, false,
                Scaling.none(2), Scaling.none(1)));
        refused("there is no column 'w'", () -> new Windows(series, WindowSpec.of(List.of("w"), List.of("v"), 1, 1)));
        Windows blind = new Windows(series, WindowSpec.of(List.of("v"), List.of("w"), 1, 1));
        assertEquals(5, blind.complete().length, "inputs alone");
        refused("there is no column 'w'", () -> blind.scored(0, 5));
    }

    private static void refused(String said, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }
}
