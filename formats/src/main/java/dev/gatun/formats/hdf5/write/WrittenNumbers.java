package dev.gatun.formats.hdf5.write;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Gives the numbers of a dataset when their turn to be written has come, so that not all of a file need be in memory. */
@FunctionalInterface
public interface WrittenNumbers {

    /**
     * Writes all numbers, row-major and little-endian, without padding. Called once for each time the file is written.
     *
     * @param out takes the bytes; stays open
     * @throws IOException if they cannot be had or written; the writing ends with this exception
     */
    void writeTo(WritableByteChannel out) throws IOException;
}
