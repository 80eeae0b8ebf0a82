package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.kernel.scalar.MathConstants.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * exp, tanh and sigmoid of a vector: operation for operation
 * {@link dev.gatun.engine.kernel.scalar.ScalarMath}, where formulas, sources and errors stand.
 *
 * <p><b>One of these calls per loop, each such loop in a method of its own.</b> While C2 parses a method it stops inlining
 * our methods at 18,000 nodes (NodeCountInliningCutoff); one fma of the Vector API takes 413 and one sigmoid 17,000. A
 * second call in the same loop is therefore not inlined, its vectors become objects, and the loop is three times slower. For
 * the same reason these functions call nothing but the Vector API, which is exempt, and repeat the polynomial of e^r; each
 * stays below 325 bytecodes, past which C2 does not inline at all.
 */
final class VectorMath {

    private VectorMath() {}

    static FloatVector exp(FloatVector x) {
        var f = FLOATS;
        var a = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        a = a.blend(EXP_MIN, a.compare(LT, EXP_MIN));
        var t = a.fma(LOG2_E, EXP_ROUND);
        var n = t.sub(EXP_ROUND);
        var r = n.fma(broadcast(f, -LN2_LOW), n.fma(broadcast(f, -LN2_HIGH), a));

        var r2 = r.mul(r);
        var low = r.fma(EXP_1, EXP_0);
        var middle = r.fma(EXP_3, EXP_2);
        var p = r2.fma(r2.fma(broadcast(f, EXP_4), middle), low);
        p = r2.fma(p, r).add(1f);

        var k = t.reinterpretAsInts();
        var half = k.lanewise(ASHR, 1);
        var scaled = p.mul(half.lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats());
        return scaled.mul(k.sub(half).lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats());
    }

    static FloatVector sigmoid(FloatVector x) {
        var f = FLOATS;
        var a = x.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats();
        a = a.blend(SIGMOID_MIN, a.compare(LT, SIGMOID_MIN));
        var t = a.fma(LOG2_E, SIGMOID_ROUND);
        var n = t.sub(SIGMOID_ROUND);
        var r = n.fma(broadcast(f, -LN2_LOW), n.fma(broadcast(f, -LN2_HIGH), a));

        var r2 = r.mul(r);
        var low = r.fma(EXP_1, EXP_0);
        var middle = r.fma(EXP_3, EXP_2);
        var p = r2.fma(r2.fma(broadcast(f, EXP_4), middle), low);
        p = r2.fma(p, r).add(1f);
        var scale = t.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
        var e = p.mul(scale).mul(SIGMOID_RESCALE);

        var e2 = e.mul(e);
        low = e.fma(SIGMOID_SEED_1, SIGMOID_SEED_0);
        middle = e.fma(SIGMOID_SEED_3, SIGMOID_SEED_2);
        var high = e.fma(SIGMOID_SEED_5, SIGMOID_SEED_4);
        var seed = high.fma(e2, middle).fma(e2, low);
        var s = broadcast(f, 1f).blend(e, x.compare(LT, 0f));
        var q = s.mul(seed);
        return seed.fma(q.fma(e, s.add(q)), q).abs();
    }

    static FloatVector tanh(FloatVector x) {
        var f = FLOATS;
        var a = x.abs();
        a = a.blend(TANH_MAX, a.compare(GT, TANH_MAX));
        var t = a.fma(TANH_LOG2, TANH_ROUND);
        var v = t.sub(TANH_ROUND).fma(broadcast(f, TANH_LN2), a);

        var v2 = v.mul(v);
        var low = v.fma(TANH_1, TANH_0);
        var middle = v.fma(TANH_3, TANH_2);
        var w = v2.fma(v2.fma(broadcast(f, TANH_4), middle), low);
        w = v2.fma(w, v);
        var scale = t.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
        var h = scale.fma(w, scale.fma(-0.5f, 0.5f));

        var h2 = h.mul(h);
        low = h.fma(TANH_SEED_1, TANH_SEED_0);
        middle = h.fma(TANH_SEED_3, TANH_SEED_2);
        var high = h.fma(TANH_SEED_5, TANH_SEED_4);
        var seed = high.fma(h2, middle).fma(h2, low);
        var q = h.mul(seed);
        var y = seed.fma(q.fma(h, h.sub(q)), q);
        return x.reinterpretAsInts().and(SIGN_BIT).or(y.reinterpretAsInts()).reinterpretAsFloats();
    }
}
