package dev.gatun.tests.kernels;

import java.util.stream.IntStream;

/** Sizes at which kernels go wrong: one, around lanes (4, 8, 16) and tiles (4, 6, 8 rows, 64 columns), and primes. */
public final class Sizes {

    private static final int[] AROUND = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 16, 17, 31, 32, 33, 63, 64, 65, 97};

    private Sizes() {}

    /** Of what may have any size: rows, depths, columns before they are padded. */
    public static IntStream any() {
        return IntStream.of(AROUND);
    }

    /** Of runs of floats, which are padded to whole vectors of 16: as many vectors. */
    public static IntStream runs() {
        return any().map(vectors -> 16 * vectors);
    }
}
