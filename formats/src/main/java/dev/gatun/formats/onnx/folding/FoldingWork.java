package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Collection;
import java.util.List;

/** How many numbers are read and made while a file is read: one of a few bytes may ask for any work. */
public final class FoldingWork {

    /** Of any file; a second. */
    private static final long FREE = 1L << 26;

    /** How often a file's own numbers may be read or made: weights are turned and cast once or twice in each attempt. */
    private static final int TIMES = 16;

    private final long most;
    private long done;

    /** @param held what the file holds */
    public FoldingWork(Collection<NumberArray> held) {
        long all = 0;
        for (NumberArray array : held) {
            all += array.count();
        }
        most = FREE + TIMES * all;
    }

    /**
     * @param numbers that are read or were made; null where one is left out
     * @throws IllegalArgumentException if that is too much
     */
    public void count(List<NumberArray> numbers) {
        for (NumberArray array : numbers) {
            done += array == null ? 0 : array.count() + 1L;
        }
        if (done > most) {
            throw new IllegalArgumentException(
                    "computes with numbers of the file, and with those before it that makes more"
                            + " than " + most + ", which is not done while a file is read");
        }
    }
}
