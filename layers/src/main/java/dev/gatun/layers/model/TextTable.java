package dev.gatun.layers.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A table drawn with lines, as the Python library rich draws one with a heavy head, a line between rows, columns of fixed
 * width and one space on either side of a cell. Cells wrap at spaces; a longer word ends in an ellipsis.
 * Source of the layout: {@code rich/table.py}, {@code rich/_ratio.py} and {@code rich/box.py}.
 */
final class TextTable {

    /** @param width the cells wished for; {@link #TextTable} takes some away until the table fits */
    record Column(String header, int width, boolean right) {}

    private final List<Column> columns;
    private final int[] widths;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param width of the whole table, at most what the columns wish for with their spaces and lines */
    TextTable(List<Column> columns, int width) {
        this.columns = List.copyOf(columns);
        this.widths = fittingWidths(columns, width);
    }

    /** @param cells one for each column */
    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    void appendTo(StringBuilder out) {
        rule(out, "┏━┳┓");
        row(out, columns.stream().map(Column::header).toList(), '┃');
        rule(out, "┡━╇┩");
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                rule(out, "├─┼┤");
            }
            row(out, rows.get(i), '│');
        }
        rule(out, "└─┴┘");
    }

    /** Shares what is too wide equally, from left to right, a half rounded to even: rich's order decides who gives more. */
    private static int[] fittingWidths(List<Column> columns, int tableWidth) {
        int count = columns.size();
        int excess = columns.stream().mapToInt(Column::width).sum() + 2 * count + (count + 1) - tableWidth;
        int[] widths = new int[count];
        for (int i = 0; i < count; i++) {
            int taken = (int) Math.rint((double) excess / (count - i));
            widths[i] = columns.get(i).width() - taken;
            excess -= taken;
        }
        return widths;
    }

    /** @param pieces left end, line, crossing, right end */
    private void rule(StringBuilder out, String pieces) {
        line(out, pieces.charAt(0), pieces.charAt(2), pieces.charAt(3),
                column -> pieces.substring(1, 2).repeat(widths[column] + 2));
    }

    private void row(StringBuilder out, List<String> cells, char bar) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            wrapped.add(TextWrap.ellipsis(cells.get(i), widths[i]));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        for (int y = 0; y < height; y++) {
            int line = y;
            line(out, bar, bar, bar,
                    i -> ' ' + aligned(i, line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "") + ' ');
        }
    }

    private void line(StringBuilder out, char left, char between, char right, IntFunction<String> piece) {
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? left : between).append(piece.apply(i));
        }
        out.append(right).append('\n');
    }

    private String aligned(int column, String text) {
        String shown = columns.get(column).right() ? TextWrap.stripEnd(text) : text;
        String space = " ".repeat(widths[column] - TextWrap.cells(shown));
        return columns.get(column).right() ? space + shown : shown + space;
    }
}
