package dev.gatun.tests.functions;

import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.kernel.scalar.ScalarActivations;
import dev.gatun.engine.kernel.scalar.ScalarMath;
import java.lang.foreign.MemorySegment;

/// The functions under test, each with its SIMD kernel, its scalar twin, a double reference and its limit in ulp.
enum MathFunction {
    EXP(1) {
        @Override
        void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            Activations.exp(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            ScalarActivations.exp(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        float scalar(float x) {
            return ScalarMath.exp(x);
        }

        @Override
        double reference(double x) {
            return StrictMath.exp(x);
        }
    },
    TANH(2) {
        @Override
        void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            Activations.tanh(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            ScalarActivations.tanh(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        float scalar(float x) {
            return ScalarMath.tanh(x);
        }

        @Override
        double reference(double x) {
            return StrictMath.tanh(x);
        }
    },
    SIGMOID(2) {
        @Override
        void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            Activations.sigmoid(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            ScalarActivations.sigmoid(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        float scalar(float x) {
            return ScalarMath.sigmoid(x);
        }

        @Override
        double reference(double x) {
            double e = StrictMath.exp(-Math.abs(x));
            return (x < 0 ? e : 1) / (1 + e);
        }
    },
    RELU(0) {
        @Override
        void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            Activations.relu(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
            ScalarActivations.relu(x, xBytes, 64, y, yBytes, 64, count / 16);
        }

        @Override
        float scalar(float x) {
            return x < 0 ? 0 : x;
        }

        @Override
        double reference(double x) {
            return Math.max(x, 0);
        }
    };

    final double limit;

    MathFunction(double limit) {
        this.limit = limit;
    }

    abstract void simd(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count);

    abstract void scalar(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count);

    abstract float scalar(float x);

    abstract double reference(double x);
}
