package dev.gatun.engine.gemm;

import dev.gatun.engine.team.Team;
import dev.gatun.memory.FloatSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** The packing of a public matrix that is read piece by piece; the members of a team share its rows. */
public final class WeightPacking implements Team.Job {

    /** Below that the members would wait for each other longer than they work. */
    private static final long SMALL_BYTES = 1 << 20;

    private final WeightLayout layout;
    private final FloatSource matrix;
    private final MemorySegment packed;
    private final long packedBytes;
    /** Taken by whoever is free: a member may wait for a processor while the others work. */
    private final AtomicLong next = new AtomicLong();

    private WeightPacking(WeightLayout layout, FloatSource matrix, MemorySegment packed, long packedBytes) {
        this.layout = layout;
        this.matrix = matrix;
        this.packed = packed;
        this.packedBytes = packedBytes;
    }

    /**
     * Copies a public matrix {@code [rows, columns]} into the packed place, paddings as zeros. If the source fails, a part of it
     * is there.
     *
     * @param matrix its numbers, row after row
     * @throws IOException what the source has to say
     */
    public static void pack(WeightLayout layout, FloatSource matrix, MemorySegment packed, long packedBytes, Team team)
            throws IOException {
        Arguments.required(layout, "WeightPacking.pack", "layout", "of the weight");
        Arguments.required(matrix, "WeightPacking.pack", "matrix", "numbers of [rows, columns], row after row");
        Arguments.required(packed, "WeightPacking.pack", "packed", "the memory of the parameters");
        Arguments.required(team, "WeightPacking.pack", "team", "the threads that pack");
        WeightPacking packing = new WeightPacking(layout, matrix, packed, packedBytes);
        try {
            if (layout.strips().bytes() < SMALL_BYTES) {
                packing.run(0, 1);
            } else {
                team.run(packing);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    @Override
    public void run(int member, int size) {
        try {
            new PackedRows(layout).pack(matrix, next, packed, packedBytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
