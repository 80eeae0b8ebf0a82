package dev.gatun.tests.mended;

import dev.gatun.data.Forecast;
import dev.gatun.data.LinearAutoregression;
import dev.gatun.data.Missing;
import dev.gatun.data.Persistence;
import dev.gatun.data.Scaling;
import dev.gatun.data.Score;
import dev.gatun.data.Series;
import dev.gatun.data.TimeSplit;
import dev.gatun.data.WindowSpec;
import dev.gatun.data.Windows;
import dev.gatun.data.time.DataException;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.DateKind;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Holes;
import dev.gatun.data.time.Moment;
import dev.gatun.data.time.OpenHours;
import dev.gatun.data.time.Rhythm;
import dev.gatun.data.time.Span;
import dev.gatun.data.time.Timeline;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user of {@code gatun-data} could well have in hand, by the type's name. */
final class PlausibleData {

    private PlausibleData() {}

    static Map<String, Object> values() {
        List<Object> values = new ArrayList<>();
        double[][] numbers = new double[9][1];
        Arrays.setAll(numbers, row -> new double[] {row});
        Series series = Series.of(List.of("lstm"), numbers);
        WindowSpec spec = WindowSpec.of(List.of("lstm"), List.of("lstm"), 1, 1).fitted(series, 6);
        Windows windows = new Windows(series, spec);
        Rhythm rhythm = new Rhythm(DateKind.NUMBER, 1, 1.5, Optional.empty());
        values.addAll(List.of(series, spec, windows, Scaling.none(1), Missing.DROP, TimeSplit.of(9, 0.2, 0.2),
                new Persistence(), LinearAutoregression.fitted(windows, windows.scored(0, 9)).orElseThrow(),
                new Score("lstm", "persistence", 1, 1)));
        values.addAll(List.of(DateColumn.of("day", List.of("1", "2", "3")), DateKind.NUMBER, DateRules.STRICT,
                new Holes(0, new Span(0, false), 0, 3), new Moment(BigDecimal.ONE, 0),
                new OpenHours(3600, 0, new BitSet()), rhythm, new Span(1, false),
                Timeline.of(DateColumn.of("day", List.of("1", "2", "3")), DateRules.STRICT),
                new DataException("text"), DataException.Setting.SORTED));
        values.addAll(List.of(BigDecimal.ONE, new BitSet(), Optional.empty()));
        Map<String, Object> byType = new HashMap<>();
        values.forEach(value -> byType.put(value.getClass().getTypeName(), value));
        byType.put(Forecast.class.getTypeName(), new Persistence());
        byType.put("java.util.List<dev.gatun.data.Forecast>", List.of(new Persistence()));
        byType.put("java.io.Serializable[]", new Serializable[] {"text"});
        byType.put("double[][]", numbers);
        return byType;
    }
}
