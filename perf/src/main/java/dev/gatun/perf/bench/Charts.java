package dev.gatun.perf.bench;

import dev.gatun.cli.plot.Look;
import dev.gatun.cli.plot.YScale;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Latency;
import dev.gatun.perf.paired.Ours;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.roof.Roof;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of the report. */
final class Charts {

    private Charts() {}

    /** Percentiles of single steps, on one thread or on several; null if there are none. */
    static XYChart latency(List<Outcome> outcomes, int threads) {
        Map<String, Latency> curves = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.task().kind() == Kind.STEP && outcome.threads() == threads) {
                curves.putIfAbsent(Ours.NAME, outcome.ours().latency());
                if (outcome.theirs() != null) {
                    curves.put(outcome.peer(), outcome.theirs().latency());
                }
            }
        }
        if (curves.isEmpty()) {
            return null;
        }
        XYChart chart = xy("STEP, one time step per call, " + threads(threads), "slowest of so many steps (log scale)",
                "µs, at most (log scale)");
        chart.getStyler().setXAxisLogarithmic(true);
        YScale.LOGARITHMIC.apply(chart.getStyler());
        chart.getStyler().setXAxisDecimalPattern("#,##0");
        curves.forEach((name, latency) -> line(chart, name,
                latency.curve().stream().mapToDouble(point -> rarity(point.percentile(), latency.count())).toArray(),
                latency.curve().stream().mapToDouble(point -> Math.max(1, point.nanos()) / 1e3).toArray()));
        return chart;
    }

    /** One in how many is slower. */
    private static double rarity(double percentile, long count) {
        double slower = 1 - percentile / 100;
        return slower * count < 1 ? count : 1 / slower;
    }

    static XYChart scaling(ThreadScaling.Axis axis, List<ThreadScaling.Point> points, List<Roof> roofs) {
        boolean perStep = axis == ThreadScaling.Axis.TIME;
        XYChart chart = xy("Inference: " + axis.rest(), axis.name().toLowerCase(java.util.Locale.ROOT) + " (log scale)",
                perStep ? "µs per time step" : "GFLOP/s");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(false);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(YScale::label);
        chart.getStyler().setYAxisMin(0.0);
        for (Roof roof : roofs) {
            List<ThreadScaling.Point> own = points.stream()
                    .filter(point -> point.axis() == axis && point.threads() == roof.threads()).toList();
            double[] sizes = own.stream().mapToDouble(ThreadScaling.Point::size).toArray();
            double[] heights = own.stream()
                    .mapToDouble(point -> perStep ? point.nanos() / 1e3 / point.size() : point.flops() / 1e9).toArray();
            Color color = Pictures.SERIES[roofs.indexOf(roof) % Pictures.SERIES.length];
            XYSeries line = line(chart, threads(roof.threads()), sizes, heights);
            line.setLineColor(color);
            line.setMarker(SeriesMarkers.CIRCLE);
            line.setMarkerColor(color);
            if (!perStep) {
                XYSeries peak = line(chart, "FMA peak, " + threads(roof.threads()),
                        new double[] {sizes[0], sizes[sizes.length - 1]},
                        new double[] {roof.flops() / 1e9, roof.flops() / 1e9});
                peak.setLineStyle(Look.dashed(1.8f));
                peak.setLineColor(color);
            }
        }
        return chart;
    }

    /** How many times as long a peer takes; null if it was not there. */
    static CategoryChart ratios(List<Outcome> outcomes, String peer) {
        List<Outcome> own = outcomes.stream().filter(outcome -> outcome.peer().equals(peer)).toList();
        List<String> tasks = own.stream().map(outcome -> outcome.task().title()).distinct().toList();
        List<Integer> threads = own.stream().map(Outcome::threads).distinct().sorted().toList();
        if (own.isEmpty()) {
            return null;
        }
        CategoryChart chart = bars("Time of " + peer + " / time of " + Ours.NAME,
                "above 1: " + Ours.NAME + " is faster");
        for (int count : threads) {
            List<Double> values = new ArrayList<>();
            for (String task : tasks) {
                values.add(own.stream()
                        .filter(outcome -> outcome.task().title().equals(task) && outcome.threads() == count)
                        .mapToDouble(outcome -> rounded(outcome.ratio(), 100)).findFirst().orElse(0));
            }
            chart.addSeries(threads(count), tasks, values);
        }
        chart.addAnnotation(new AnnotationLine(1, false, false));
        return chart;
    }

    static CategoryChart starts(List<Starts.Entry> entries) {
        CategoryChart chart = bars("JVM start to first SEED1 prediction", "ms");
        chart.addSeries("median", entries.stream().map(Starts.Entry::name).toList(),
                entries.stream().map(entry -> rounded(entry.median() / 1e6, 1)).toList());
        return chart;
    }

    private static CategoryChart bars(String title, String y) {
        CategoryChart chart = new CategoryChartBuilder().width(Pictures.WIDTH).height(Pictures.HEIGHT).title(title)
                .yAxisTitle(y).build();
        Pictures.dress(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setLabelsFont(Look.font(java.awt.Font.PLAIN, 15));
        chart.getStyler().setAvailableSpaceFill(0.7);
        return chart;
    }

    private static XYChart xy(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(Pictures.WIDTH).height(Pictures.HEIGHT).title(title).xAxisTitle(x)
                .yAxisTitle(y).build();
        Pictures.dress(chart.getStyler());
        return chart;
    }

    private static XYSeries line(XYChart chart, String name, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineStyle(Look.solid(2.4f));
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    /** XChart writes labels as the numbers are. */
    private static double rounded(double value, int parts) {
        return (double) Math.round(value * parts) / parts;
    }

    private static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }
}
