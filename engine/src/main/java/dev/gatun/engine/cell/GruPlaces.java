package dev.gatun.engine.cell;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import java.lang.foreign.MemorySegment;

/**
 * Where a GRU's numbers lie for groups of 16 units.
 *
 * @param memory    the rows of a plan
 * @param flow      of the way back, or null
 * @param gates     the update and reset gates, 16 units after 16 units
 * @param candidate the candidate
 * @param recurrent its recurrent part, or null
 */
record GruPlaces(RecurrentMemory memory, RecurrentGradients flow, RowsView gates, RowsView candidate,
        RowsView recurrent) {

    private static final long UNIT_BYTES = Strips.ROW_BYTES;

    /** Strips in the order candidate, gates, recurrent part. */
    static GruPlaces resetAfter(RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        int blocks = sizes.unitBlocks();
        RowsView z = memory.z();
        return new GruPlaces(memory, flow, z.fromStrip(blocks), z, z.fromStrip(3 * blocks));
    }

    /** Strips in the order gates, candidate. */
    static GruPlaces resetBefore(RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        RowsView z = memory.z();
        return new GruPlaces(memory, flow, z, z.fromStrip(2 * sizes.unitBlocks()), null);
    }

    MemorySegment segment() {
        return memory.z().segment();
    }

    GruStrides strides() {
        long row = memory.z().rowBytes();
        return new GruStrides(memory.z().stripBytes(), row, row, memory.h().rowBytes(),
                flow == null ? 0 : flow.dh().rowBytes());
    }

    /** With one row the groups of units themselves are the kernel's rows, so that one call serves them all. */
    GruStrides stridesOfOneRow() {
        long strip = memory.z().stripBytes();
        return new GruStrides(strip, 2 * strip, strip, UNIT_BYTES);
    }

    /** Bytes from a gate's value to its pre-activation; 0 if none are kept. */
    long preactivation() {
        RowsView pre = memory.preactivation();
        return pre == null ? 0 : pre.baseBytes() - memory.z().baseBytes();
    }

    long gates(int block, long row) {
        return gates.at(row) + 2 * block * gates.stripBytes();
    }

    long candidate(int block, long row) {
        return candidate.at(row) + block * candidate.stripBytes();
    }

    long recurrent(int block, long row) {
        return recurrent.at(row) + block * recurrent.stripBytes();
    }

    static long units(RowsView rows, int block, long row) {
        return rows.at(row) + block * UNIT_BYTES;
    }

    long h(int block, long row) {
        return units(memory.h(), block, row);
    }

    long dh(int block, long row) {
        return units(flow.dh(), block, row);
    }
}
