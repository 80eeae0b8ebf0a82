package dev.gatun.data.time;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A way to write dates.
 *
 * @param kind  what such dates are
 * @param read  a moment, or {@link DateTimeParseException} or {@link NumberFormatException}
 * @param shape what a text must match before it is read
 */
record DateForm(DateKind kind, Pattern shape, Function<String, Moment> read) {

    /** Years that are not taken for counts when a month is glued to them. */
    private static final String YEAR = "(1[89]|2[01])\\d\\d";

    static final DateForm MONTH_FIRST = local("\\d{1,2}[/-]\\d{1,2}[/-]\\d{4}\\b.*", "M['/']['-']d['/']['-']uuuu");
    static final DateForm DAY_FIRST = local("\\d{1,2}[/-]\\d{1,2}[/-]\\d{4}\\b.*", "d['/']['-']M['/']['-']uuuu");

    /** In the order in which they are tried; the number is last. */
    static final List<DateForm> ALL = List.of(
            local("\\d{4}-.*", "uuuu-M-d"),
            instant("\\d{4}-.*", "uuuu-M-d"),
            local("\\d{4}/.*", "uuuu/M/d"),
            local("\\d{4}\\..*\\..*", "uuuu.M.d"),
            local("\\d{8}\\b.*", "uuuuMMdd"),
            local("\\d{8}T\\d.*", "uuuuMMdd'T'HHmm[ss]"),
            instant("\\d{8}T\\d.*", "uuuuMMdd'T'HHmm[ss]"),
            local("\\d{4}[-/]\\d\\d?", "uuuu['-']['/']M"),
            local(YEAR + "(0[1-9]|1[0-2])", "uuuuMM"),
            local("\\d{1,2}\\..*", "d.M.uuuu"),
            MONTH_FIRST,
            DAY_FIRST,
            local("\\d{1,2}[- ]\\p{L}.*", "d[' ']['-'][MMMM][MMM][' ']['-']uuuu"),
            local("\\p{L}{3,} \\d{1,2},? .*", "[MMMM][MMM] d[',']' 'uuuu"),
            local("\\p{L}{3,}[- ]\\d{4}", "[MMMM][MMM][' ']['-']uuuu"),
            local("\\d{4}[- ]?[qQ]\\d", "uuuu['-'][' ']'Q'q"),
            new DateForm(DateKind.LOCAL, Pattern.compile("\\d{4}-W\\d\\d"),
                    text -> moment(DateTimeFormatter.ISO_WEEK_DATE.parse(text + "-1"))),
            new DateForm(DateKind.NUMBER, Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,2})?"),
                    text -> Moment.of(new BigDecimal(text))));

    private static DateForm local(String shape, String pattern) {
        DateTimeFormatter formatter = finished(date(pattern));
        return new DateForm(DateKind.LOCAL, Pattern.compile(shape), text -> moment(formatter.parse(text)));
    }

    private static DateForm instant(String shape, String pattern) {
        DateTimeFormatter formatter = finished(date(pattern).optionalStart().appendLiteral(' ').optionalEnd()
                .optionalStart().appendOffset("+HH:MM", "Z").optionalEnd()
                .optionalStart().appendOffset("+HHmm", "Z").optionalEnd()
                .optionalStart().appendLiteral("UTC").optionalEnd()
                .optionalStart().appendLiteral('[').appendZoneRegionId().appendLiteral(']').optionalEnd());
        return new DateForm(DateKind.INSTANT, Pattern.compile(shape), text -> instant(text, formatter.parse(text)));
    }

    /** A date that a time may follow. */
    private static DateTimeFormatterBuilder date(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
        if (pattern.contains("q")) {
            return builder.parseDefaulting(IsoFields.DAY_OF_QUARTER, 1);
        }
        if (!pattern.contains("d")) {
            return builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
        }
        return builder
                .optionalStart().appendPattern("' 'h:mm[:ss]' 'a").optionalEnd()
                .optionalStart().appendPattern("['T'][' ']H:mm")
                .optionalStart().appendPattern(":ss").appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .optionalEnd().optionalEnd();
    }

    private static DateTimeFormatter finished(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    private static Moment moment(TemporalAccessor parsed) {
        return Moment.of(shown(parsed), ZoneOffset.UTC);
    }

    private static LocalDateTime shown(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time);
    }

    private static Moment instant(String text, TemporalAccessor parsed) {
        boolean isOffset = parsed.isSupported(ChronoField.OFFSET_SECONDS);
        if (!isOffset && !text.endsWith("UTC")) {
            throw new DateTimeParseException("no offset", text, text.length());
        }
        return Moment.of(
                shown(parsed),
                isOffset ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS)) : ZoneOffset.UTC);
    }

    /** What the text says in this form, if it is in this form. */
    Optional<Moment> of(String text) {
        if (!shape.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(text));
        } catch (DateTimeException | NumberFormatException another) {
            return Optional.empty();
        }
    }
}
