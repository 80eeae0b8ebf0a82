package dev.gatun.formats;

import dev.gatun.memory.check.Arguments;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
    private static final String NOTHING_SAID = "is not understood, and nothing says why; write or download it again";

    private final Enum<?> problem;

    /**
     * A problem that code may have to tell apart from others.
     *
     * @param file    the file, as a user knows it: its path or what a stream was called
     * @param problem which of the reader's problems it is, a constant of its own enum; null for none
     * @param message the rest of the sentence that begins with the file: what is wrong, expected and got, the fix; shortened
     *                in the middle if it has more than 1,000 characters; null if nobody knows
     */
    public FormatException(Object file, Enum<?> problem, String message) {
        super(oneLine(Arguments.required(file, "FormatException", "file", "the file, as a user knows it") + ": "
                + shortened(message == null ? NOTHING_SAID : message)));
        this.problem = problem;
    }

    /**
     * A problem that no code needs to tell apart from others.
     *
     * @param file    the file, as a user knows it: its path or what a stream was called
     * @param message the rest of the sentence that begins with the file; null if nobody knows
     */
    public FormatException(Object file, String message) {
        this(file, null, message);
    }

    /**
     * Adds what led to it. Can be called once.
     *
     * @param cause null if nobody knows
     * @return this
     * @throws IllegalStateException if it has been called before
     */
    public FormatException because(Throwable cause) {
        initCause(cause);
        return this;
    }

    /**
     * Which of the reader's problems it is, for code that must tell them apart.
     *
     * @return a constant of the reader's own enum, such as {@code SafetensorsProblem}; empty if no code needs to know
     */
    public Optional<Enum<?>> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * A file that could not be read at all.
     *
     * @param file   as a user knows it
     * @param failed what was thrown
     * @return the exception itself if it tells of the file already, else one that does
     * @throws NullPointerException if an argument is null
     */
    public static FormatException unreadable(Object file, IOException failed) {
        Arguments.required(file, "FormatException.unreadable", "file", "the file, as a user knows it");
        Arguments.required(failed, "FormatException.unreadable", "failed", "what was thrown");
        if (failed instanceof FormatException told) {
            return told;
        }
        return new FormatException(file, failed instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : "cannot be read: " + reason(failed)).because(failed);
    }

    /**
     * Why something failed, as a part of a sentence: many exceptions of the JDK have no message.
     *
     * @param failed what was thrown
     * @return its message; if it has none, what its kind says, in words of ours
     * @throws NullPointerException if there is no exception
     */
    public static String reason(Throwable failed) {
        Arguments.required(failed, "FormatException.reason", "failed", "what was thrown");
        String said = failed.getMessage();
        if (said != null && !said.isBlank()) {
            return said;
        }
        return failed instanceof EOFException ? "it ends too early" : "no reason is known";
    }

    /**
     * Text out of a file, fit for a message: quoted, on one line, and cut off after 120 characters.
     *
     * @param text may hold anything; characters that cannot be printed become question marks
     * @return the text in single quotes
     * @throws NullPointerException if the text is null
     */
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
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            line.appendCodePoint(isPrintable(point) ? point : '?');
        }
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
