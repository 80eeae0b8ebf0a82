package dev.gatun.perf.bench;

import dev.gatun.cli.plot.Look;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/** The pictures of a report: their size and the colours of their series. */
final class Pictures {

    /** Ours first. */
    static final Color[] SERIES = {
        Look.FIRST, Look.SECOND, new Color(0x6B9A3D), new Color(0xB5892E), new Color(0x7D5BA6)};
    static final int WIDTH = 1400;
    static final int HEIGHT = 620;

    private Pictures() {}

    static void dress(AxesChartStyler style) {
        Look.dress(style);
        style.setSeriesColors(SERIES);
    }

    static void save(Chart<?, ?> chart, Path file) throws IOException {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
