package dev.gatun.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Arrays of arrays made tensors, and tensors made arrays of arrays. All copies. */
final class NestedArrays {

    private NestedArrays() {}

    static Tensor of(float[][] rows) {
        int columns = RaggedCheck.length(rows, "Tensor.of", "");
        Tensor tensor = Tensor.zeros(rows.length, columns);
        for (int row = 0; row < rows.length; row++) {
            write(rows[row], tensor, row);
        }
        return tensor;
    }

    static Tensor of(float[][][] cube) {
        int columns = RaggedCheck.innerLength(cube, "Tensor.of");
        int steps = cube.length == 0 ? 0 : cube[0].length;
        Tensor tensor = Tensor.zeros(cube.length, steps, columns);
        for (int i = 0; i < cube.length; i++) {
            for (int step = 0; step < steps; step++) {
                write(cube[i][step], tensor, (long) i * steps + step);
            }
        }
        return tensor;
    }

    static Tensor ofInts(int[][] rows) {
        int columns = RaggedCheck.length(rows, "Tensor.ofInts", "");
        int[] values = HeapNumbers.ints(Shape.of(rows.length, columns));
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return Tensor.ofInts(values, rows.length, columns);
    }

    private static void write(float[] values, Tensor tensor, long row) {
        MemorySegment.copy(values, 0, tensor.segment(), JAVA_FLOAT_UNALIGNED, row * tensor.rowBytes(), values.length);
    }

    static float[][] rows(Tensor tensor) {
        return HeapNumbers.filled(tensor.shape(), () -> rows(tensor, 0, HeapNumbers.size(tensor.shape(), 0)));
    }

    static float[][][] cube(Tensor tensor) {
        int steps = HeapNumbers.size(tensor.shape(), 1);
        return HeapNumbers.filled(tensor.shape(), () -> {
            float[][][] cube = new float[HeapNumbers.size(tensor.shape(), 0)][][];
            for (int i = 0; i < cube.length; i++) {
                cube[i] = rows(tensor, (long) i * steps, steps);
            }
            return cube;
        });
    }

    private static float[][] rows(Tensor tensor, long first, int count) {
        float[][] rows = new float[count][HeapNumbers.size(tensor.shape(), -1)];
        for (int row = 0; row < count; row++) {
            MemorySegment.copy(tensor.segment(), JAVA_FLOAT_UNALIGNED,
                    tensor.baseBytes() + (first + row) * tensor.rowBytes(), rows[row], 0, rows[row].length);
        }
        return rows;
    }
}
