package dev.gatun.formats;

import java.util.regex.Pattern;

/** Why a text is not JSON, in the words of the parser but without those it means for programmers. */
public final class JsonReason {

    /** For example {@code (start marker at [Source: REDACTED (...); line: 1, column: 2])}. */
    private static final Pattern SOURCE = Pattern
            .compile("\\s*(\\((start marker at|for \\w+ starting at) )?\\[Source: [^\\]]*\\]\\)?");

    private JsonReason() {}

    /**
     * The reason, on one line.
     *
     * @param said the original message of what the parser threw; null if it gave none
     * @return the same without the place in the source that it adds
     */
    public static String of(String said) {
        if (said == null) {
            return "the parser gives no reason";
        }
        return SOURCE.matcher(said).replaceAll("").replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
