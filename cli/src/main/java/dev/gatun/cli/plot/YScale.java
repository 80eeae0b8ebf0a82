package dev.gatun.cli.plot;

import java.math.BigDecimal;
import java.util.Arrays;
import org.knowm.xchart.style.AxesChartStyler;

/** How values lie on a y axis. */
public enum YScale {

    LINEAR {
        @Override
        public void apply(AxesChartStyler style) {
            style.setYAxisLogarithmic(false);
        }
    },

    /** With labels at 1, 2 and 5 times powers of ten. */
    LOGARITHMIC {
        @Override
        public void apply(AxesChartStyler style) {
            style.setYAxisLogarithmic(true);
            style.setYAxisLogarithmicDecadeOnly(false);
            style.setYAxisTickLabelsFormattingFunction(YScale::label);
        }
    };

    /** Less than a decade has fewer than three labels. */
    private static final double DECADE = 10;

    /**
     * Sets a chart's y axis so.
     *
     * @param style of the chart
     */
    public abstract void apply(AxesChartStyler style);

    /**
     * The scale for positive values of different size.
     *
     * @param values to be shown
     * @return logarithmic where that shows more: all are positive, and they span a power of ten
     */
    public static YScale of(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        double low = Arrays.stream(finite).min().orElse(0);
        return low > 0 && Arrays.stream(finite).max().orElse(0) >= DECADE * low ? LOGARITHMIC : LINEAR;
    }

    /**
     * The label of a tick on a logarithmic axis.
     *
     * @param value a digit times a power of ten
     * @return empty unless the digit is 1, 2 or 5
     */
    public static String label(double value) {
        BigDecimal number = new BigDecimal(value, new java.math.MathContext(6)).stripTrailingZeros();
        int digits = number.unscaledValue().intValue();
        if (digits != 1 && digits != 2 && digits != 5) {
            return "";
        }
        boolean isLong = value < 1e-5 || value >= 1e7;
        return isLong ? number.toString().replace("E+", "E") : number.toPlainString();
    }
}
