package dev.gatun.formats.json;

import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;

/**
 * One JSON value (RFC 8259) token by token, and nothing behind it. What is kept is one token and the kinds of what is open, so
 * that a text takes no more memory than its longest string.
 */
public final class JsonTokens {

    /** Characters of a number: there is none in a model with more than 30. */
    public static final int LONGEST_NUMBER = 1000;

    /** Digits that fit a long whatever they are. */
    private static final int SAFE_DIGITS = 18;

    private final JsonSource source;
    private final boolean isPython;
    private final boolean[] isObject;
    private final StringBuilder text = new StringBuilder();
    private int depth;
    private JsonToken token;

    /**
     * Of a text.
     *
     * @param text     its characters; stays open
     * @param deepest  how many objects and arrays may be open at once
     * @param isPython whether NaN and infinities are numbers, as Python writes and reads them, and a mark of UTF-8 may stand in front
     */
    public JsonTokens(Reader text, int deepest, boolean isPython) {
        this.source = new JsonSource(text, isPython);
        this.isObject = new boolean[deepest];
        this.isPython = isPython;
    }

    /**
     * Goes on to the next token.
     *
     * @return that token
     * @throws JsonException if the text is not JSON or goes beyond a limit
     * @throws IOException   if it cannot be read
     */
    public JsonToken next() throws IOException {
        token = depth == 0 ? outside() : isObject[depth - 1] ? inObject() : inArray();
        return token;
    }

    /**
     * The token at hand.
     *
     * @return what {@link #next} gave last, null before it is called
     */
    public JsonToken token() {
        return token;
    }

    /**
     * The key, string or number at hand.
     *
     * @return the string's characters, or the number as it is written
     */
    public String text() {
        return text.toString();
    }

    /**
     * Whether the token at hand is a whole number that a long holds.
     *
     * @return false for others, and for {@code 1.0}
     */
    public boolean isLong() {
        return token == JsonToken.WHOLE && (text.length() <= SAFE_DIGITS || toBigInteger().bitLength() < Long.SIZE);
    }

    /**
     * The whole number at hand.
     *
     * @return its value, exact
     */
    public long toLong() {
        return text.length() <= SAFE_DIGITS ? Long.parseLong(text()) : toBigInteger().longValueExact();
    }

    /**
     * The whole number at hand.
     *
     * @return its value, exact
     */
    public BigInteger toBigInteger() {
        return new BigInteger(text());
    }

    /**
     * The number at hand.
     *
     * @return the double next to it
     */
    public double toDouble() {
        return Double.parseDouble(text());
    }

    /**
     * The number at hand.
     *
     * @return the float next to the double next to it
     */
    public float toFloat() {
        return FloatText.of(text);
    }

    /**
     * Passes the rest of the object or array that has begun with the token at hand; other tokens are passed already.
     *
     * @throws JsonException if the text is not JSON or goes beyond a limit
     * @throws IOException   if it cannot be read
     */
    public void skip() throws IOException {
        if (token == JsonToken.OBJECT || token == JsonToken.ARRAY) {
            int outer = depth - 1;
            while (depth > outer) {
                next();
            }
        }
    }

    private JsonToken outside() throws IOException {
        int c = source.nextVisible();
        if (token == null) {
            return value(c);
        }
        if (c != JsonSource.END) {
            throw source.broken("more follows after the end, " + JsonSource.shown(c));
        }
        return JsonToken.END;
    }

    private JsonToken inObject() throws IOException {
        int c = source.nextVisible();
        if (token == JsonToken.KEY) {
            return value(c);
        }
        boolean isFirst = token == JsonToken.OBJECT;
        if (c == '}') {
            depth--;
            return JsonToken.OBJECT_END;
        }
        if (!isFirst) {
            require(c == ',', "',' or '}'", c);
            c = source.nextVisible();
        }
        require(c == '"', isFirst ? "a key or '}'" : "a key", c);
        string();
        c = source.nextVisible();
        require(c == ':', "':'", c);
        return JsonToken.KEY;
    }

