package dev.gatun.engine.function;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.FurtherActivations;
import dev.gatun.engine.start.LateKernel;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * The SIMD kernels of elementwise functions over rows of 16 floats, each {@link ActivationFormula#value} bit for bit: tanh and
 * sigmoid, and those of a few operations.
 */
public final class ActivationKernels {

    private static final long ROW = Activations.ROW;

    /** By ordinal of the kind; null where a formula runs number by number. */
    private static final LateKernel[] KERNELS = kernels();

    private ActivationKernels() {}

    private static LateKernel[] kernels() {
        ActivationKind[] kinds = ActivationKind.values();
        LateKernel[] kernels = new LateKernel[kinds.length];
        for (ActivationKind kind : kinds) {
            if (isWritten(kind)) {
                ActivationFormula function = ActivationFormula.of(kind);
                kernels[kind.ordinal()] = new LateKernel(
                        memory -> forward(function, memory, 0, ROW, memory, 0, ROW, (int) (memory.byteSize() / ROW)),
                        memory -> oneByOne(function, memory));
            }
        }
        return kernels;
    }

    private static boolean isWritten(ActivationKind kind) {
        return switch (kind) {
            case LINEAR, TANH, SIGMOID, RELU, RELU6, LEAKY_RELU, HARD_SIGMOID, HARD_SIGMOID_KERAS2, HARD_TANH,
                    HARD_SILU, SOFTSIGN, EXPONENTIAL, SILU ->
                true;
            default -> false;
        };
    }

    private static void oneByOne(ActivationFormula function, MemorySegment memory) {
        for (long at = 0; at < memory.byteSize(); at += Float.BYTES) {
            memory.set(JAVA_FLOAT, at, function.value(memory.get(JAVA_FLOAT, at)));
        }
    }

    /** Whether there is a kernel for the function, compiled or not. */
    public static boolean has(ActivationFormula function) {
        Arguments.required(function, "ActivationKernels.has", "function", "for example ActivationFormula.TANH");
        return KERNELS[function.kind().ordinal()] != null && !function.isClipped()
                && (function.kind() != ActivationKind.RELU || function.isPlain());
    }

    /** Whether {@link #forward} computes the function now; asked for the first time, it lets the JVM compile the kernel. */
    public static boolean serve(ActivationFormula function) {
        return has(function) && KERNELS[function.kind().ordinal()].serves();
    }

    /** y = f(x), of a function that they serve; x and y are the same place or do not overlap. Strides in bytes. */
    public static void forward(ActivationFormula function, MemorySegment x, long xBytes, long xRow, MemorySegment y,
            long yBytes, long yRow, int rows) {
        Arguments.required(function, "ActivationKernels.forward", "function", "one that they serve");
        Arguments.required(x, "ActivationKernels.forward", "x", "native memory");
        Arguments.required(y, "ActivationKernels.forward", "y", "native memory");
        switch (function.kind()) {
            case LINEAR -> FurtherActivations.linear(x, xBytes, xRow, y, yBytes, yRow, rows);
            case TANH -> Activations.tanh(x, xBytes, xRow, y, yBytes, yRow, rows);
            case SIGMOID -> Activations.sigmoid(x, xBytes, xRow, y, yBytes, yRow, rows);
            case RELU -> FurtherActivations.positive(x, xBytes, xRow, y, yBytes, yRow, rows);
            case RELU6 -> FurtherActivations.positive(6f, x, xBytes, xRow, y, yBytes, yRow, rows);
            case LEAKY_RELU ->
                FurtherActivations.leakyRelu(function.argument(0), x, xBytes, xRow, y, yBytes, yRow, rows);
            case HARD_SIGMOID -> FurtherActivations.hardSigmoid(1f / 6f, x, xBytes, xRow, y, yBytes, yRow, rows);
            case HARD_SIGMOID_KERAS2 ->
                FurtherActivations.hardSigmoid(0.2f, x, xBytes, xRow, y, yBytes, yRow, rows);
            case HARD_TANH -> FurtherActivations.hardTanh(x, xBytes, xRow, y, yBytes, yRow, rows);
            case HARD_SILU -> FurtherActivations.hardSilu(x, xBytes, xRow, y, yBytes, yRow, rows);
            case SOFTSIGN -> FurtherActivations.softsign(x, xBytes, xRow, y, yBytes, yRow, rows);
            case EXPONENTIAL -> Activations.exp(x, xBytes, xRow, y, yBytes, yRow, rows);
            case SILU -> FurtherActivations.silu(x, xBytes, xRow, y, yBytes, yRow, rows);
            default -> throw new IllegalStateException(function + " has no kernel");
        }
    }
}
