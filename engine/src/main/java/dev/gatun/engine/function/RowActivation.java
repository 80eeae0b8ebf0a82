package dev.gatun.engine.function;

import static dev.gatun.engine.kernel.Activations.ROW;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import java.lang.foreign.MemorySegment;

/** Applies an activation function to rows of floats, and its derivative to rows of gradients. Offsets in bytes. */
public final class RowActivation {

    private RowActivation() {}

    /** y[columns] = f(x[columns]) for one row; x may be y. Rows are padded to 16 floats; paddings may be written. */
    public static void forward(
            ActivationFormula function, MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        int padded = Strips.padded(columns);
        if (function == ActivationFormula.TANH || function == ActivationFormula.SIGMOID
                || function == ActivationFormula.RELU) {
            byKernel(function.kind(), x, xBytes, y, yBytes, padded / Strips.WIDTH);
            return;
        }
        switch (function.kind()) {
            case SOFTMAX -> Softmax.forward(x, xBytes, y, yBytes, columns);
            case LOG_SOFTMAX -> Softmax.logForward(x, xBytes, y, yBytes, columns);
            case SPARSEMAX -> Sparsemax.forward(x, xBytes, y, yBytes, columns);
            default -> {
                if (ActivationKernels.serve(function)) {
                    ActivationKernels.forward(function, x, xBytes, ROW, y, yBytes, ROW, padded / Strips.WIDTH);
                } else {
                    oneByOne(function, x, xBytes, y, yBytes, columns);
                }
            }
        }
    }

    private static void oneByOne(
            ActivationFormula function, MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, function.value(x.get(JAVA_FLOAT, xBytes + at)));
        }
    }

    /** Of tanh, sigmoid or relu, for rows of 16 floats that lie one behind the other. */
    private static void byKernel(
            ActivationKind function, MemorySegment x, long xBytes, MemorySegment y, long yBytes, int rows) {
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

    /**
     * dx[columns] = dy[columns] f'(x) for one row; all in one segment; dx may be dy.
     *
     * @param x read only if {@link ActivationFormula#derivativeNeedsInput}
     */
    public static void backward(
            ActivationFormula function, MemorySegment w, long x, long y, long dy, long dx, int columns) {
        switch (function.kind()) {
            case SOFTMAX -> Softmax.backward(w, y, dy, dx, columns);
            case LOG_SOFTMAX -> Softmax.logBackward(w, y, dy, dx, columns);
            case SPARSEMAX -> Sparsemax.backward(w, y, dy, dx, columns);
            default -> elementwiseBackward(function, w, x, y, dy, dx, columns);
        }
    }

    private static void elementwiseBackward(
            ActivationFormula function, MemorySegment w, long x, long y, long dy, long dx, int columns) {
        boolean needsInput = function.derivativeNeedsInput();
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            float xValue = needsInput ? w.get(JAVA_FLOAT, x + at) : 0f;
            float slope = function.derivative(xValue, w.get(JAVA_FLOAT, y + at));
            w.set(JAVA_FLOAT, dx + at, w.get(JAVA_FLOAT, dy + at) * slope);
        }
    }
}
