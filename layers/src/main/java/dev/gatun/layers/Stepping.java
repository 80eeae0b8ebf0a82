package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/** How a layer runs one time step at a time. */
public sealed interface Stepping {

    /** {@return the widths of the states that go from step to step; empty if there are none} */
    default List<Integer> widths() {
        return List.of();
    }

    /** {@return whether sequences begin at states that are learned, so that a row of zeros is one that has not begun} */
    default boolean beginsLearned() {
        return false;
    }

    /** Every step by itself. */
    record RowByRow() implements Stepping {}

    /**
     * Step after step, from a state that is carried.
     *
     * @param widths        of the states
     * @param beginsLearned whether sequences begin at states that are learned, and not at zeros
     */
    record Recurrent(List<Integer> widths, boolean beginsLearned) implements Stepping {
        /**
         * Keeps a copy.
         *
         * @throws NullPointerException naming what is missing
         */
        public Recurrent {
            widths = List.copyOf(Arguments.all(widths, "Stepping.Recurrent", "widths", "the widths of the states"));
        }

        /**
         * From zeros.
         *
         * @param widths of the states
         * @throws NullPointerException naming what is missing
         */
        public Recurrent(List<Integer> widths) {
            this(widths, false);
        }
    }

    /**
     * Step after step, from the inputs of the steps before, which are carried one behind the other, the earliest first. Before a
     * sequence they are zeros.
     *
     * @param steps how many it looks back; 0 for a layer that reads the present step only
     */
    record Window(int steps) implements Stepping {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Window {
            if (steps < 0) {
                throw new IllegalArgumentException(
                        "Stepping.Window: steps is " + steps + "; give how many it looks back, at least 0");
            }
        }

        /**
         * The widths of the states of a call.
         *
         * @param features of what the call reads
         * @return empty if nothing goes from step to step
         */
        public List<Integer> widths(int features) {
            return steps == 0 ? List.of() : List.of(Math.multiplyExact(steps, features));
        }
    }

    /**
     * Not at all: the whole sequence has to be there.
     *
     * @param reason        for messages, a sentence's end: {@code needs the whole sequence}
     * @param widths        of the states that it begins and ends with; empty if there are none
     * @param beginsLearned whether sequences begin at states that are learned, and not at zeros
     */
    record WholeSequence(String reason, List<Integer> widths, boolean beginsLearned) implements Stepping {
        /**
         * Checks that all is there, and keeps a copy.
         *
         * @throws NullPointerException naming what is missing
         */
        public WholeSequence {
            Arguments.required(reason, "Stepping.WholeSequence", "reason", "the end of a sentence");
            widths = List.copyOf(Arguments.all(widths, "Stepping.WholeSequence", "widths", "the widths of the states"));
        }

        /**
         * From zeros.
         *
         * @param reason for messages, a sentence's end
         * @param widths of the states
         * @throws NullPointerException naming what is missing
         */
        public WholeSequence(String reason, List<Integer> widths) {
            this(reason, widths, false);
        }

        /**
         * Of a layer without states.
         *
         * @param reason for messages, a sentence's end
         * @throws NullPointerException if it is missing
         */
        public WholeSequence(String reason) {
            this(reason, List.of());
        }
    }
}
