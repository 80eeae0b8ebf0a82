package dev.gatun.engine.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of the product tiles: any number of rows and columns, one chain of fma per element. */
public final class ScalarTiles {

    private ScalarTiles() {}

    /**
     * {@code C[rows,width] = start + A[rows,K] * B[K,width]}; strides in bytes, B's rows {@code width} floats apart.
     */
    public static void tile(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows, int width) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < width; column++) {
                float sum = s.get(JAVA_FLOAT, s0 + row * sRow + column * 4L);
                for (int i = 0; i < k; i++) {
                    float x = a.get(JAVA_FLOAT, a0 + row * aRow + i * 4L);
                    float y = b.get(JAVA_FLOAT, b0 + ((long) i * width + column) * 4L);
                    sum = Math.fma(x, y, sum);
                }
                c.set(JAVA_FLOAT, c0 + row * cRow + column * 4L, sum);
            }
        }
    }

    /**
     * {@code C[height,width] += A[rows,height]^T * B[rows,width]}; strides in bytes, A's rows 64 bytes apart.
     */
    public static void outer(
            MemorySegment a, long a0, MemorySegment b, long b0, long bRow, MemorySegment c, long c0, long cRow,
            int rows, int height, int width) {
        for (int m = 0; m < height; m++) {
            for (int column = 0; column < width; column++) {
                long at = c0 + m * cRow + column * 4L;
                float sum = c.get(JAVA_FLOAT, at);
                for (int row = 0; row < rows; row++) {
                    float x = a.get(JAVA_FLOAT, a0 + row * 64L + m * 4L);
                    float y = b.get(JAVA_FLOAT, b0 + row * bRow + column * 4L);
                    sum = Math.fma(x, y, sum);
                }
                c.set(JAVA_FLOAT, at, sum);
            }
        }
    }
}
