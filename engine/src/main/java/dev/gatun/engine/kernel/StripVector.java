package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;

import dev.gatun.engine.cpu.Lanes;

/** Where the vectors of a row stand that lies in strips of 16 columns: four, two or one in each. */
final class StripVector {

    /** Bytes of a vector. */
    static final long BYTES = (long) Lanes.LANES * Float.BYTES;

    private StripVector() {}

    /** Strips that so many vectors fill. */
    static int strips(int vectors) {
        return (int) (vectors * BYTES / STRIP_ROW);
    }

    /** The strip of a vector. */
    static long strip(int vector) {
        return vector * BYTES / STRIP_ROW;
    }

    /** The strip of a vector counted from a first strip, at most the last there is. */
    static long strip(int first, int vector, int last) {
        return Math.min(first + strip(vector), last);
    }

    /** Where in a row of its strip a vector begins, in bytes. */
    static long inner(int vector) {
        return vector * BYTES % STRIP_ROW;
    }
}
