package dev.gatun.engine.gemm;

import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * How a public weight matrix {@code [rows, columns]} lies in the parameter block: packed in {@link Strips}, and for a recurrent
 * layer with the strips of the gates of 16 units that are computed together one after the other. With G gates in one group
 * public column {@code gate * U + unit} becomes packed column {@code unit / 16 * 16 * G + gate * 16 + unit % 16}. Paddings are
 * zero and stay zero: their gradients are zero. A bias is a matrix of one row. Of a weight of more axes the first ones are the rows
 * together, or the last ones the columns.
 *
 * @param rows    rows of the public matrix
 * @param columns columns of the public matrix
 * @param order   of the gates; one for the weights of a layer without gates
 */
public record WeightLayout(int rows, int columns, GateOrder order) {

    public WeightLayout {
        Arguments.required(order, "WeightLayout", "order", "of the gates, for example GateOrder.together(4)");
        if (columns % order.gates() != 0) {
            throw new IllegalArgumentException(
                    "A layout has one gate or more of equal width, got " + order.gates() + " in " + columns);
        }
    }

    /** Gates that are all computed together. */
    public WeightLayout(int rows, int columns, int gates) {
        this(rows, columns, GateOrder.together(gates));
    }

    public static WeightLayout plain(int rows, int columns) {
        return new WeightLayout(rows, columns, 1);
    }

    public static WeightLayout gated(int rows, int units, int gates) {
        return gated(rows, units, GateOrder.together(gates));
    }

    public static WeightLayout gated(int rows, int units, GateOrder order) {
        Arguments.required(order, "WeightLayout.gated", "order", "of the gates, for example GateOrder.together(4)");
        return new WeightLayout(rows, Math.multiplyExact(order.gates(), units), order);
    }

    public int gates() {
        return order.gates();
    }

    private int units() {
        return columns / gates();
    }

    /** Columns as packed: each gate's units padded to 16. */
    public int packedColumns() {
        return Math.multiplyExact(Strips.padded(units()), gates());
    }

    public Strips strips() {
        return new Strips(rows, packedColumns());
    }

    private int blocks() {
        return Strips.padded(units()) / Strips.WIDTH;
    }

    /** The public column with which a strip begins. */
    int firstColumn(int strip) {
        return order.gate(strip, blocks()) * units() + order.block(strip, blocks()) * Strips.WIDTH;
    }

    /** Columns of a strip, without its padding. */
    int columnsOf(int strip) {
        return Math.min(Strips.WIDTH, units() - order.block(strip, blocks()) * Strips.WIDTH);
    }

    /**
     * Copies a public matrix {@code [rows, columns]} into the packed place, paddings as zeros; also one of more axes, whose rows
     * are not padded.
     */
    public void pack(Tensor matrix, MemorySegment packed, long packedBytes) {
        Arguments.required(matrix, "WeightLayout.pack", "matrix", "a tensor [rows, columns]");
        Arguments.required(packed, "WeightLayout.pack", "packed", "the memory of the parameters");
        new PackedRows(this).pack(inRows(matrix), packed, packedBytes);
    }

    /** A kernel of several heads is {@code [inputs, heads, width]}: a row is what belongs to an input. */
    private Tensor inRows(Tensor weight) {
        return weight.columns() == columns || weight.shape().rank() < 2 ? weight : weight.reshape(rows, columns);
    }

    /** Copies the packed place into a public matrix {@code [rows, columns]}. */
    public void unpack(MemorySegment packed, long packedBytes, Tensor matrix) {
        Arguments.required(packed, "WeightLayout.unpack", "packed", "the memory of the parameters");
        Arguments.required(matrix, "WeightLayout.unpack", "matrix", "a tensor [rows, columns]");
        new PackedRows(this).unpack(packed, packedBytes, inRows(matrix));
    }

    /** The layout of the transpose {@code [packedColumns, rows]}: see {@link TransposedWeight}. */
    public Strips transposed() {
        return new Strips(packedColumns(), Strips.padded(rows));
    }
}
