package dev.gatun.cli.plot;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;

/** The ways in which a table writes dates. */
final class TimeForms {

    private static final List<Function<String, LocalDateTime>> LOCAL = List.of(
            text -> LocalDateTime.parse(text.replace(' ', 'T')),
            text -> LocalDate.parse(text).atStartOfDay(),
            text -> LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay(),
            text -> LocalDate.parse(text + "-01").atStartOfDay());

    private TimeForms() {}

    /** Milliseconds since 1970 of each label, as if its clock showed UTC; null if they are not all of one form. */
    static double[] millis(List<String> labels) {
        double[] millis = withOffset(labels);
        for (int i = 0; millis == null && i < LOCAL.size(); i++) {
            millis = all(labels, LOCAL.get(i));
        }
        return millis;
    }

    /** Labels that say how far their clocks are from UTC: their own times if it is the same everywhere, else UTC. */
    private static double[] withOffset(List<String> labels) {
        try {
            List<OffsetDateTime> times = labels.stream().map(text -> OffsetDateTime.parse(text.replace(' ', 'T')))
                    .toList();
            ZoneOffset first = times.getFirst().getOffset();
            ZoneOffset shown = times.stream().allMatch(time -> time.getOffset().equals(first))
                    ? first
                    : ZoneOffset.UTC;
            return times.stream().mapToDouble(time -> time.toInstant().toEpochMilli() + shown.getTotalSeconds() * 1e3)
                    .toArray();
        } catch (DateTimeParseException another) {
            return null;
        }
    }

    private static double[] all(List<String> labels, Function<String, LocalDateTime> form) {
        try {
            return labels.stream().mapToDouble(text -> form.apply(text).toInstant(ZoneOffset.UTC).toEpochMilli())
                    .toArray();
        } catch (DateTimeParseException another) {
            return null;
        }
    }
}
