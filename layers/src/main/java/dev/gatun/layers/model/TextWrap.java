package dev.gatun.layers.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks text into lines of a number of cells, as the Python library rich does: words keep the spaces behind them, spaces
 * count only where another word follows on the line.
 * Source of the rules: {@code rich/_wrap.py}, {@code rich/text.py} and {@code rich/cells.py}.
 */
final class TextWrap {

    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern END = Pattern.compile("\\s+$", Pattern.UNICODE_CHARACTER_CLASS);

    /** First and last code point of the blocks that take two cells; emoji are asked for by their property. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97C}, {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x20000, 0x3FFFD},
    };

    private final int width;
    private final boolean fold;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private int used;

    private TextWrap(int width, boolean fold) {
        this.width = width;
        this.fold = fold;
    }

    /** A word longer than a line goes on in the next one. */
    static List<String> fold(String text, int width) {
        return new TextWrap(width, true).wrap(text);
    }

    /** A word longer than a line has a line to itself and ends in an ellipsis. */
    static List<String> ellipsis(String text, int width) {
        return new TextWrap(width, false).wrap(text);
    }

    private List<String> wrap(String text) {
        for (String paragraph : text.split("\n", -1)) {
            for (Matcher word = WORD.matcher(paragraph); word.find();) {
                place(word.group());
            }
            endLine();
        }
        return lines;
    }

    private void place(String word) {
        int needed = cells(stripEnd(word));
        if (used + needed > width) {
            if (!line.isEmpty()) {
                endLine();
            }
            if (needed > width && fold) {
                placeFolded(word);
                return;
            }
        }
        line.append(word);
        used += cells(word);
    }

    /** The spaces behind the word are folded too, and may begin the last line. */
    private void placeFolded(String word) {
        word.codePoints().forEach(point -> {
            if (used + cells(point) > width) {
                endLine();
            }
            line.appendCodePoint(point);
            used += cells(point);
        });
    }

    private void endLine() {
        while (line.length() > width && END.matcher(line).find()) {
            line.setLength(line.length() - 1);
        }
        String whole = line.toString();
        lines.add(cells(whole) <= width ? whole : cut(whole, width - 1) + "…");
        line.setLength(0);
        used = 0;
    }

    /** As many characters as fit; a wide one that is cut in half leaves a space. */
    private static String cut(String text, int width) {
        StringBuilder cut = new StringBuilder();
        int left = width;
        for (int point : text.codePoints().toArray()) {
            int cells = cells(point);
            if (cells > left) {
                return cut.append(" ".repeat(left)).toString();
            }
            cut.appendCodePoint(point);
            left -= cells;
        }
        return cut.toString();
    }

    static String stripEnd(String text) {
        return END.matcher(text).replaceFirst("");
    }

    /** The columns a fixed-width font needs for this text. */
    static int cells(String text) {
        return text.codePoints().map(TextWrap::cells).sum();
    }

    private static int cells(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.CONTROL) {
            return 0;
        }
        for (int[] block : WIDE) {
            if (point >= block[0] && point <= block[1]) {
                return 2;
            }
        }
        return Character.isEmojiPresentation(point) ? 2 : 1;
    }
}
