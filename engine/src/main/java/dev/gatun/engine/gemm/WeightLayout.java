package dev.gatun.engine.gemm;

import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * How a public weight matrix {@code [rows, columns]} lies in the parameter block: packed in {@link Panels}, and for an
 * LSTM with the four gates of 16 units side by side, so that a panel holds everything those units need. Public column
 * {@code gate * U + unit} becomes packed column {@code unit / 16 * 64 + gate * 16 + unit % 16}. Paddings are zero and stay
 * zero: their gradients are zero. A bias is a matrix of one row.
 *
 * @param rows    rows of the public matrix
 * @param columns columns of the public matrix
 * @param gates   4 for an LSTM's weights, 1 for any other
 */
public record WeightLayout(int rows, int columns, int gates) {

    public WeightLayout {
        if (gates != 1 && gates != 4 || columns % gates != 0) {
            throw new IllegalArgumentException(
                    "A layout has 1 or 4 gates of equal width, got " + gates + " in " + columns);
        }
    }

    public static WeightLayout plain(int rows, int columns) {
        return new WeightLayout(rows, columns, 1);
    }

    public static WeightLayout gated(int rows, int units) {
        return new WeightLayout(rows, Math.multiplyExact(4, units), 4);
    }

    private int units() {
        return columns / gates;
    }

    /** Columns as packed: each gate's units padded to 16. */
    public int packedColumns() {
        return Math.multiplyExact(Panels.padded(units()), gates);
    }

    public Panels panels() {
        return new Panels(rows, packedColumns());
    }

    public int packedColumn(int column) {
        if (gates == 1) {
            return column;
        }
        int gate = column / units();
        int unit = column % units();
        return unit / Panels.STRIP * Panels.PANEL + gate * Panels.STRIP + unit % Panels.STRIP;
    }

    /** Copies a public matrix {@code [rows, columns]} into the packed place, paddings as zeros. */
    public void pack(Tensor matrix, MemorySegment packed, long packedBytes) {
        int[] places = places();
        float[] row = new float[columns];
        float[] packedRow = new float[packedColumns()];
        MemorySegment from = MemorySegment.ofArray(row);
        MemorySegment to = MemorySegment.ofArray(packedRow);
        for (int r = 0; r < rows; r++) {
            MemorySegment.copy(matrix.segment(), rowBytes(matrix, r), from, 0, from.byteSize());
            for (int column = 0; column < columns; column++) {
                packedRow[places[column]] = row[column];
            }
            for (int block = 0; block < panels().blocks(); block++) {
                MemorySegment.copy(
                        to, columnBytes(block), packed, packedBytes + pieceBytes(block, r), widthBytes(block));
            }
        }
    }

    /** Copies the packed place into a public matrix {@code [rows, columns]}. */
    public void unpack(MemorySegment packed, long packedBytes, Tensor matrix) {
        int[] places = places();
        float[] row = new float[columns];
        float[] packedRow = new float[packedColumns()];
        MemorySegment from = MemorySegment.ofArray(packedRow);
        MemorySegment to = MemorySegment.ofArray(row);
        for (int r = 0; r < rows; r++) {
            for (int block = 0; block < panels().blocks(); block++) {
                MemorySegment.copy(
                        packed, packedBytes + pieceBytes(block, r), from, columnBytes(block), widthBytes(block));
            }
            for (int column = 0; column < columns; column++) {
                row[column] = packedRow[places[column]];
            }
            MemorySegment.copy(to, 0, matrix.segment(), rowBytes(matrix, r), to.byteSize());
        }
    }

    private int[] places() {
        return IntStream.range(0, columns).map(this::packedColumn).toArray();
    }

    private static long rowBytes(Tensor matrix, int row) {
        return matrix.baseBytes() + row * matrix.rowBytes();
    }

    private long columnBytes(int block) {
        return (long) panels().column(block) * Float.BYTES;
    }

    private long widthBytes(int block) {
        return (long) panels().width(block) * Float.BYTES;
    }

    /** Where a row's piece of a block lies. */
    private long pieceBytes(int block, int row) {
        return panels().blockBytes(block) + row * widthBytes(block);
    }

    /** The layout of the transpose {@code [packedColumns, rows]}: see {@link TransposedWeight}. */
    public Panels transposed() {
        return new Panels(packedColumns(), Panels.padded(rows));
    }
}
