package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;

import java.lang.foreign.MemorySegment;

/** The exact oracle of the product tiles: any number of rows, columns in eights, one chain of fma per element. */
public final class ScalarTiles {

    private ScalarTiles() {}

    /**
     * {@code C[rows,width] = start + A[rows,K] * B[K,width]}; strides in bytes, B's rows {@code width} floats apart.
     *
     * <p>Over arrays: the interpreter needs a microsecond for a float of a segment and a thirtieth for one of an array, and
     * this is what predicts before anything is compiled. Copies are of segments, because the JDK's to and from arrays begin
     * with a switch over types that takes 10 ms to make.
     */
    public static void tile(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows, int width) {
        float[] block = new float[k * width];
        float[] left = new float[k];
        float[] sums = new float[width];
        MemorySegment leftMemory = MemorySegment.ofArray(left);
        MemorySegment sumsMemory = MemorySegment.ofArray(sums);
        MemorySegment.copy(b, b0, MemorySegment.ofArray(block), 0, (long) k * width * Float.BYTES);
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(a, a0 + row * aRow, leftMemory, 0, leftMemory.byteSize());
            MemorySegment.copy(s, s0 + row * sRow, sumsMemory, 0, sumsMemory.byteSize());
            for (int column = 0; column < width; column += 8) {
                eightColumns(left, block, column, sums);
            }
            MemorySegment.copy(sumsMemory, 0, c, c0 + row * cRow, sumsMemory.byteSize());
        }
    }

    /** Eight chains at a time hide the latency of an fma. */
    private static void eightColumns(float[] left, float[] block, int column, float[] sums) {
        float s0 = sums[column];
        float s1 = sums[column + 1];
        float s2 = sums[column + 2];
        float s3 = sums[column + 3];
        float s4 = sums[column + 4];
        float s5 = sums[column + 5];
        float s6 = sums[column + 6];
        float s7 = sums[column + 7];
        int at = column;
        for (float x : left) {
            s0 = fma(x, block[at], s0);
            s1 = fma(x, block[at + 1], s1);
            s2 = fma(x, block[at + 2], s2);
            s3 = fma(x, block[at + 3], s3);
            s4 = fma(x, block[at + 4], s4);
            s5 = fma(x, block[at + 5], s5);
            s6 = fma(x, block[at + 6], s6);
            s7 = fma(x, block[at + 7], s7);
            at += sums.length;
        }
        sums[column] = s0;
        sums[column + 1] = s1;
        sums[column + 2] = s2;
        sums[column + 3] = s3;
        sums[column + 4] = s4;
        sums[column + 5] = s5;
        sums[column + 6] = s6;
        sums[column + 7] = s7;
    }

    /**
     * {@code C[height,width] += A[rows,height]^T * B[rows,width]}; strides in bytes, A's rows 64 bytes apart. Over arrays, as
     * {@link #tile}: with segments a JVM without C2 trains a hundred times slower.
     */
    public static void outer(
            MemorySegment a, long a0, MemorySegment b, long b0, long bRow, MemorySegment c, long c0, long cRow,
            int rows, int height, int width) {
        float[] sums = new float[height * width];
        float[] left = new float[height];
        float[] right = new float[width];
        MemorySegment sumsMemory = MemorySegment.ofArray(sums);
        MemorySegment leftMemory = MemorySegment.ofArray(left);
        MemorySegment rightMemory = MemorySegment.ofArray(right);
        long widthBytes = rightMemory.byteSize();
        for (int m = 0; m < height; m++) {
            MemorySegment.copy(c, c0 + m * cRow, sumsMemory, m * widthBytes, widthBytes);
        }
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(a, a0 + row * 64L, leftMemory, 0, leftMemory.byteSize());
            MemorySegment.copy(b, b0 + row * bRow, rightMemory, 0, widthBytes);
            addOuter(left, right, sums);
        }
        for (int m = 0; m < height; m++) {
            MemorySegment.copy(sumsMemory, m * widthBytes, c, c0 + m * cRow, widthBytes);
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
