package dev.gatun.memory;

import java.io.IOException;

/** Numbers that are read piece by piece, as those of a file that is larger than the heap; by several threads at once. */
@FunctionalInterface
public interface FloatSource {

    /**
     * Reads a piece.
     *
     * @param first  which number comes first, counted from 0
     * @param target its first {@code count} places are written
     * @param count  how many numbers, at least 1
     * @throws IOException if they are not there, or cannot be read
     */
    void read(long first, float[] target, int count) throws IOException;
}