    private JsonToken inArray() throws IOException {
        int c = source.nextVisible();
        if (c == ']') {
            depth--;
            return JsonToken.ARRAY_END;
        }
        if (token != JsonToken.ARRAY) {
            require(c == ',', "',' or ']'", c);
            c = source.nextVisible();
        }
        return value(c);
    }

    private JsonToken value(int c) throws IOException {
        text.setLength(0);
        switch (c) {
            case '{' :
                open(true);
                return JsonToken.OBJECT;
            case '[' :
                open(false);
                return JsonToken.ARRAY;
            case '"' :
                string();
                return JsonToken.TEXT;
            default :
                return c == '-' || isDigit(c) ? number(c) : word(c);
        }
    }

    private void open(boolean object) throws JsonException {
        if (depth == isObject.length) {
            throw new JsonException("nests deeper than " + isObject.length + " levels", true);
        }
        isObject[depth++] = object;
    }

    private void string() throws IOException {
        text.setLength(0);
        for (source.plain(text); source.peek() != '"'; source.plain(text)) {
            int c = source.next();
            require(c == '\\', "the end of a string, which may hold no control character,", c);
            text.append(escaped(source.next()));
        }
        source.next();
    }

    private char escaped(int c) throws IOException {
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default ->
                throw source.broken("expected one of \"\\/bfnrtu behind a backslash, got " + JsonSource.shown(c));
        };
    }

    private char unicode() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int c = source.next();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            require(digit >= 0, "four hexadecimal digits", c);
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private JsonToken number(int first) throws IOException {
        text.append((char) first);
        int c = first;
        if (c == '-') {
            c = source.next();
            if (c == 'I' && isPython) {
                return word(c);
            }
            require(isDigit(c), "a digit", c);
            text.append((char) c);
        }
        if (c != '0') {
            digits();
        }
        boolean isWhole = true;
        if (source.peek() == '.') {
            isWhole = false;
            text.append((char) source.next());
            requireDigits();
        }
        if (source.peek() == 'e' || source.peek() == 'E') {
            isWhole = false;
            text.append((char) source.next());
            if (source.peek() == '+' || source.peek() == '-') {
                text.append((char) source.next());
            }
            requireDigits();
        }
        return isWhole ? JsonToken.WHOLE : JsonToken.DECIMAL;
    }

    private void requireDigits() throws IOException {
        int c = source.next();
        require(isDigit(c), "a digit", c);
        text.append((char) c);
        digits();
    }

    private void digits() throws IOException {
        while (isDigit(source.peek())) {
            if (text.length() == LONGEST_NUMBER) {
                throw new JsonException("holds a number of more than " + LONGEST_NUMBER + " digits", true);
            }
            text.append((char) source.next());
        }
    }

    /** {@code true} and the like. */
    private JsonToken word(int first) throws IOException {
        text.append((char) first);
        boolean isWord = isLetter(first);
        while (isWord && isLetter(source.peek()) && text.length() < LONGEST_NUMBER) {
            text.append((char) source.next());
        }
        switch (isWord ? text() : "") {
            case "true" :
                return JsonToken.TRUE;
            case "false" :
                return JsonToken.FALSE;
            case "null" :
                return JsonToken.NULL;
            case "NaN", "Infinity", "-Infinity" :
                if (isPython) {
                    return JsonToken.DECIMAL;
                }
                throw source.broken("expected a value, got " + text());
            default :
                throw source.broken("expected a value, got "
                        + (isWord ? text.substring(0, Math.min(20, text.length())) : JsonSource.shown(first)));
        }
    }

    private void require(boolean holds, String expected, int got) throws JsonException {
        if (!holds) {
            throw source.broken("expected " + expected + ", got " + JsonSource.shown(got));
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
