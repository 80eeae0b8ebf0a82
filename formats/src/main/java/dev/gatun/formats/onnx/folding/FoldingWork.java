package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;

/** How many numbers are read and made while a file is read: one of a few bytes may ask for any work. */
public final class FoldingWork {

    /** Those of a file of half a GB; a second or two. */
    private static final long MOST = 1L << 27;

    private long done;

    /**
     * @param numbers that are read or were made; null where one is left out
     * @throws IllegalArgumentException if that is too much
     */
    public void count(List<NumberArray> numbers) {
        for (NumberArray array : numbers) {
            done += array == null ? 0 : array.count() + 1L;
        }
        if (done > MOST) {
            throw new IllegalArgumentException(
                    "computes with numbers of the file, and with those before it that makes more"
                            + " than " + MOST + ", which is not done while a file is read");
        }
    }
}
