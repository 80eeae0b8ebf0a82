package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.cli.data.RowRules;
import dev.gatun.cli.forecast.Curve;
import dev.gatun.cli.forecast.ForecastTraining;
import dev.gatun.cli.forecast.LayerChoice;
import dev.gatun.cli.forecast.Settings;
import dev.gatun.cli.plot.ForecastPicture;
import dev.gatun.cli.plot.Hindcast;
import dev.gatun.cli.plot.Legend;
import dev.gatun.cli.plot.Line;
import dev.gatun.cli.plot.Look;
import dev.gatun.cli.plot.LossPicture;
import dev.gatun.cli.plot.NumberScale;
import dev.gatun.cli.plot.Panel;
import dev.gatun.cli.plot.Picture;
import dev.gatun.cli.plot.PictureFormat;
import dev.gatun.cli.plot.Style;
import dev.gatun.cli.plot.TimeAxis;
import dev.gatun.cli.plot.Titles;
import dev.gatun.cli.plot.YScale;
import dev.gatun.data.Missing;
import dev.gatun.data.Series;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Timeline;
import dev.gatun.layers.model.Model;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Number 15: which part a panel shows, what its axes say, and that neither lines nor names are a smear.
final class Mended15PicturesTest {

    private static final int WIDTH = 1600;

    private static ForecastTraining training(int rows, int horizon) {
        LocalDateTime first = LocalDateTime.of(2024, 1, 1, 0, 0);
        double[][] values = new double[rows][1];
        Arrays.setAll(values, row -> new double[] {Math.sin(row * 2 * Math.PI / 288)});
        List<String> labels = IntStream.range(0, rows).mapToObj(row -> first.plusMinutes(5L * row).toString()).toList();
        return new ForecastTraining(
                series("time", labels, "load", values), List.of("load"), List.of("load"),
                new RowRules("time", Missing.FAIL, DateRules.STRICT),
                new Settings(8, horizon, false, List.of(LayerChoice.of("4")), 0, 1, 32, 1e-3, 0.2, 0.2, 10, false, 0,
                        1));
    }

    private static Series series(String date, List<String> labels, String column, double[][] values) {
        long[] lines = LongStream.range(2, 2 + labels.size()).toArray();
        return Series.of(
                Timeline.of(new DateColumn("t.csv", date, labels, lines), DateRules.STRICT), List.of(column), values);
    }

    private static Picture picture(ForecastTraining training) {
        try (Model model = training.build()) {
            return ForecastPicture.of(
                    Hindcast.heldOut(training.windows(), training.split().testAt(), model), 0);
        }
    }

    /// As it was: "Held out" above the last 200 rows, whatever had been held out.
    @Test
    void allHeldOutRowsAreDrawnAndTheCloserPartIsNamed() {
        ForecastTraining training = training(4000, 4);
        List<Panel> panels = picture(training).panels();
        assertEquals(3, panels.size());
        List<String> labels = training.windows().series().labels();
        String all = panels.get(1).titles().top();
        assertTrue(all.startsWith("Held out, never seen in training: " + labels.get(3200) + " to " + labels.get(3999)),
                all);
        panels.get(1).lines().forEach(line -> assertEquals(800, line.y().length, line.style().name()));
        assertEquals("Closer, the last 240 of these 800 rows: " + labels.get(3760) + " to " + labels.get(3999),
                panels.get(2).titles().top());
        panels.get(2).lines().forEach(line -> assertEquals(240, line.y().length, line.style().name()));
        assertEquals(List.of("linear autoregression", "LSTM forecast", "truth"),
                panels.get(2).lines().stream().map(line -> line.style().name()).toList());
        assertEquals("time", panels.get(1).titles().x());
        assertEquals("load", panels.get(1).titles().y());
    }

