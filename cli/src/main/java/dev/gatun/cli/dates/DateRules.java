package dev.gatun.cli.dates;

/**
 * How the dates of a table are judged.
 *
 * @param isSorted    whether rows may stand in any order and are sorted; else another order than by date is refused
 * @param longestStep that is no hole, if the user said so; else null
 * @param learned     the rhythm of the table a model was trained on; null to find out this table's own
 */
public record DateRules(boolean isSorted, Span longestStep, Rhythm learned) {

    /** Oldest first as the file has it, holes found from the table itself. */
    public static final DateRules STRICT = new DateRules(false, null, null);
}
