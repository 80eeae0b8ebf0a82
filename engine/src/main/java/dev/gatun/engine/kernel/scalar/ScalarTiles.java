package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;

import dev.gatun.engine.kernel.TilePlaces;
import java.lang.foreign.MemorySegment;

/** The exact oracle of the product tiles: any number of rows and strips, one chain of fma per element. */
public final class ScalarTiles {

    private static final int WIDTH = 16;
    /** Rows of A that are copied at a time, and read by all strips. */
    private static final int ROWS = 32;

    private ScalarTiles() {}

    /**
     * {@code C[rows,N] = start + A[rows,K] * B[K,N]} over strips of B; offsets in bytes of the first row and strip.
     *
     * <p>Over arrays: the interpreter needs a microsecond for a float of a segment and a thirtieth for one of an array, and
     * this is what predicts before anything is compiled. Copies are of segments, because the JDK's to and from arrays begin
     * with a switch over types that takes 10 ms to make. Each loop is a method of its own: one that is called a few hundred
     * times is compiled long before one that turns as often.
     */
    public static void tile(TilePlaces places, long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        float[] block = new float[k * WIDTH];
        float[] left = new float[Math.min(rows, ROWS) * k];
        float[] sums = new float[Math.min(rows, ROWS) * WIDTH];
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            HeapRows.read(places.a(), a0 + first * places.aRow(), places.aRow(), left, 0, k, count);
            for (int strip = 0; strip < strips; strip++) {
                HeapRows.read(places.b(), b0 + strip * places.bStrip(), 0, block, 0, block.length, 1);
                HeapRows.read(places.s(), s0 + strip * places.sStrip() + first * places.sRow(), places.sRow(), sums, 0,
                        WIDTH, count);
                add(left, block, sums, k, count);
                HeapRows.write(sums, 0, places.c(), c0 + strip * places.cStrip() + first * places.cRow(),
                        places.cRow(), WIDTH, count);
            }
        }
    }

    private static void add(float[] left, float[] block, float[] sums, int k, int rows) {
        for (int row = 0; row < rows; row++) {
            eightColumns(left, row * k, k, block, 0, sums, row * WIDTH);
            eightColumns(left, row * k, k, block, WIDTH / 2, sums, row * WIDTH + WIDTH / 2);
        }
    }

    /** Eight chains at a time hide the latency of an fma. */
    private static void eightColumns(
            float[] left, int first, int k, float[] block, int column, float[] sums, int to) {
        float s0 = sums[to];
        float s1 = sums[to + 1];
        float s2 = sums[to + 2];
        float s3 = sums[to + 3];
        float s4 = sums[to + 4];
        float s5 = sums[to + 5];
        float s6 = sums[to + 6];
        float s7 = sums[to + 7];
        int at = column;
        for (int i = 0; i < k; i++) {
            float x = left[first + i];
            s0 = fma(x, block[at], s0);
            s1 = fma(x, block[at + 1], s1);
            s2 = fma(x, block[at + 2], s2);
            s3 = fma(x, block[at + 3], s3);
            s4 = fma(x, block[at + 4], s4);
            s5 = fma(x, block[at + 5], s5);
            s6 = fma(x, block[at + 6], s6);
            s7 = fma(x, block[at + 7], s7);
            at += WIDTH;
        }
        sums[to] = s0;
        sums[to + 1] = s1;
        sums[to + 2] = s2;
        sums[to + 3] = s3;
        sums[to + 4] = s4;
        sums[to + 5] = s5;
        sums[to + 6] = s6;
        sums[to + 7] = s7;
    }

    /**
     * {@code C[height,N] += A[rows,height]^T * B[rows,N]} over strips of B, A part of a strip. Over arrays, as {@link #tile}: with
     * segments a JVM without C2 trains a hundred times slower.
     */
    public static void outer(TilePlaces places, long a0, long b0, long c0, int rows, int height, int strips) {
        float[] sums = new float[height * WIDTH];
        float[] left = new float[height];
        float[] right = new float[WIDTH];
        MemorySegment sumsMemory = MemorySegment.ofArray(sums);
        MemorySegment leftMemory = MemorySegment.ofArray(left);
        MemorySegment rightMemory = MemorySegment.ofArray(right);
        for (int strip = 0; strip < strips; strip++) {
            long bAt = b0 + strip * places.bStrip();
            long cAt = c0 + strip * places.cStrip();
            MemorySegment.copy(places.c(), cAt, sumsMemory, 0, sumsMemory.byteSize());
            for (int row = 0; row < rows; row++) {
                long at = row * TilePlaces.STRIP_ROW;
                MemorySegment.copy(places.a(), a0 + at, leftMemory, 0, leftMemory.byteSize());
                MemorySegment.copy(places.b(), bAt + at, rightMemory, 0, TilePlaces.STRIP_ROW);
                addOuter(left, right, sums);
            }
            MemorySegment.copy(sumsMemory, 0, places.c(), cAt, sumsMemory.byteSize());
        }
    }

    private static void addOuter(float[] left, float[] right, float[] sums) {
        int at = 0;
        for (float x : left) {
            for (float y : right) {
                sums[at] = fma(x, y, sums[at]);
                at++;
            }
        }
    }
}
