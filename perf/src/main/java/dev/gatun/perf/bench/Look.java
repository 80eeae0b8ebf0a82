package dev.gatun.perf.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How the pictures look, as those of the command line do: light paper, thin grid, colours that any eyes tell apart. */
final class Look {

    static final Color INK = new Color(0x1B2A41);
    static final Color FAINT = new Color(0x6B7A90);
    static final Color PAPER = new Color(0xFBFAF7);
    private static final Color GRID = new Color(0xE3E1DA);
    /** Ours first. */
    static final Color[] SERIES = {
        new Color(0xE4572E), new Color(0x3A8FB7), new Color(0x6B9A3D), new Color(0xB5892E), new Color(0x7D5BA6)};
    static final int WIDTH = 1400;
    static final int HEIGHT = 620;

    private Look() {}

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 6f}, 0f);
    }

    static void dress(AxesChartStyler style) {
        style.setChartBackgroundColor(PAPER);
        style.setPlotBackgroundColor(PAPER);
        style.setPlotBorderVisible(false);
        style.setChartFontColor(INK);
        style.setChartTitleFont(font(Font.BOLD, 24));
        style.setChartTitleBoxVisible(false);
        style.setChartTitlePadding(12);
        style.setChartPadding(18);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendFont(font(Font.PLAIN, 18));
        style.setLegendBackgroundColor(PAPER);
        style.setLegendBorderColor(PAPER);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setPlotGridVerticalLinesVisible(false);
        style.setAntiAlias(true);
        style.setLocale(java.util.Locale.ROOT);
        style.setAxisTitleFont(font(Font.PLAIN, 18));
        style.setAxisTickLabelsFont(font(Font.PLAIN, 17));
        style.setAxisTickLabelsColor(FAINT);
        style.setAxisTickMarksColor(GRID);
        style.setAxisTicksLineVisible(false);
        style.setAxisTickPadding(8);
        style.setAnnotationLineColor(FAINT);
        style.setAnnotationLineStroke(dashed(1.6f));
        style.setSeriesColors(SERIES);
    }

    static void save(Chart<?, ?> chart, Path file) throws IOException {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
