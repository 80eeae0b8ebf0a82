package dev.gatun.formats;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.Optional;

/**
 * A file that is not what it should be. The message is one line: the file, what is wrong, expected and got, the fix.
 * Every reader of this module throws this, and nothing else, for whatever bytes it is given.
 */
public final class FormatException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 120;
    /** Half of the longest message; what goes beyond is a value out of the file, which may have megabytes. */
    private static final int LONGEST_HALF = 500;

    private final Enum<?> problem;

    /**
     * @param file    the file, as a user knows it
     * @param problem which of the reader's causes it is, for code that must tell them apart; null for none
     * @param message what is wrong, expected and got, the fix
     */
    public FormatException(Object file, Enum<?> problem, String message) {
        super(oneLine(file + ": " + shortened(message)));
        this.problem = problem;
    }

    /** A problem that no code needs to tell apart from others. */
    public FormatException(Object file, String message) {
        this(file, null, message);
    }

    /**
     * This exception with what led to it.
     *
     * @param cause null if nobody knows
     * @return this
     */
    public FormatException because(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** Which of the reader's causes it is: a constant of the reader's own enum. */
    public Optional<Enum<?>> problem() {
        return Optional.ofNullable(problem);
    }

    /** Text out of a file, fit for a message: quoted, on one line, and not longer than a message should be. */
    public static String quote(String text) {
        Arguments.required(text, "FormatException.quote", "text", "a text");
        boolean isLong = text.length() > LONGEST_QUOTE;
        return "'" + oneLine(isLong ? text.substring(0, LONGEST_QUOTE) + "..." : text) + "'";
    }

    private static String shortened(String message) {
        return message.length() <= 2 * LONGEST_HALF
                ? message
                : message.substring(0, LONGEST_HALF) + " ... " + message.substring(message.length() - LONGEST_HALF);
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> line.appendCodePoint(isPrintable(point) ? point : '?'));
        return line.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
