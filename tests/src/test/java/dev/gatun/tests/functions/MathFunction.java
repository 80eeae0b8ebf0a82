package dev.gatun.tests.functions;

import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import dev.gatun.engine.kernel.scalar.ScalarMath;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;

/// The functions under test, each with its limit in ulp, the most it may fall where it should rise, its SIMD kernel, its scalar
/// twin and a double reference. The limits are those measured over all floats, rounded up.
///
/// sigmoid is e / (1 + e) below zero: where e rises by an ulp, 1 + e may be rounded up by more.
enum MathFunction {
    EXP(1, 0, Activations::exp, ScalarActivations::exp, ScalarMath::exp, StrictMath::exp), //
    TANH(2.5, 0, Activations::tanh, ScalarActivations::tanh, ScalarMath::tanh, StrictMath::tanh), //
    SIGMOID(2.5, 1, Activations::sigmoid, ScalarActivations::sigmoid, ScalarMath::sigmoid, MathFunction::sigmoid), //
    RELU(0, 0, Activations::relu, ScalarActivations::relu, x -> x < 0 ? 0 : x, x -> Math.max(x, 0));

    private static final long ROW = 64;

    /// Rows of 16 floats.
    private interface Kernel {
        void run(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow, int rows);
    }

    private interface FloatFunction {
        float of(float x);
    }

    final double limit;
    final int deepestDip;
    private final Kernel simd;
    private final Kernel twin;
    private final FloatFunction scalar;
    private final DoubleUnaryOperator reference;

    MathFunction(double limit, int deepestDip, Kernel simd, Kernel twin, FloatFunction scalar,
            DoubleUnaryOperator reference) {
        this.limit = limit;
        this.deepestDip = deepestDip;
        this.simd = simd;
        this.twin = twin;
        this.scalar = scalar;
        this.reference = reference;
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        simd.run(x, xBytes, ROW, y, yBytes, ROW, count / 16);
    }

    void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        twin.run(x, xBytes, ROW, y, yBytes, ROW, count / 16);
    }

    float scalar(float x) {
        return scalar.of(x);
    }

    double reference(double x) {
        return reference.applyAsDouble(x);
    }
}
