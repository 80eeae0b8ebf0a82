package dev.gatun.cli.plot;

import dev.gatun.data.Series;
import dev.gatun.data.WindowSpec;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The forecast against the truth: the whole history, below it all rows that were forecast, and where these are too many
 * to be told apart, their last ones once more.
 */
public final class ForecastPicture {

    /** Rows that can be told apart side by side. */
    private static final int CLOSE_ROWS = 240;

    /** More than this and points hide the line. */
    private static final int POINTS = 120;

    private final Hindcast hindcast;
    private final TimeAxis axis;
    private final int target;

    private ForecastPicture(Hindcast hindcast, int target) {
        this.hindcast = hindcast;
        this.axis = TimeAxis.of(hindcast.windows().series());
        this.target = target;
    }

    /**
     * Draws one target.
     *
     * @param hindcast what was forecast, at least one window
     * @param target   index among the recipe's targets
     * @return two panels or three
     */
    public static Picture of(Hindcast hindcast, int target) {
        ForecastPicture picture = new ForecastPicture(hindcast, target);
        int count = hindcast.rows().length;
        List<Panel> panels = new ArrayList<>(List.of(picture.whole()));
        if (count <= CLOSE_ROWS) {
            panels.add(picture.forecast(hindcast, picture.what() + ": " + picture.span(hindcast), List.of()));
        } else {
            Hindcast last = hindcast.last(CLOSE_ROWS);
            int[] rows = last.rows();
            Mark close = picture.mark(rows, "shown below");
            panels.add(picture.forecast(hindcast, picture.what() + ": " + picture.span(hindcast), List.of(close)));
            panels.add(picture.forecast(last, "Closer, the last " + rows.length + " of these "
                    + count + " rows: " + picture.span(last), List.of()));
        }
        return new Picture(panels);
    }

    private Panel whole() {
        WindowSpec spec = hindcast.windows().spec();
        int[] all = IntStream.range(0, hindcast.windows().series().rows()).toArray();
        int[] rows = hindcast.rows();
        List<Line> lines = List.of(
                line(hindcast.isHeldOut() ? "history and truth" : "truth", Palette.HISTORY, 2f, all, truth(all)),
                line(hindcast.model().name() + " forecast", Palette.FORECAST, 2.2f, rows,
                        hindcast.values(hindcast.model(), target)));
        List<Mark> marks = hindcast.isHeldOut() && rows[0] > 0 ? List.of(mark(rows, "held out")) : List.of();
        String title = column() + ": forecast "
                + (spec.horizon() == 1 ? "one row ahead" : spec.horizon() + " rows at a time");
        return new Panel(titles(title), axis.scale(all), YScale.LINEAR, lines, marks, 480);
    }

    private Panel forecast(Hindcast shown, String title, List<Mark> marks) {
        int[] rows = shown.rows();
        List<Line> lines = new ArrayList<>();
        if (shown.baseline() != null && rows.length <= CLOSE_ROWS) {
            lines.add(axis.line(
                    Style.dashed(shown.baseline().name(), Palette.BASELINE, 2f), rows,
                    shown.values(shown.baseline(), target)));
        }
        lines.add(line(shown.model().name() + " forecast", Palette.FORECAST, 3.4f, rows,
                shown.values(shown.model(), target)));
        // Above the forecast and thinner, so that both are seen where they agree.
        Line truth = line("truth", Palette.TRUTH, 1.8f, rows, truth(rows));
        lines.add(rows.length > POINTS
                ? truth
                : new Line(truth.style().withPoints(7), truth.x(), truth.y()));
        return new Panel(titles(title), axis.scale(rows), YScale.LINEAR, lines, marks, 540);
    }

    private Titles titles(String top) {
        return new Titles(top, axis.title(), column());
    }

    private String column() {
        return hindcast.windows().spec().targets().get(target);
    }

    private String what() {
        return hindcast.isHeldOut() ? "Held out, never seen in training" : "All rows that have a window before them";
    }

    /** Which rows, as the table calls them. */
    private String span(Hindcast shown) {
        int[] rows = shown.rows();
        Series series = hindcast.windows().series();
        return series.label(rows[0]) + " to " + series.label(rows[rows.length - 1]);
    }

    private Mark mark(int[] rows, String label) {
        return new Mark(axis.at(rows[0]), axis.at(rows[rows.length - 1]), label);
    }

    private Line line(String name, Color color, float width, int[] rows, double[] values) {
        float thin = rows.length > 600 ? width * 0.7f : width;
        return axis.line(Style.solid(name, color, thin), rows, values);
    }

    private double[] truth(int[] rows) {
        Series series = hindcast.windows().series();
        int column = series.column(column());
        return Arrays.stream(rows).mapToDouble(row -> series.value(row, column)).toArray();
    }
}
