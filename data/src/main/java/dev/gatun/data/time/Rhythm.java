package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far apart the rows of a table usually are, and from where on there is a hole between two.
 *
 * @param kind    of the dates
 * @param usual   the median distance of neighbours, in seconds or as a difference of numbers; 0 if there are no two rows
 * @param longest that is no hole: one and a half times the usual, for months and years differ; or what the user said
 * @param hours   of the week with rows; empty if every step has one, or the user said what is a hole
 */
public record Rhythm(DateKind kind, double usual, double longest, Optional<OpenHours> hours) {

    private static final double SLACK = 1.5;

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if a distance is not at least 0
     */
    public Rhythm {
        Arguments.required(kind, "Rhythm", "kind", "a DateKind");
        Arguments.required(hours, "Rhythm", "hours", "Optional.empty() if every step has rows");
        if (!(usual >= 0 && usual < Double.POSITIVE_INFINITY && longest >= 0)) {
            throw new IllegalArgumentException("the rhythm of the rows");
        }
    }

    /**
     * Of a table.
     *
     * @param kind    of its dates
     * @param moments of its rows, oldest first
     */
    static Rhythm of(DateKind kind, List<Moment> moments) {
        double[] distances = new double[Math.max(0, moments.size() - 1)];
        Arrays.setAll(distances, row -> moments.get(row + 1).since(moments.get(row)));
        Arrays.sort(distances);
        double usual = distances.length == 0 ? 0 : distances[distances.length / 2];
        return new Rhythm(kind, usual, SLACK * usual,
                kind.isTime() && usual > 0 ? OpenHours.of(moments, usual) : Optional.empty());
    }

    /**
     * As it is kept in a model file.
     *
     * @return words with blanks between
     */
    public String text() {
        return kind.keyword() + " " + usual + " " + longest + hours.map(open -> " " + open.text()).orElse("");
    }

    /**
     * What {@link #text} wrote.
     *
     * @param text of a model file
     * @return the rhythm
     * @throws IllegalArgumentException if it did not
     */
    public static Rhythm parse(String text) {
        Arguments.required(text, "Rhythm.parse", "text", "what Rhythm.text wrote");
        String[] parts = text.split(" ");
        if (parts.length != 3 && parts.length != 6) {
            throw new IllegalArgumentException("the rhythm of the rows");
        }
        return new Rhythm(
                DateKind.valueOf(parts[0].toUpperCase(Locale.ROOT)), Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                parts.length == 3
                        ? Optional.empty()
                        : Optional.of(OpenHours.parse(parts[3], parts[4], parts[5])));
    }

    /** The same, but a hole begins where the user says. */
    Rhythm withLongest(Span span) {
        return new Rhythm(kind, usual, span.amount(), Optional.empty());
    }

    /** Whether rows are missing between two. */
    boolean isHole(Moment earlier, Moment later) {
        return later.since(earlier) > longest && hours.map(open -> open.isOpenBetween(earlier, later)).orElse(true);
    }

    /** Whether these rows are so much closer to each other than the other's that they are other steps. */
    boolean isFinerThan(Rhythm other) {
        return usual > 0 && usual < other.usual / SLACK;
    }

    /** Neighbours less than this far apart are closer than steps usually are. */
    double crowded() {
        return usual / 2;
    }

    /**
     * The usual distance.
     *
     * @return of neighbouring rows
     */
    public Span step() {
        return new Span(usual, kind.isTime());
    }
}
