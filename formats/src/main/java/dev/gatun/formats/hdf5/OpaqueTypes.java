package dev.gatun.formats.hdf5;

import java.nio.ByteBuffer;

/**
 * Types of two bytes without a meaning, as Keras writes bfloat16: jHDF 0.13.0 stops at one that has no name either ("End of buffer
 * reached before NULL"). As texts of two bytes the numbers lie where they lay.
 */
final class OpaqueTypes {

    /** The message of an object that says its type. */
    private static final byte[] OPAQUE = {3, 0, 8, 0, 1, 0, 0, 0, 0x15, 0, 0, 0, 2, 0, 0, 0};
    /** Where in it the class of types stands. */
    private static final int CLASS = 8;
    /** A text of two bytes. */
    private static final byte TEXT = 0x13;

    private OpaqueTypes() {}

    /**
     * Makes a file readable.
     *
     * @param file changed where such a type stands
     * @return whether there was one
     */
    static boolean uncovered(ByteBuffer file) {
        boolean found = false;
        for (int at = 0; at <= file.limit() - OPAQUE.length; at++) {
            if (isAt(file, at)) {
                file.put(at + CLASS, TEXT);
                found = true;
            }
        }
        return found;
    }

    /** Whether a file has such a type. */
    static boolean areIn(ByteBuffer file) {
        for (int at = 0; at <= file.limit() - OPAQUE.length; at++) {
            if (isAt(file, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(ByteBuffer file, int at) {
        for (int i = 0; i < OPAQUE.length; i++) {
            if (file.get(at + i) != OPAQUE[i]) {
                return false;
            }
        }
        return true;
    }
}
