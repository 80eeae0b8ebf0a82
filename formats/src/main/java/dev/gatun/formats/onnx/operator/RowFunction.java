package dev.gatun.formats.onnx.operator;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.start.KernelWarmUp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Functions of many floats by the engine's kernels. */
final class RowFunction {

    private static final long ALIGNMENT = 64;
    /** What is moved at a time stays near the processor. */
    private static final int AT_A_TIME = 4096;

    private RowFunction() {}

    static float[] applied(ActivationFormula function, float[] x) {
        KernelWarmUp.begin();
        float[] made = new float[x.length];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment row = arena.allocate((long) AT_A_TIME * Float.BYTES, ALIGNMENT);
            for (int start = 0; start < x.length; start += AT_A_TIME) {
                int count = Math.min(AT_A_TIME, x.length - start);
                MemorySegment.copy(x, start, row, JAVA_FLOAT, 0, count);
                RowActivation.forward(function, row, 0, row, 0, count);
                MemorySegment.copy(row, JAVA_FLOAT, 0, made, start, count);
            }
        }
        return made;
    }
}
