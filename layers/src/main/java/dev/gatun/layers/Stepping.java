package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/** How a layer runs one time step at a time. */
public sealed interface Stepping {

    /** Every step by itself. */
    record RowByRow() implements Stepping {}

    /**
     * Step after step, from a state that is carried.
     *
     * @param widths of the states
     */
    record Recurrent(List<Integer> widths) implements Stepping {
        /**
         * Keeps a copy.
         *
         * @throws NullPointerException naming what is missing
         */
        public Recurrent {
            widths = List.copyOf(Arguments.all(widths, "Stepping.Recurrent", "widths", "the widths of the states"));
        }
    }

    /**
     * Not at all: the whole sequence has to be there.
     *
     * @param reason for messages, a sentence's end: {@code needs the whole sequence}
     */
    record WholeSequence(String reason) implements Stepping {
        /**
         * Checks that it is there.
         *
         * @throws NullPointerException naming what is missing
         */
        public WholeSequence {
            Arguments.required(reason, "Stepping.WholeSequence", "reason", "the end of a sentence");
        }
    }
}
