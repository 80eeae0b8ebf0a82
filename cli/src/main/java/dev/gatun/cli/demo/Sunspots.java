package dev.gatun.cli.demo;

import dev.gatun.cli.data.CsvFile;
import dev.gatun.cli.data.RowRules;
import dev.gatun.cli.data.TableSeries;
import dev.gatun.data.Missing;
import dev.gatun.data.Series;
import dev.gatun.data.time.DateRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Yearly sunspot numbers 1700 to 2008, shipped with the command: the data set {@code sunspots} of statsmodels, from the
 * National Geophysical Data Center; public domain.
 */
public final class Sunspots {

    /** The column of years. */
    public static final String YEAR = "YEAR";

    /** The column of sunspot numbers. */
    public static final String ACTIVITY = "SUNACTIVITY";

    /** Every year has a row, oldest first. */
    public static final RowRules RULES = new RowRules(YEAR, Missing.FAIL, DateRules.STRICT);

    private Sunspots() {}

    public static Series series() {
        try (InputStream in = Sunspots.class.getResourceAsStream("sunspots.csv")) {
            return TableSeries.of(CsvFile.table("sunspots.csv", in), List.of(ACTIVITY), RULES);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
