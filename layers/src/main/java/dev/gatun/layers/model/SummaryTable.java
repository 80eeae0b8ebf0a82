package dev.gatun.layers.model;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text of {@code summary()}: what Keras 3.15 prints where there is no terminal to measure, character for character.
 * Source of the contents: {@code print_summary} in {@code keras/src/utils/summary_utils.py}.
 */
public final class SummaryTable {

    /** Keras and rich take this width when there is no terminal. */
    private static final int CONSOLE_WIDTH = 80;

    /** Keras asks for 88 (chain) or 108 (graph) columns, but for no more than the console less this margin. */
    private static final int LINE_WIDTH = CONSOLE_WIDTH - 4;

    private static final double[] CHAIN_ENDS = {0.45, 0.80, 1.0};
    private static final double[] GRAPH_ENDS = {0.3, 0.56, 0.74, 1.0};

    private static final String[] SIZE_UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private SummaryTable() {}

    /**
     * Draws the table, with the counts below it.
     *
     * @param modelName  the model's name
     * @param rows       one for each layer, in the order of the summary
     * @param sequential whether the layers form a plain chain; otherwise a column says what each is connected to. Keras
     *                   calls a functional model a chain too if each of its layers is called once, on one tensor, one after
     *                   another.
     * @param totals     the counts below the table
     * @return the lines, each ended by {@code '\n'}
     * @throws ArithmeticException if the counts together do not fit 63 bits
     */
    public static String text(String modelName, List<SummaryRow> rows, boolean sequential, SummaryTotals totals) {
        Arguments.required(modelName, "SummaryTable.text", "modelName", "the name of the model");
        Arguments.all(rows, "SummaryTable.text", "rows", "a row for each layer");
        Arguments.required(totals, "SummaryTable.text", "totals", "the counts");
        StringBuilder out = new StringBuilder();
        TextWrap.fold("Model: \"" + modelName + "\"", CONSOLE_WIDTH).forEach(line -> out.append(line).append('\n'));

        TextTable table = new TextTable(columns(sequential), LINE_WIDTH);
        rows.forEach(row -> table.add(cells(row, sequential)));
        table.appendTo(out);

        // Summed as doubles for the size: Keras divides a big integer, and a count may be near 2^63.
        double bytes = bytes(totals.trainable()) + bytes(totals.nonTrainable()) + bytes(totals.optimizer());
        long total = Math.addExact(Math.addExact(totals.trainable(), totals.nonTrainable()), totals.optimizer());
        footer(out, "Total", total, bytes);
        footer(out, "Trainable", totals.trainable(), bytes(totals.trainable()));
        footer(out, "Non-trainable", totals.nonTrainable(), bytes(totals.nonTrainable()));
        if (totals.optimizer() > 0) {
            footer(out, "Optimizer", totals.optimizer(), bytes(totals.optimizer()));
        }
        return out.toString();
    }

    private static List<TextTable.Column> columns(boolean sequential) {
        double[] ends = sequential ? CHAIN_ENDS : GRAPH_ENDS;
        List<TextTable.Column> columns = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = (int) (ends[i] * LINE_WIDTH);
            columns.add(switch (i) {
                case 0 -> new TextTable.Column("Layer (type)", end - start, false);
                case 1 -> new TextTable.Column("Output Shape", end - start, false);
                case 2 -> new TextTable.Column("Param #", end - start, true);
                default -> new TextTable.Column("Connected to", end - start, false);
            });
            start = end;
        }
        return columns;
    }

    private static List<String> cells(SummaryRow row, boolean sequential) {
        List<String> cells = new ArrayList<>();
        cells.add(row.name() + " (" + row.type() + ")");
        cells.add(shapes(row.outputShapes()));
        cells.add(row.parameters() == SummaryRow.UNBUILT ? "0 (unbuilt)" : grouped(row.parameters()));
        if (!sequential) {
            cells.add(row.connectedTo().isEmpty() ? "-" : String.join(", ", row.connectedTo()));
        }
        return cells;
    }

    private static String shapes(List<Shape> shapes) {
        return switch (shapes.size()) {
            case 0 -> "?";
            case 1 -> shape(shapes.getFirst());
            default -> shapes.stream().map(SummaryTable::shape).collect(Collectors.joining(", ", "[", "]"));
        };
    }

    /** In a summary a shape of rank 1 has no comma: {@code (5)}, where Python itself would write {@code (5,)}. */
    private static String shape(Shape shape) {
        String text = shape.toString();
        return shape.rank() == 1 ? text.replace(",", "") : text;
    }

    private static void footer(StringBuilder out, String what, long count, double bytes) {
        out.append(' ').append(what).append(" params: ").append(grouped(count)).append(" (").append(size(bytes))
                .append(")\n");
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** All weights are floats. Keras keeps the optimizer's step counter in 32 bits too, but in 64 on TensorFlow. */
    private static double bytes(long count) {
        return (double) Float.BYTES * count;
    }

    /** Two decimals of the exact binary value, ties to even, as Python rounds; {@code %.2f} of Java rounds ties up. */
    private static String size(double bytes) {
        double scaled = bytes;
        int unit = 0;
        while (unit < SIZE_UNITS.length && scaled / 1024 >= 1) {
            scaled /= 1024;
            unit++;
        }
        // From 1024 PB on Keras divides once more and still says PB.
        String name = SIZE_UNITS[Math.min(unit, SIZE_UNITS.length - 1)];
        return new BigDecimal(scaled).setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " " + name;
    }
}
