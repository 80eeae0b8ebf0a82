package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.kernel.scalar.MathConstants.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp, tanh and sigmoid of a vector: operation for operation
 * {@link dev.gatun.engine.kernel.scalar.ScalarMath}, where formulas, sources and errors stand.
 *
 * <p>C2 stops inlining when a method grows past 18,000 nodes while it is parsed, and then every vector is boxed. One loop
 * holds two of these functions safely; five (a whole LSTM cell) do not fit and ran three times slower.
 */
final class VectorMath {

    private VectorMath() {}

    static FloatVector exp(FloatVector x) {
        var a = x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
        a = a.blend(EXP_MIN, a.compare(VectorOperators.LT, EXP_MIN));
        var t = a.fma(all(LOG2_E), all(EXP_ROUND));
        var n = t.sub(EXP_ROUND);
        var r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), a));
        var p = expReduced(r);
        var k = t.reinterpretAsInts();
        var half = k.lanewise(VectorOperators.ASHR, 1);
        var scaled = p.mul(half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats());
        return scaled.mul(k.sub(half).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats());
    }

    static FloatVector sigmoid(FloatVector x) {
        var a = x.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats();
        a = a.blend(SIGMOID_MIN, a.compare(VectorOperators.LT, SIGMOID_MIN));
        var t = a.fma(all(LOG2_E), all(SIGMOID_ROUND));
        var n = t.sub(SIGMOID_ROUND);
        var r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), a));
        var p = expReduced(r);
        var scale = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
        var e = p.mul(scale).mul(SIGMOID_RESCALE);
        var seed = sigmoidSeed(e);
        var s = all(1f).blend(e, x.compare(VectorOperators.LT, 0f));
        var q = s.mul(seed);
        var residual = q.fma(e, s.add(q));
        return seed.fma(residual, q).abs();
    }

    static FloatVector tanh(FloatVector x) {
        var a = x.abs();
        a = a.blend(TANH_MAX, a.compare(VectorOperators.GT, TANH_MAX));
        var t = a.fma(all(TANH_LOG2), all(TANH_ROUND));
        var n = t.sub(TANH_ROUND);
        var v = n.fma(all(TANH_LN2), a);
        var w = tanhReduced(v);
        var scale = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
        var h = scale.fma(w, scale.fma(all(-0.5f), all(0.5f)));
        var seed = tanhSeed(h);
        var q = h.mul(seed);
        var residual = q.fma(h, h.sub(q));
        var y = seed.fma(residual, q);
        return x.reinterpretAsInts().and(SIGN_BIT).or(y.reinterpretAsInts()).reinterpretAsFloats();
    }

    private static FloatVector expReduced(FloatVector r) {
        var r2 = r.mul(r);
        var low = r.fma(all(EXP_1), all(EXP_0));
        var middle = r.fma(all(EXP_3), all(EXP_2));
        var p = r2.fma(r2.fma(all(EXP_4), middle), low);
        return r2.fma(p, r).add(1f);
    }

    private static FloatVector sigmoidSeed(FloatVector e) {
        var e2 = e.mul(e);
        var low = e.fma(all(SIGMOID_SEED_1), all(SIGMOID_SEED_0));
        var middle = e.fma(all(SIGMOID_SEED_3), all(SIGMOID_SEED_2));
        var high = e.fma(all(SIGMOID_SEED_5), all(SIGMOID_SEED_4));
        return high.fma(e2, middle).fma(e2, low);
    }

    private static FloatVector tanhReduced(FloatVector v) {
        var v2 = v.mul(v);
        var low = v.fma(all(TANH_1), all(TANH_0));
        var middle = v.fma(all(TANH_3), all(TANH_2));
        var p = v2.fma(v2.fma(all(TANH_4), middle), low);
        return v2.fma(p, v);
    }

    private static FloatVector tanhSeed(FloatVector h) {
        var h2 = h.mul(h);
        var low = h.fma(all(TANH_SEED_1), all(TANH_SEED_0));
        var middle = h.fma(all(TANH_SEED_3), all(TANH_SEED_2));
        var high = h.fma(all(TANH_SEED_5), all(TANH_SEED_4));
        return high.fma(h2, middle).fma(h2, low);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
