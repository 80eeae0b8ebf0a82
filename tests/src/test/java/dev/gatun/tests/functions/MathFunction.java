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
    EXP(new Limits(1, 0), new Forms(Activations::exp, ScalarActivations::exp, ScalarMath::exp, StrictMath::exp)), //
    TANH(new Limits(2.5, 0), new Forms(Activations::tanh, ScalarActivations::tanh, ScalarMath::tanh, StrictMath::tanh)), //
    SIGMOID(new Limits(2.5, 1), new Forms(
            Activations::sigmoid, ScalarActivations::sigmoid, ScalarMath::sigmoid, MathFunction::sigmoid)), //
    RELU(new Limits(0, 0), new Forms(
            Activations::relu, ScalarActivations::relu, x -> x < 0 ? 0 : x, x -> Math.max(x, 0)));

    private static final long ROW = 64;

    /// Rows of 16 floats.
    private interface Kernel {
        void run(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow, int rows);
    }

    private interface FloatFunction {
        float of(float x);
    }

    /// In ulp.
    record Limits(double error, int dip) {}

    private record Forms(Kernel simd, Kernel twin, FloatFunction scalar, DoubleUnaryOperator reference) {}

    final Limits limits;
    private final Forms forms;

    MathFunction(Limits limits, Forms forms) {
        this.limits = limits;
        this.forms = forms;
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        forms.simd.run(x, xBytes, ROW, y, yBytes, ROW, count / 16);
    }

    void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        forms.twin.run(x, xBytes, ROW, y, yBytes, ROW, count / 16);
    }

    float scalar(float x) {
        return forms.scalar.of(x);
    }

    double reference(double x) {
        return forms.reference.applyAsDouble(x);
    }
}
