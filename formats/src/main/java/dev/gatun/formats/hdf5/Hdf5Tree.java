package dev.gatun.formats.hdf5;

import dev.gatun.formats.FormatException;
import java.util.List;

/** Groups and numbers of HDF5, in one file or spread over several. Paths name them from the root on. */
public interface Hdf5Tree {

    /** Whether there is a group under a path; the empty one is the root. */
    boolean hasGroup(String path);

    /** Names in a group, sorted by their bytes; none if there is no such group. */
    List<String> names(String path);

    /**
     * The text of an attribute.
     *
     * @return null if there is no such attribute, or it is no text
     * @throws FormatException if it promises more than the file has
     */
    String text(String path, String attribute) throws FormatException;

    /**
     * The numbers under a path.
     *
     * @return null if there are none
     */
    Hdf5Dataset dataset(String path);

    /**
     * An exception of this file.
     *
     * @param reason the rest of the sentence that begins with the file
     */
    FormatException wrong(String reason);

    /**
     * What is done with a tree while its files are open.
     *
     * @param <R> what comes of it
     */
    @FunctionalInterface
    interface Work<R> {
        /** @throws FormatException for what the tree does not hold */
        R with(Hdf5Tree tree) throws FormatException;
    }
}
