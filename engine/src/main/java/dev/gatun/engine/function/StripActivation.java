package dev.gatun.engine.function;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.Slopes;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import java.lang.foreign.MemorySegment;

/**
 * Applies an elementwise activation to rows of 16 floats that lie apart, and its slope to rows of gradients, as cells do. All in
 * one segment, offsets and strides in bytes. {@link RowActivation} does so with rows that lie whole.
 */
public final class StripActivation {

    private static final long ROW = Activations.ROW;

    private StripActivation() {}

    /** y = f(x). */
    public static void forward(
            ActivationFormula function, MemorySegment w, long x, long xRow, long y, long yRow, int rows) {
        if (!function.isPlain()) {
            other(function, w, x, xRow, y, yRow, rows);
            return;
        }
        boolean scalar = KernelChoice.isScalarNow();
        switch (function.kind()) {
            case TANH -> {
                if (scalar) {
                    ScalarActivations.tanh(w, x, xRow, w, y, yRow, rows);
                } else {
                    Activations.tanh(w, x, xRow, w, y, yRow, rows);
                }
            }
            case SIGMOID -> {
                if (scalar) {
                    ScalarActivations.sigmoid(w, x, xRow, w, y, yRow, rows);
                } else {
                    Activations.sigmoid(w, x, xRow, w, y, yRow, rows);
                }
            }
            case RELU -> {
                if (scalar) {
                    ScalarActivations.relu(w, x, xRow, w, y, yRow, rows);
                } else {
                    Activations.relu(w, x, xRow, w, y, yRow, rows);
                }
            }
            default -> other(function, w, x, xRow, y, yRow, rows);
        }
    }

    private static void other(
            ActivationFormula function, MemorySegment w, long x, long xRow, long y, long yRow, int rows) {
        if (ActivationKernels.serve(function)) {
            ActivationKernels.forward(function, w, x, xRow, w, y, yRow, rows);
        } else {
            oneByOne(function, w, x, xRow, y, yRow, rows);
        }
    }

    private static void oneByOne(
            ActivationFormula function, MemorySegment w, long x, long xRow, long y, long yRow, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long at = 0; at < ROW; at += Float.BYTES) {
                w.set(JAVA_FLOAT, y + row * yRow + at, function.value(w.get(JAVA_FLOAT, x + row * xRow + at)));
            }
        }
    }

    /** x = dy f'(x), where x holds what went in, and y what came out. */
    public static void backward(
            ActivationFormula function, MemorySegment w, long x, long xRow, long y, long yRow, long dy, long dyRow,
            int rows) {
        if (function == ActivationFormula.TANH && !KernelChoice.SCALAR) {
            Slopes.tanh(w, y, yRow, dy, dyRow, x, xRow, rows);
        } else if (function == ActivationFormula.SIGMOID && !KernelChoice.SCALAR) {
            Slopes.sigmoid(w, y, yRow, dy, dyRow, x, xRow, rows);
        } else if (function == ActivationFormula.RELU && !KernelChoice.SCALAR) {
            Slopes.relu(w, y, yRow, dy, dyRow, x, xRow, rows);
        } else {
            backwardOneByOne(function, w, x, xRow, y, yRow, dy, dyRow, rows);
        }
    }

    private static void backwardOneByOne(
            ActivationFormula function, MemorySegment w, long x, long xRow, long y, long yRow, long dy, long dyRow,
            int rows) {
        for (int row = 0; row < rows; row++) {
            for (long at = 0; at < ROW; at += Float.BYTES) {
                long xAt = x + row * xRow + at;
                float slope = function.derivative(w.get(JAVA_FLOAT, xAt), w.get(JAVA_FLOAT, y + row * yRow + at));
                w.set(JAVA_FLOAT, xAt, w.get(JAVA_FLOAT, dy + row * dyRow + at) * slope);
            }
        }
    }
}
