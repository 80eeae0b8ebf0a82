package dev.gatun.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How Gatun's pictures look: light paper, thin grid, colours that people with any eyes can tell apart. */
public final class Look {

    /** Titles, names and what was measured. */
    public static final Color INK = new Color(0x1B2A41);
    /** Numbers on axes, and remarks. */
    public static final Color FAINT = new Color(0x6B7A90);
    /** What is drawn on. */
    public static final Color PAPER = new Color(0xFBFAF7);
    /** What a picture is about. */
    public static final Color FIRST = new Color(0xE4572E);
    /** What it is compared with. */
    public static final Color SECOND = new Color(0x3A8FB7);
    private static final Color GRID = new Color(0xE3E1DA);

    private Look() {}

    /**
     * The letters of all texts.
     *
     * @param style of {@link Font}: plain, bold or italic
     * @param size  in points, which are pixels here
     * @return a font without serifs
     */
    public static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /**
     * An unbroken line.
     *
     * @param width in pixels
     * @return with round ends
     */
    public static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /**
     * A broken line, for what others are compared with.
     *
     * @param width in pixels
     * @return with dashes of seven pixels
     */
    public static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 6f}, 0f);
    }

    /**
     * Gives a chart this look.
     *
     * @param style of the chart
     */
    public static void dress(AxesChartStyler style) {
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
    }
}
