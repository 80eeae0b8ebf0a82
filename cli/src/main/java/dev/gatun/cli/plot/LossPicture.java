package dev.gatun.cli.plot;

import dev.gatun.cli.forecast.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Training and validation loss over the epochs, with the best epoch marked. */
public final class LossPicture {

    private LossPicture() {}

    public static Picture of(String title, Curve curve) {
        XYChart chart = Palette.chart(title, "epoch", "mean squared error (standardised)");
        chart.getStyler().setXAxisDecimalPattern("0");
        chart.getStyler().setYAxisDecimalPattern("0.0##");
        chart.getStyler().setYAxisLogarithmic(isPositive(curve.loss()) && isPositive(curve.validationLoss()));
        chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
        chart.getStyler().setPlotContentSize(0.98);
        double[] epochs = IntStream.rangeClosed(1, curve.loss().length).asDoubleStream().toArray();
        Palette.line(chart, "training", epochs, curve.loss(), Palette.HISTORY, 2.4f);
        if (curve.validationLoss().length == epochs.length) {
            Palette.line(chart, "validation", epochs, curve.validationLoss(), Palette.FORECAST, 2.6f);
            int best = curve.bestEpoch();
            double loss = curve.validationLoss()[best - 1];
            chart.addAnnotation(new AnnotationLine(best, true, false));
            XYSeries mark = chart.addSeries(
                    String.format(Locale.ROOT, "best epoch: %d (validation %.4f)", best, loss),
                    new double[] {best},
                    new double[] {loss});
            mark.setLineColor(Look.PAPER);
            mark.setMarker(SeriesMarkers.CIRCLE);
            mark.setMarkerColor(Palette.TRUTH);
            chart.getStyler().setMarkerSize(11);
        }
        return new Picture(List.of(chart), List.of(640));
    }

    private static boolean isPositive(double[] losses) {
        return Arrays.stream(losses).allMatch(loss -> loss > 0);
    }
}
