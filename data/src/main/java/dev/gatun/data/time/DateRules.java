package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.util.Optional;

/**
 * How the dates of a table are judged.
 *
 * @param isSorted    whether rows may stand in any order and are sorted; else another order than by date is refused
 * @param longestStep that is no hole, if the user said so
 * @param learned     the rhythm of the table a model was trained on; empty to find out this table's own
 */
public record DateRules(boolean isSorted, Optional<Span> longestStep, Optional<Rhythm> learned) {

    /** Oldest first as they are given, holes found from the dates themselves. */
    public static final DateRules STRICT = new DateRules(false, Optional.empty(), Optional.empty());

    /**
     * Checks that nothing is null.
     *
     * @throws NullPointerException naming what is
     */
    public DateRules {
        Arguments.required(longestStep, "DateRules", "longestStep", "Optional.empty() for what the dates say");
        Arguments.required(learned, "DateRules", "learned", "Optional.empty() for the table's own");
    }

    /**
     * The same rules for rows in another order.
     *
     * @param value whether rows may stand in any order and are sorted
     * @return other rules
     */
    public DateRules sorted(boolean value) {
        return new DateRules(value, longestStep, learned);
    }

    /**
     * The same rules with another longest step.
     *
     * @param value rows further apart than this have a hole between them
     * @return other rules
     */
    public DateRules longestStep(Span value) {
        Arguments.required(value, "DateRules.longestStep", "value", "a distance, for example Span.parse(\"4d\")");
        return new DateRules(isSorted, Optional.of(value), learned);
    }

    /**
     * The same rules with the rhythm of another table, whose steps this table must have.
     *
     * @param value of the table a model was trained on
     * @return other rules
     */
    public DateRules learned(Rhythm value) {
        Arguments.required(value, "DateRules.learned", "value", "the rhythm of the training's table");
        return new DateRules(isSorted, longestStep, Optional.of(value));
    }
}
