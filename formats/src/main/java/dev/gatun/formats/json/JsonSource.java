package dev.gatun.formats.json;

import java.io.IOException;
import java.io.Reader;

/** The characters of a text, a piece of it at a time. */
final class JsonSource {

    /** What {@link #next} gives behind the last character. */
    static final int END = -1;

    private static final int PIECE = 8192;

    /** In front of a text it says that it is Unicode, and is none of its characters. */
    private static final char MARK = '\uFEFF';

    private final Reader reader;
    private final boolean passesMark;
    private final char[] piece = new char[PIECE];
    private int at;
    private int end;
    private long before;

    /** @param passesMark whether a mark in front is passed, and not taken for a character */
    JsonSource(Reader reader, boolean passesMark) {
        this.reader = reader;
        this.passesMark = passesMark;
    }

    /** The next character, which is passed. */
    int next() throws IOException {
        return at < end || fill() ? piece[at++] : END;
    }

    /** The next character, which stays the next. */
    int peek() throws IOException {
        return at < end || fill() ? piece[at] : END;
    }

    /** The next character that is no white space, which is passed. */
    int nextVisible() throws IOException {
        int c = next();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = next();
        }
        return c;
    }

    /** Passes what stands for itself inside a string: all up to a quote, a backslash or a control character. */
    void plain(StringBuilder text) throws IOException {
        boolean isInside = true;
        while (isInside && (at < end || fill())) {
            int from = at;
            while (at < end && piece[at] != '"' && piece[at] != '\\' && piece[at] >= ' ') {
                at++;
            }
            text.append(piece, from, at - from);
            isInside = at == end;
        }
    }

    private boolean fill() throws IOException {
        boolean isFirst = before + end == 0;
        before += end;
        at = 0;
        end = Math.max(0, reader.read(piece));
        if (passesMark && isFirst && end > 0 && piece[0] == MARK) {
            at = 1;
        }
        return at < end || isFirst && end > 0 && fill();
    }

    /** @param what what was expected, and what is there instead: the character passed last */
    JsonException broken(String what) {
        return new JsonException(what + " at character " + (before + at), false);
    }

    /** As messages say it. */
    static String shown(int c) {
        if (c == END) {
            return "the end";
        }
        return c < ' ' || c > '~' ? "character code " + c : "'" + (char) c + "'";
    }
}
