package dev.gatun.cli.tensors;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.TableCell;
import dev.gatun.cli.data.CsvFile;
import dev.gatun.cli.data.Table;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A tensor as a table: a line for each sample, its numbers in row-major order; a header is passed over. */
public final class RawTable {

    /** Up to here every whole number is a float32. */
    private static final int EXACT = 1 << 24;

    private RawTable() {}

    /** The table as a model's one input. */
    static Tensor read(Path file, ModelShape model) throws IOException {
        Tensor numbers = tensor(file, numbers(file), 0, -1, model.inputShapes().getFirst(), "input '"
                + model.inputNames().getFirst() + "'");
        return model.whole().getFirst() ? whole(file, numbers) : numbers;
    }

    /**
     * The same numbers as int32.
     *
     * @throws Refusal if one is not whole
     */
    public static Tensor whole(Path file, Tensor numbers) {
        float[] floats = numbers.toArray();
        int[] ints = new int[floats.length];
        for (int i = 0; i < ints.length; i++) {
            // Beyond 2^24 a float32 may stand for a neighbour.
            if ((int) floats[i] != floats[i] || Math.abs(floats[i]) >= EXACT) {
                throw new Refusal(file + ": number " + i + " (counted from 0, line by line) is " + floats[i]
                        + ", and the model takes whole numbers of less than " + EXACT
                        + " from a table; correct the cell"
                        + " or give larger ones in a .npy or .safetensors file");
            }
            ints[i] = (int) floats[i];
        }
        return Tensor.ofInts(ints, numbers.shape().toArray());
    }

    /**
     * All numbers; the first line is passed over if it holds anything else.
     *
     * @throws Refusal if another cell is not a number
     */
    public static float[][] numbers(Path file) throws IOException {
        List<Table.Row> rows = CsvFile.rows(file);
        List<Table.Row> data = rows.getFirst().cells().stream().allMatch(TableCell::isNumber) || rows.size() == 1
                ? rows
                : rows.subList(1, rows.size());
        float[][] numbers = new float[data.size()][data.getFirst().cells().size()];
        for (int r = 0; r < numbers.length; r++) {
            Table.Row row = data.get(r);
            for (int c = 0; c < numbers[r].length; c++) {
                String cell = row.cells().get(c);
                if (TableCell.isMissing(cell) || !TableCell.isNumber(cell)) {
                    throw new Refusal(file + " line " + row.line() + ", column " + (c + 1) + ": "
                            + (TableCell.isMissing(cell) ? "no value" : "'" + TableCell.shortened(cell) + "'")
                            + "; raw tensors need a number in every cell, below at most one line of names");
                }
                numbers[r][c] = (float) TableCell.number(
                        file.toString(), row.line(), Integer.toString(c + 1), cell);
            }
        }
        return numbers;
    }

    /**
     * Columns {@code [from,to)} as a tensor of this shape.
     *
     * @param to    -1 for all that follow
     * @param shape batch first; batch unknown, and time may be unknown
     * @param what  for messages
     */
    public static Tensor tensor(Path file, float[][] numbers, int from, int to, Shape shape, String what) {
        int width = (to < 0 ? numbers[0].length : to) - from;
        Shape known = shape.with(0, numbers.length);
        if (shape.rank() == 2 && shape.dim(1) == Shape.UNKNOWN && width > 0) {
            known = known.with(1, width);
        }
        if (shape.rank() == 3 && shape.dim(1) == Shape.UNKNOWN && width > 0 && width % shape.last() == 0) {
            known = known.with(1, width / shape.last());
        }
        if (!known.isKnown() || known.with(0, 1).elements() != width) {
            throw new Refusal(file + ": each line has " + width + " numbers, but " + what + " has shape " + shape
                    + "; give " + (shape.rank() == 3 && shape.dim(1) == Shape.UNKNOWN
                            ? "a multiple of " + shape.last()
                            : Long.toString(shape.with(0, 1).elements()))
                    + " numbers in each line");
        }
        float[] values = new float[Math.toIntExact(known.elements())];
        for (int r = 0; r < numbers.length; r++) {
            System.arraycopy(numbers[r], from, values, r * width, width);
        }
        return Tensor.of(values, known.toArray());
    }

    /** Writes a line for each sample, every number with as many digits as tell it from its neighbours. */
    public static void write(Path file, Tensor tensor) throws IOException {
        int count = Math.toIntExact(tensor.shape().elements());
        IntFunction<String> texts = texts(tensor);
        int samples = Math.toIntExact(tensor.shape().rank() == 0 ? 1 : tensor.shape().dim(0));
        int width = samples == 0 ? 0 : count / samples;
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < samples; r++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < width; c++) {
                row.add(texts.apply(r * width + c));
            }
            rows.add(row);
        }
        CsvFile.write(file, rows);
    }

    private static IntFunction<String> texts(Tensor tensor) {
        if (tensor.type() == DataType.INT32) {
            int[] values = tensor.toIntArray();
            return i -> Integer.toString(values[i]);
        }
        float[] values = tensor.toArray();
        return i -> Float.toString(values[i]);
    }
}
