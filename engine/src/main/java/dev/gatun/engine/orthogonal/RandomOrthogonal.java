package dev.gatun.engine.orthogonal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.random.Philox;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;

/**
 * A random matrix with orthonormal rows (or columns, whichever are fewer), distributed as Q in the factorization QR of a
 * matrix of normal numbers with R's diagonal made positive, which is Keras's way. Nothing is factorized: the reflections of
 * such a factorization are those of independent normal vectors, each shorter by one than the last, so they are drawn and
 * multiplied out (Stewart, The efficient generation of random orthogonal matrices with an application to condition
 * estimators, 1980), which is half the work. The same bits for any vector width and any number of threads.
 */
public final class RandomOrthogonal {

    /** Rows for which one thread is enough: fewer than this are done before others would have begun. */
    private static final int ROWS_OF_A_THREAD = 256;
    /**
     * Multiplications from which it pays to run SIMD kernels that are not compiled yet: their twins take 0.6 ns for each, and
     * two seconds of processor time go by until the JVM has compiled the tiles.
     */
    private static final double LASTING = 4e9;

    private RandomOrthogonal() {}

    /**
     * Fills a matrix, on as many threads as are of use.
     *
     * @param target [R,C] of any size
     * @param gain   what every number is multiplied by
     * @param random seed and stream of the normal numbers
     * @throws ShapeException if the target is not a matrix
     */
    public static void fill(Tensor target, double gain, Philox random) {
        int threads = (int) (Math.min(target.rows(), target.columns()) / ROWS_OF_A_THREAD);
        fill(target, gain, random, Math.clamp(threads, 1, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * As {@link #fill(Tensor, double, Philox)}, on so many threads.
     *
     * @param target  [R,C] of any size
     * @param gain    what every number is multiplied by
     * @param random  seed and stream of the normal numbers
     * @param threads the caller among them; the numbers are the same for any
     * @throws ShapeException if the target is not a matrix
     */
    public static void fill(Tensor target, double gain, Philox random, int threads) {
        if (target.shape().rank() != 2) {
            throw new ShapeException("An orthogonal matrix has two axes, got shape " + target.shape());
        }
        int rows = Math.toIntExact(Math.min(target.rows(), target.columns()));
        int columns = Math.toIntExact(Math.max(target.rows(), target.columns()));
        if (rows == 0) {
            return;
        }
        boolean lasting = (double) rows * rows * columns > LASTING;
        if (lasting) {
            KernelChoice.warn();
        }
        try (TensorArena arena = TensorArena.open("orthogonal initializer"); Team team = new Team(threads)) {
            OrthogonalMemory memory = OrthogonalMemory.of(rows, columns, arena);
            ReflectionBlock[] blocks = blocks(memory, lasting);
            team.run((member, size) -> {
                for (int block = blocks.length - 1; block >= 0; block--) {
                    blocks[block].run(random, team, member, size);
                }
                int end = Partition.first(rows, member + 1, size);
                for (int row = Partition.first(rows, member, size); row < end; row++) {
                    write(memory, row, gain, target);
                }
            });
        }
    }

    private static ReflectionBlock[] blocks(OrthogonalMemory memory, boolean lasting) {
        int count = (memory.rows() + ReflectionBlock.SIZE - 1) / ReflectionBlock.SIZE;
        ReflectionBlock[] blocks = new ReflectionBlock[count];
        for (int block = 0; block < count; block++) {
            blocks[block] = new ReflectionBlock(memory, block * ReflectionBlock.SIZE, lasting);
        }
        return blocks;
    }

    /** Row of the memory to row of a wide target, or to column of a high one. */
    private static void write(OrthogonalMemory memory, int row, double gain, Tensor target) {
        double factor = gain * memory.signs()[row];
        boolean wide = target.rows() <= target.columns();
        long to = target.baseBytes() + (wide ? row * target.rowBytes() : (long) row * Float.BYTES);
        long step = wide ? Float.BYTES : target.rowBytes();
        long from = memory.matrix().at(row);
        for (int i = 0; i < memory.columns(); i++) {
            float number = memory.segment().get(JAVA_FLOAT, from + (long) i * Float.BYTES);
            target.segment().set(JAVA_FLOAT_UNALIGNED, to + i * step, (float) (factor * number));
        }
    }
}
