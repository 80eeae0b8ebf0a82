package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When the rows of a series are, oldest first, and where rows are missing between them. */
public final class Timeline {

    private final int[] order;
    private final int[] stretches;
    private final DateColumn column;
    private final List<Moment> moments;
    private final Rhythm rhythm;

    /**
     * @param column null without dates
     * @param rhythm null without dates
     */
    private Timeline(int[] order, DateColumn column, List<Moment> moments, Rhythm rhythm) {
        this.order = order;
        this.column = column;
        this.moments = moments;
        this.rhythm = rhythm;
        this.stretches = new int[order.length];
        for (int row = 1; row < order.length; row++) {
            stretches[row] = stretches[row - 1] + (isHoleBefore(row) ? 1 : 0);
        }
    }

    /**
     * Of rows without dates: one follows the other as in the file, and nobody knows of holes.
     *
     * @param rows how many
     * @return a timeline without moments and holes
     * @throws IllegalArgumentException if it is negative
     */
    public static Timeline undated(int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("Timeline.undated: a series has at least 0 rows, got " + rows);
        }
        int[] order = new int[rows];
        Arrays.setAll(order, row -> row);
        return new Timeline(order, null, List.of(), null);
    }

    /**
     * Of a date column.
     *
     * @param column its labels
     * @param rules  how rows are put in order, and what is a hole
     * @return its rows, oldest first
     * @throws DataException if a label cannot be read, a date is there twice, the order is wrong, or the rows are not as in
     *                 training: with the line and the fix
     */
    public static Timeline of(DateColumn column, DateRules rules) {
        Arguments.required(column, "Timeline.of", "column", "the labels of the rows");
        Arguments.required(rules, "Timeline.of", "rules", "DateRules.STRICT for no others");
        DateColumn.Moments read = column.moments();
        int[] order = column.order(read, rules.isSorted());
        List<Moment> moments = Arrays.stream(order).mapToObj(read.of()::get).toList();
        Rhythm own = Rhythm.of(read.kind(), moments);
        Rhythm ruling = rules.learned().orElse(own);
        requireSameKind(column, own, ruling.kind());
        if (rules.longestStep().isPresent()) {
            requireUnit(column, own, rules.longestStep().get());
            ruling = ruling.withLongest(rules.longestStep().get());
        }
        Timeline timeline = new Timeline(order, column, moments, ruling);
        if (rules.learned().isPresent()) {
            requireSameStep(column, own, timeline);
        }
        return timeline;
    }

    private static void requireSameKind(DateColumn column, Rhythm own, DateKind learned) {
        if (own.kind() != learned) {
            throw new DataException(column.source() + ": the dates in '" + column.name() + "' are " + own.kind().words()
                    + ", in training they were " + learned.words() + "; write them as they were then");
        }
    }

    private static void requireUnit(DateColumn column, Rhythm own, Span longest) {
        if (longest.isTime() != own.kind().isTime()) {
            throw new DataException(column.source() + ": ", DataException.Setting.LONGEST_STEP, longest.isTime()
                    ? " is a length of time, but the dates in '" + column.name() + "' are numbers; give a bare number"
                    : " has no unit; for the dates in '" + column.name() + "' give one, for example 4d");
        }
    }

    /** A model of hours forecasts nothing from a table of days. */
    private static void requireSameStep(DateColumn column, Rhythm own, Timeline timeline) {
        boolean isAllHoles = timeline.rows() > 1 && timeline.holes().count() == timeline.rows() - 1;
        if (timeline.rhythm.usual() > 0 && (isAllHoles || own.isFinerThan(timeline.rhythm))) {
            throw new DataException(
                    column.source() + ": its rows are " + own.step().text() + " apart, those of the training were "
                            + timeline.rhythm.step().text() + " apart; give a table with that step");
        }
    }

    private boolean isHoleBefore(int row) {
        return rhythm != null && rhythm.isHole(moments.get(row - 1), moments.get(row));
    }

    /**
     * How many rows there are.
     *
     * @return 0 or more
     */
    public int rows() {
        return order.length;
    }

    /**
     * Where a row stands in the file.
     *
     * @param row of the timeline, from 0
     * @return row of the file, from 0
     */
    public int inFile(int row) {
        return order[row];
    }

    /**
     * The dates as they were given.
     *
     * @return nothing without dates
     */
    public Optional<DateColumn> column() {
        return Optional.ofNullable(column);
    }

    /**
     * What stands in the date column of a row.
     *
     * @param row of the timeline, from 0
     * @return without blanks around it; without dates the row's number from 1
     */
    public String label(int row) {
        return column == null ? Integer.toString(row + 1) : column.labels().get(order[row]);
    }

    /**
     * The line of a row in the file.
     *
     * @param row of the timeline, from 0
     * @return without dates the row's number from 1
     */
    public long line(int row) {
        return column == null ? row + 1 : column.line(order[row]);
    }

    /**
     * How far apart rows are.
     *
     * @return nothing without dates
     */
    public Optional<Rhythm> rhythm() {
        return Optional.ofNullable(rhythm);
    }

    /**
     * When a row is.
     *
     * @param row of the timeline, from 0
     * @return nothing without dates
     */
    public Optional<Moment> moment(int row) {
        return rhythm == null ? Optional.empty() : Optional.of(moments.get(row));
    }

    /**
     * Whether no hole lies between two rows.
     *
     * @param first row of the timeline, from 0
     * @param last  row of the timeline, from 0
     * @return true without dates
     */
    public boolean isUnbroken(int first, int last) {
        return stretches[first] == stretches[last];
    }

    /**
     * The first row of the last stretch without a hole.
     *
     * @return row of the timeline, from 0
     */
    public int lastStretch() {
        int row = rows() - 1;
        while (row > 0 && isUnbroken(row - 1, row)) {
            row--;
        }
        return row;
    }

    /**
     * The holes.
     *
     * @return how many, the largest, and the longest stretch without one
     */
    public Holes holes() {
        int largestAfter = 0;
        int longestStretch = 0;
        for (int row = 0, first = 0; row < rows(); row++) {
            if (row > 0 && !isUnbroken(row - 1, row)) {
                largestAfter = first == 0 || distance(row - 1) > distance(largestAfter) ? row - 1 : largestAfter;
                first = row;
            }
            longestStretch = Math.max(longestStretch, row - first + 1);
        }
        int count = rows() == 0 ? 0 : stretches[rows() - 1];
        return new Holes(
                count, count == 0 ? new Span(0, false) : new Span(distance(largestAfter), rhythm.kind().isTime()),
                largestAfter,
                longestStretch);
    }

    /**
     * The first row that follows the one before it after less than half the usual step.
     *
     * @return row of the timeline, from 0, if there is one
     */
    public Optional<Integer> crowdedRow() {
        for (int row = 1; rhythm != null && row < rows(); row++) {
            if (distance(row - 1) < rhythm.crowded()) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private double distance(int row) {
        return moments.get(row + 1).since(moments.get(row));
    }
}
