package dev.gatun.cli.plot;

import dev.gatun.cli.forecast.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Training and validation loss over the epochs, with the best epoch marked. */
public final class LossPicture {

    private static final int HEIGHT = 640;

    private LossPicture() {}

    /**
     * Draws a training.
     *
     * @param curve   of the training
     * @param targets columns that the model forecasts
     * @return one panel
     */
    public static Picture of(Curve curve, List<String> targets) {
        double[] epochs = IntStream.rangeClosed(1, curve.loss().length).asDoubleStream().toArray();
        List<Line> lines = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        lines.add(new Line(Style.solid("training", Palette.HISTORY, 2.4f), epochs, curve.loss()));
        if (curve.validationLoss().length == epochs.length) {
            lines.add(new Line(
                    Style.solid("validation", Palette.FORECAST, 2.6f), epochs, curve.validationLoss()));
            int best = curve.bestEpoch();
            double loss = curve.validationLoss()[best - 1];
            lines.add(new Line(
                    new Style(
                            String.format(Locale.ROOT, "best epoch: %d (validation %.4g)", best, loss), Palette.TRUTH,
                            null, 12),
                    new double[] {best}, new double[] {loss}));
            marks.add(new Mark(best, best, ""));
        }
        YScale scale = YScale.of(
                DoubleStream.concat(DoubleStream.of(curve.loss()), DoubleStream.of(curve.validationLoss())).toArray());
        String unit = "mean squared error (standardised)" + (scale == YScale.LOGARITHMIC ? ", log scale" : "");
        return new Picture(List.of(new Panel(
                new Titles("Training to forecast " + String.join(", ", targets), "epoch", unit), new NumberScale(1),
                scale, lines, marks, HEIGHT)));
    }
}
