package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.Operation;
import java.util.List;

/**
 * Calls that run as one.
 *
 * @param kind  how
 * @param steps of the graph, in the order in which each has what it reads
 */
record PlanGroup(Kind kind, List<Integer> steps) {

    /** How calls run as one. */
    enum Kind {
        /** One call by itself. */
        SINGLE(""),
        /** Recurrent layers, each reading the sequence of the one below. */
        STACK(" > "),
        /** Recurrent layers that read one sequence and know nothing of each other. */
        SIDES(" | "),
        /** Layers that work row by row, each reading the one before. */
        ROWS(", ");

        private final String between;

        Kind(String between) {
            this.between = between;
        }

        /** What runs these operations: one, or each by itself. */
        List<Operation> joined(List<Operation> parts, Team team) {
            if (this == SINGLE) {
                return parts;
            }
            return this == ROWS
                    ? RowsOperation.of(parts, team)
                    : List.of(SidesOperation.of(parts, team, this == STACK));
        }

        /** What stands between the names of the calls when a plan is shown. */
        String between() {
            return between;
        }
    }
}