    @Test
    void fewHeldOutRowsAreDrawnOnce() {
        List<Panel> panels = picture(training(400, 1)).panels();
        assertEquals(2, panels.size());
        assertTrue(panels.get(1).titles().top().startsWith("Held out, never seen in training: "));
        panels.get(1).lines().forEach(line -> assertEquals(80, line.y().length, line.style().name()));
    }

    /// As it was: 69 days of noisy 5-minute data, one block of colour from top to bottom.
    @Test
    void manyRowsAreNoBlock() {
        Random random = new Random(1);
        double[] x = IntStream.range(0, 69 * 288).asDoubleStream().toArray();
        double[] y = Arrays.stream(x).map(row -> Math.sin(row * 2 * Math.PI / 288) + random.nextGaussian()).toArray();
        Panel panel = new Panel(
                new Titles("", "row", "v"), new NumberScale(1), YScale.LINEAR,
                List.of(new Line(new Style("truth", Color.BLACK, Look.solid(1f), 0), x, y)), List.of(), 500);
        BufferedImage image = image(500, canvas -> panel.paint(canvas, WIDTH));
        int black = 0;
        for (int row = 0; row < 350; row++)
            for (int column = 150; column < WIDTH - 50; column++)
                black += (image.getRGB(column, row) & 0xFFFFFF) < 0x202020 ? 1 : 0;
        assertTrue(black < 0.05 * 350 * (WIDTH - 200), black + " pixels are black");
        assertTrue(black > 500, "and yet there is a line: " + black);
    }

    @Test
    void aHoleInTimeIsAHoleInTheLine() {
        List<String> labels = List.of("2024-01-01", "2024-01-02", "2024-01-03", "2024-03-03", "2024-03-04");
        TimeAxis axis = TimeAxis.of(series("day", labels, "v", new double[5][1]));
        Style style = new Style("v", Color.BLACK, Look.solid(1f), 0);
        double[] values = {1, 2, 3, 4, 5};
        assertEquals("[1.0, 2.0, 3.0, NaN, 4.0, 5.0]",
                Arrays.toString(axis.line(style, new int[] {0, 1, 2, 3, 4}, values).y()));
        assertEquals("[1.0, NaN, 2.0]",
                Arrays.toString(axis.line(style, new int[] {0, 2}, new double[] {1, 2}).y()), "a row left out");
    }

    /// Where no window crosses, no line does; and where windows cross, lines do: nights of a shop are no holes.
    @Test
    void aLineBreaksWhereTheTimelineDoes() {
        Style style = new Style("v", Color.BLACK, Look.solid(1f), 0);
        TimeAxis years = TimeAxis.of(
                series("year", List.of("1990", "1991", "1992", "1994", "1995"), "v", new double[5][1]));
        assertEquals("[1.0, 2.0, 3.0, NaN, 4.0, 5.0]", Arrays.toString(
                years.line(style, new int[] {0, 1, 2, 3, 4}, new double[] {1, 2, 3, 4, 5}).y()), "numbers have holes");
        LocalDateTime monday = LocalDateTime.of(2024, 1, 1, 9, 0);
        List<String> hours = IntStream.range(0, 35 * 8)
                .mapToObj(row -> monday.plusDays(row / 8).plusHours(row % 8).toString()).toList();
        Series shop = series("hour", hours, "v", new double[hours.size()][1]);
        assertTrue(shop.timeline().isUnbroken(0, hours.size() - 1));
        assertEquals(0, Arrays.stream(TimeAxis.of(shop)
                .line(style, IntStream.range(0, hours.size()).toArray(), new double[hours.size()]).y())
                .filter(Double::isNaN).count());
    }

