package dev.gatun.engine.function;

import static dev.gatun.engine.cpu.Fma.fma;
import static dev.gatun.engine.kernel.Activations.ROW;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import dev.gatun.engine.kernel.scalar.ScalarMath;
import java.lang.foreign.MemorySegment;

/** Applies an activation function to rows of floats, and its derivative to rows of gradients. Offsets in bytes. */
public final class RowActivation {

    private RowActivation() {}

    /** y[columns] = f(x[columns]) for one row; x may be y. Rows are padded to 16 floats; paddings may be written. */
    public static void forward(
            ActivationFormula function, MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        int padded = Strips.padded(columns);
        switch (function) {
            case TANH, SIGMOID, RELU -> byKernel(function, x, xBytes, y, yBytes, padded / Strips.WIDTH);
            case SOFTMAX -> softmax(x, xBytes, y, yBytes, columns);
            default -> {
                for (int i = 0; i < columns; i++) {
                    long at = (long) i << 2;
                    y.set(JAVA_FLOAT, yBytes + at, function.value(x.get(JAVA_FLOAT, xBytes + at)));
                }
            }
        }
    }

    /** Of tanh, sigmoid or relu, for rows of 16 floats that lie one behind the other. */
    private static void byKernel(
            ActivationFormula function, MemorySegment x, long xBytes, MemorySegment y, long yBytes, int rows) {
        if (KernelChoice.isScalarNow()) {
            switch (function) {
                case TANH -> ScalarActivations.tanh(x, xBytes, ROW, y, yBytes, ROW, rows);
                case SIGMOID -> ScalarActivations.sigmoid(x, xBytes, ROW, y, yBytes, ROW, rows);
                default -> ScalarActivations.relu(x, xBytes, ROW, y, yBytes, ROW, rows);
            }
        } else {
            switch (function) {
                case TANH -> Activations.tanh(x, xBytes, ROW, y, yBytes, ROW, rows);
                case SIGMOID -> Activations.sigmoid(x, xBytes, ROW, y, yBytes, ROW, rows);
                default -> Activations.relu(x, xBytes, ROW, y, yBytes, ROW, rows);
            }
        }
    }

    /** Shifted by the row's largest element, which leaves the result and prevents overflow; the sum runs left to right. */
    private static void softmax(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < columns; i++) {
            largest = Math.max(largest, x.get(JAVA_FLOAT, xBytes + ((long) i << 2)));
        }
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            float e = ScalarMath.exp(x.get(JAVA_FLOAT, xBytes + at) - largest);
            y.set(JAVA_FLOAT, yBytes + at, e);
            sum += e;
        }
        for (int i = 0; i < columns; i++) {
            long at = yBytes + ((long) i << 2);
            y.set(JAVA_FLOAT, at, y.get(JAVA_FLOAT, at) / sum);
        }
    }

    /**
     * dx[columns] = dy[columns] f'(x) for one row; all in one segment; dx may be dy.
     *
     * @param x read only if {@link ActivationFormula#derivativeNeedsInput}
     */
    public static void backward(
            ActivationFormula function, MemorySegment w, long x, long y, long dy, long dx, int columns) {
        if (function == ActivationFormula.SOFTMAX) {
            softmaxBackward(w, y, dy, dx, columns);
            return;
        }
        boolean needsInput = function.derivativeNeedsInput();
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            float xValue = needsInput ? w.get(JAVA_FLOAT, x + at) : 0f;
            float slope = function.derivative(xValue, w.get(JAVA_FLOAT, y + at));
            w.set(JAVA_FLOAT, dx + at, w.get(JAVA_FLOAT, dy + at) * slope);
        }
    }

    /** dx = y (dy - sum of dy y). */
    private static void softmaxBackward(MemorySegment w, long y, long dy, long dx, int columns) {
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            sum = fma(w.get(JAVA_FLOAT, dy + at), w.get(JAVA_FLOAT, y + at), sum);
        }
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            w.set(JAVA_FLOAT, dx + at, w.get(JAVA_FLOAT, y + at) * (w.get(JAVA_FLOAT, dy + at) - sum));
        }
    }
}
