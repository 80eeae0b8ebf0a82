package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.lang.reflect.Array;

/** The check of arrays of arrays at the door: a tensor has rows of one length. */
final class RaggedCheck {

    private static final String EXPECTED = "rows of numbers";

    private RaggedCheck() {}

    /**
     * The length that all rows have.
     *
     * @param rows   arrays of numbers, or arrays of arrays
     * @param method whose argument they are
     * @param where  which part of the argument they are, for messages: empty for all of it, else {@code [2]}
     * @return 0 if there is no row
     * @throws NullPointerException naming the row that is null
     * @throws ShapeException       naming the row that differs
     */
    static int length(Object[] rows, String method, String where) {
        Arguments.all(rows, method, "values" + where, EXPECTED);
        int length = rows.length == 0 ? 0 : Array.getLength(rows[0]);
        for (int i = 1; i < rows.length; i++) {
            requireLength(length, Array.getLength(rows[i]), method, where + "[" + i + "]", where + "[0]");
        }
        return length;
    }

    /** The lengths of the rows of rows: of {@code [N][T][F]} F; 0 if there is none. */
    static int innerLength(Object[][] cubes, String method) {
        length(cubes, method, "");
        int length = cubes.length == 0 ? 0 : length(cubes[0], method, "[0]");
        for (int i = 1; i < cubes.length; i++) {
            requireLength(length, length(cubes[i], method, "[" + i + "]"), method, "[" + i + "][0]", "[0][0]");
        }
        return length;
    }

    private static void requireLength(int expected, int got, String method, String where, String first) {
        if (got != expected) {
            throw new ShapeException(method + ": values" + where + " has length " + got + ", but values" + first
                    + " has length " + expected + "; give rows of one length: cut or pad them");
        }
    }
}