    @Test
    void aLogarithmicAxisSaysSo() {
        Panel decades = LossPicture.of(new Curve(new double[] {3, 0.4, 0.02}, new double[0], 3), List.of("v"))
                .panels().getFirst();
        assertEquals(YScale.LOGARITHMIC, decades.yScale());
        assertTrue(decades.titles().y().endsWith("log scale"), decades.titles().y());
        Panel few = LossPicture.of(new Curve(new double[] {0.9, 0.4}, new double[] {0.8, 0.5}, 2), List.of("v"))
                .panels().getFirst();
        assertEquals(YScale.LINEAR, few.yScale(), "fewer than three labels would be left");
        assertFalse(few.titles().y().contains("log"), few.titles().y());
        Panel zero = LossPicture.of(new Curve(new double[] {0.9, 0}, new double[0], 2), List.of("v")).panels()
                .getFirst();
        assertEquals(YScale.LINEAR, zero.yScale());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "5,5", "0.1,0.1", "0.020000000000000004,0.02", "500,500", "1e6,1000000", "1e7,1E7",
        "2e-7,2E-7", "3,''", "0.9,''", "0.30000000000000004,''", "40,''"})
    void logarithmicLabels(double value, String label) {
        assertEquals(label, YScale.label(value));
    }

    /// As it was: "validation" higher than "training", as each name was centred by the letters it has.
    @Test
    void namesInALegendShareABaseline() {
        assertEquals(lowestInkOfTheLastLetter("x"), lowestInkOfTheLastLetter("gjpqy"));
        assertEquals(lowestInkOfTheLastLetter("x"), lowestInkOfTheLastLetter("THE"));
    }

    private static int lowestInkOfTheLastLetter(String before) {
        Legend legend = new Legend(
                List.of(new Style(before, Color.RED, Look.solid(2f), 0), new Style("x", Color.RED, null, 0)), WIDTH);
        BufferedImage image = image(legend.height(), canvas -> legend.paint(canvas, 0));
        int right = 0;
        for (int column = 0; column < WIDTH; column++)
            right = lowest(image, column) >= 0 ? column : right;
        int lowest = -1;
        for (int column = right - 4; column <= right; column++)
            lowest = Math.max(lowest, lowest(image, column));
        return lowest;
    }

    private static int lowest(BufferedImage image, int column) {
        for (int row = image.getHeight() - 1; row >= 0; row--)
            if ((image.getRGB(column, row) & 0xFF) < 0x90 && (image.getRGB(column, row) >> 16 & 0xFF) < 0x90)
                return row;
        return -1;
    }

    @Test
    void longNamesStayInsideThePicture() throws Exception {
        String name = "a column with a name that nobody would want to read aloud ".repeat(5);
        double[] one = {1, 2, 3};
        Picture picture = new Picture(List.of(new Panel(
                new Titles(name, name, name), new NumberScale(1), YScale.LINEAR,
                List.of(new Line(new Style(name, Color.BLACK, Look.solid(1f), 0), one, one),
                        new Line(new Style(name + 2, Color.BLACK, Look.solid(1f), 0), one, one)),
                List.of(), 500)));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes(PictureFormat.PNG)));
        int paper = image.getRGB(0, 0);
        for (int row = 0; row < image.getHeight(); row++)
            assertTrue(image.getRGB(1, row) == paper && image.getRGB(WIDTH - 2, row) == paper, "row " + row);
    }

    /// Nothing to measure a distance by: one row, one value, values that are not numbers.
    @Test
    void singlePointsAndGapsAreDrawn() throws Exception {
        for (double[] y : new double[][] {{4}, {Double.NaN}, {Double.POSITIVE_INFINITY}, {0}}) {
            Picture picture = new Picture(List.of(new Panel(
                    new Titles("t", "x", "y"), new NumberScale(1), YScale.LINEAR,
                    List.of(new Line(new Style("v", Color.BLACK, Look.solid(1f), 0), new double[] {2}, y)),
                    List.of(), 400)));
            assertTrue(picture.bytes(PictureFormat.PNG).length > 3000);
            assertTrue(picture.bytes(PictureFormat.SVG).length > 3000);
        }
    }

    private static BufferedImage image(int height, Consumer<Graphics2D> drawing) {
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, WIDTH, height);
        drawing.accept(canvas);
        canvas.dispose();
        return image;
    }
}
