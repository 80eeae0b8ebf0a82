package dev.gatun.tests.mended;

import dev.gatun.engine.orthogonal.RandomOrthogonal;
import dev.gatun.engine.random.Philox;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Prints a hash of orthogonal matrices of several sizes. */
public final class OrthogonalHash {

    private OrthogonalHash() {}

    /** Prints {@link #lines}. */
    public static void main(String[] arguments) {
        lines(2).forEach(System.out::println);
    }

    static List<String> lines(int threads) {
        return Stream
                .of(new int[] {1, 1}, new int[] {5, 20}, new int[] {33, 17}, new int[] {70, 280}, new int[] {150, 150})
                .map(size -> size[0] + " x " + size[1] + " " + hash(size[0], size[1], threads)).toList();
    }

    private static int hash(int rows, int columns, int threads) {
        Tensor target = Tensor.zeros(rows, columns);
        RandomOrthogonal.fill(target, 1, new Philox(3, 4), threads);
        return Arrays.hashCode(target.toArray());
    }
}
