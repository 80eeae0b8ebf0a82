package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockReductions;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * The columns of one head in the rows of one sample, which lie a batch apart, on their way to where they are worked on and back.
 *
 * @param value whose rows they are
 * @param rows  of the value, or of its gradient
 */
record SampleRows(Value value, RowsView rows) {

    long at(int step, int sample, int column) {
        return rows.at((long) step * value.batch() + sample) + (long) column * Float.BYTES;
    }

    /** {@code to[steps,width] = factor columns}, zeros up to the next multiple of 16. */
    void gather(int sample, int column, int width, int steps, RowsView to, float factor) {
        int padded = Strips.padded(width);
        for (int step = 0; step < steps; step++) {
            if (padded > width) {
                RowCopy.clearRow(to, step, width);
            }
            MemorySegment.copy(rows.segment(), at(step, sample, column), to.segment(), to.at(step),
                    (long) width * Float.BYTES);
            if (factor != 1) {
                BlockReductions.scale(to.segment(), to.at(step), (long) padded * Float.BYTES, factor);
            }
        }
    }

    /** All steps packed in strips, {@code [steps,width]} as the right side of a product; zeros in the paddings. */
    void pack(int sample, int column, int width, Strips strips, MemorySegment to, long toBytes) {
        long stepBytes = value.batch() * rows.rowBytes();
        for (int strip = 0; strip < strips.count(); strip++) {
            int first = strip * Strips.WIDTH;
            int columns = Math.min(Strips.WIDTH, width - first);
            long from = at(0, sample, column + first);
            long target = toBytes + strips.at(strip);
            if (columns == Strips.WIDTH) {
                RowPacking.copy(rows.segment(), from, stepBytes, to, target, Strips.ROW_BYTES, strips.depth(),
                        Strips.WIDTH);
                continue;
            }
            for (int step = 0; step < strips.depth(); step++) {
                long row = target + step * Strips.ROW_BYTES;
                for (int i = columns; i < Strips.WIDTH; i++) {
                    to.set(JAVA_FLOAT, row + (long) i * Float.BYTES, 0f);
                }
                MemorySegment.copy(rows.segment(), from + step * stepBytes, to, row, (long) columns * Float.BYTES);
            }
        }
    }

    /** The columns of a step become those of a row, or have them added. */
    void put(int sample, int column, int width, int step, RowsView from, boolean add) {
        put(at(step, sample, column), width, from.segment(), from.at(step), add);
    }

    /** The columns of a step become those of a row that is packed in strips, or have them added. */
    void putPacked(int sample, int column, int width, int step, Strips strips, MemorySegment from, long fromBytes,
            boolean add) {
        for (int strip = 0; strip < strips.count(); strip++) {
            int first = strip * Strips.WIDTH;
            put(at(step, sample, column + first), Math.min(Strips.WIDTH, width - first), from,
                    fromBytes + strips.at(strip) + step * Strips.ROW_BYTES, add);
        }
    }

    private void put(long to, int width, MemorySegment from, long fromBytes, boolean add) {
        if (!add) {
            MemorySegment.copy(from, fromBytes, rows.segment(), to, (long) width * Float.BYTES);
            return;
        }
        for (int i = 0; i < width; i++) {
            long at = (long) i * Float.BYTES;
            rows.segment().set(JAVA_FLOAT, to + at,
                    rows.segment().get(JAVA_FLOAT, to + at) + from.get(JAVA_FLOAT, fromBytes + at));
        }
    }
}
