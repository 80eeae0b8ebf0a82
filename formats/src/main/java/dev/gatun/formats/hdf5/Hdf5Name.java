package dev.gatun.formats.hdf5;

import dev.gatun.formats.FormatException;

/**
 * What messages call an HDF5 file.
 *
 * @param file   that a user knows
 * @param within what of it is HDF5, as a part of a sentence: {@code its model.weights.h5}; empty if it is the file itself
 * @param fix    what to do about a file that does not hold what it should
 */
public record Hdf5Name(String file, String within, String fix) {

    FormatException wrong(String reason) {
        return new FormatException(file, subject() + reason + "; " + fix);
    }

    FormatException damaged(Throwable cause) {
        return new FormatException(file, subject() + "is damaged or not HDF5 (" + FormatException.reason(cause)
                + "); copy or download it again").because(cause);
    }

    private String subject() {
        return within.isEmpty() ? "" : within + " ";
    }
}
