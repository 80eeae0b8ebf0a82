package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Refusal;
import dev.gatun.data.Series;
import dev.gatun.data.time.DateKind;
import dev.gatun.data.time.Moment;
import dev.gatun.formats.PlainJson;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rows a model was trained on, or its best epoch chosen with; kept in the model's metadata, so that nobody takes the
 * error on them for that of a forecast.
 *
 * @param rows        how many, from the first row of the table on
 * @param fingerprint of these rows
 * @param kind        of the dates; null if there were none
 * @param until       the last date; null if there were none
 * @param label       what stood in the date column there, or the row's number
 */
public record SeenRows(int rows, String fingerprint, DateKind kind, BigDecimal until, String label) {

    /** Key in a model's metadata. */
    public static final String KEY = "gatun.seen";

    /**
     * What a model has seen of a table.
     *
     * @param isKnown whether anything is known of it
     * @param end     rows before this one were seen; 0 if none was, or nothing is known
     * @param until   label of the last row of the training; null if it is not kept
     */
    public record InTable(boolean isKnown, int end, String until) {}

    /** @param end the first row that was held out */
    static SeenRows of(Series series, int end) {
        Optional<Moment> last = series.timeline().moment(end - 1);
        return new SeenRows(
                end, series.fingerprint(end), series.timeline().rhythm().map(rhythm -> rhythm.kind()).orElse(null),
                last.map(Moment::at).orElse(null), series.label(end - 1));
    }

    void saveTo(Map<String, String> metadata) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("rows", rows);
        kept.put("fingerprint", fingerprint);
        kept.put("label", label);
        if (kind != null) {
            kept.put("kind", kind.keyword());
            kept.put("until", until.toString());
        }
        metadata.put(KEY, PlainJson.inOrder(kept));
    }

    /**
     * Which rows of a table a model has seen: by their dates, and where there are none by the rows themselves, if the
     * table begins as that of the training.
     *
     * @param metadata of the model
     * @param series   the table, with the columns of the model
     * @return the rows before one of its rows, perhaps none, if that is known
     * @throws Refusal if the metadata are damaged
     */
    public static InTable in(Map<String, String> metadata, Series series) {
        Optional<SeenRows> kept = SavedObject.in(metadata, KEY, SeenRows::of);
        return kept.map(seen -> seen.in(series)).orElseGet(() -> Origin.in(metadata)
                .filter(origin -> origin.fingerprint().equals(series.fingerprint()))
                .map(origin -> new InTable(true, Math.min(origin.testAt(), series.rows()), null))
                .orElse(new InTable(false, 0, null)));
    }

    private InTable in(Series series) {
        if (kind != null && series.isDated()) {
            int end = 0;
            while (end < series.rows() && series.timeline().moment(end).orElseThrow().at().compareTo(until) <= 0) {
                end++;
            }
            return new InTable(true, end, label);
        }
        boolean begins = rows <= series.rows() && series.fingerprint(rows).equals(fingerprint);
        return new InTable(begins, begins ? rows : 0, label);
    }

    /** Throws an {@link IllegalArgumentException} if a number or a kind is none. */
    private static SeenRows of(SavedObject kept) {
        boolean isDated = kept.has("kind");
        return new SeenRows(
                Math.max(0, kept.whole("rows")), kept.text("fingerprint"),
                isDated ? DateKind.valueOf(kept.text("kind").toUpperCase(Locale.ROOT)) : null,
                isDated ? new BigDecimal(kept.text("until")) : null, kept.text("label"));
    }
}
