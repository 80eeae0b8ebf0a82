package dev.gatun.layers.type.merge;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** How numbers of several values become one. */
enum MergeFunction {
    ADD("Add", "Add"), SUBTRACT("Subtract", "Sub"), MULTIPLY("Multiply", "Mul"), AVERAGE("Average", "Add"), MAXIMUM(
            "Maximum", "Max"), MINIMUM("Minimum", "Min");

    private final String kind;
    private final String onnx;

    MergeFunction(String kind, String onnx) {
        this.kind = kind;
        this.onnx = onnx;
    }

    /** Keras's class. */
    String kind() {
        return kind;
    }

    /** ONNX's operator for two values. */
    String onnx() {
        return onnx;
    }

    /** Whether what a mask leaves out of a value is left out of the result; where it is not, it is merged as any number. */
    boolean goesByMasks() {
        return this == MULTIPLY || this == MAXIMUM || this == MINIMUM;
    }

    /**
     * {@code y = f(y, x)} for a row.
     *
     * @param stepBytes from one number of x to the next; 0 for one number that stands for all
     */
    void merge(MemorySegment xs, long xBytes, long stepBytes, MemorySegment ys, long yBytes, int columns) {
        switch (this) {
            case ADD, AVERAGE -> {
                for (int column = 0; column < columns; column++) {
                    long at = yBytes + (long) column * Float.BYTES;
                    ys.set(JAVA_FLOAT, at, ys.get(JAVA_FLOAT, at) + xs.get(JAVA_FLOAT, xBytes + column * stepBytes));
                }
            }
            case SUBTRACT -> {
                for (int column = 0; column < columns; column++) {
                    long at = yBytes + (long) column * Float.BYTES;
                    ys.set(JAVA_FLOAT, at, ys.get(JAVA_FLOAT, at) - xs.get(JAVA_FLOAT, xBytes + column * stepBytes));
                }
            }
            case MULTIPLY -> {
                for (int column = 0; column < columns; column++) {
                    long at = yBytes + (long) column * Float.BYTES;
                    ys.set(JAVA_FLOAT, at, ys.get(JAVA_FLOAT, at) * xs.get(JAVA_FLOAT, xBytes + column * stepBytes));
                }
            }
            case MAXIMUM -> {
                for (int column = 0; column < columns; column++) {
                    long at = yBytes + (long) column * Float.BYTES;
                    ys.set(JAVA_FLOAT, at,
                            Math.max(ys.get(JAVA_FLOAT, at), xs.get(JAVA_FLOAT, xBytes + column * stepBytes)));
                }
            }
            case MINIMUM -> {
                for (int column = 0; column < columns; column++) {
                    long at = yBytes + (long) column * Float.BYTES;
                    ys.set(JAVA_FLOAT, at,
                            Math.min(ys.get(JAVA_FLOAT, at), xs.get(JAVA_FLOAT, xBytes + column * stepBytes)));
                }
            }
        }
    }

    /** Of a largest or smallest: whether the earlier of two numbers is the one; of equal ones it is. */
    boolean keeps(float earlier, float later) {
        return this == MAXIMUM ? earlier >= later : earlier <= later;
    }
}
