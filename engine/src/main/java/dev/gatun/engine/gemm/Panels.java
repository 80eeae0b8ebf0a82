package dev.gatun.engine.gemm;

/**
 * The packed layout of a matrix {@code [K,N]} as the right side of a product: columns in panels of 64, each panel
 * stored {@code [K][64]}; what is left over in strips of 16, each {@code [K][16]}. A panel or strip is called a block. The
 * layout does not depend on the vector width, so neither do files, sums over parameters, nor results.
 *
 * @param depth   K, rows of the matrix
 * @param columns N, a multiple of 16 (pad with zeros)
 */
public record Panels(int depth, int columns) {

    /** Columns of a panel: four vectors of 16, for an LSTM the four gates of 16 units. */
    public static final int PANEL = 64;
    /** Columns of a strip: the widest vector. */
    public static final int STRIP = 16;

    public Panels {
        if (depth < 0 || columns < 0 || columns % STRIP != 0) {
            throw new IllegalArgumentException(
                    "Panels need columns in multiples of 16, got " + depth + " x " + columns);
        }
    }

    /** The next multiple of 16. */
    public static int padded(int columns) {
        return Math.addExact(columns, STRIP - 1) & -STRIP;
    }

    /** Blocks that are panels; strips follow. */
    public int panels() {
        return columns / PANEL;
    }

    /** Bytes of a panel. */
    public long panelBytes() {
        return (long) depth * PANEL * Float.BYTES;
    }

    public int blocks() {
        return panels() + columns % PANEL / STRIP;
    }

    public int width(int block) {
        return block < panels() ? PANEL : STRIP;
    }

    /** First column of a block. */
    public int column(int block) {
        return Math.min(block, panels()) * PANEL + Math.max(0, block - panels()) * STRIP;
    }

    /** Byte offset of a block in the packed matrix. */
    public long blockBytes(int block) {
        return (long) column(block) * depth * Float.BYTES;
    }

    /** Element index of a matrix element in the packed matrix. */
    public long index(int row, int column) {
        int panelEnd = panels() * PANEL;
        int width = column < panelEnd ? PANEL : STRIP;
        int first = column / width * width;
        return (long) first * depth + (long) row * width + (column - first);
    }

    public long elements() {
        return (long) depth * columns;
    }

    public long bytes() {
        return elements() * Float.BYTES;
    }
}
