package dev.gatun.formats.json;

/** JSON as it is written: on one line, and of a string only what must be is escaped. */
public final class JsonText {

    private static final String HEX = "0123456789ABCDEF";

    private JsonText() {}

    /**
     * Appends a string in quotes.
     *
     * @param out  what is written so far
     * @param text any characters
     */
    public static void append(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                appendControl(out, c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void appendControl(StringBuilder out, char c) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
