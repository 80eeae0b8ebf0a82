package dev.gatun.perf.roof;

import dev.gatun.engine.cpu.Lanes;
import jdk.incubator.vector.FloatVector;

/** The limit of every product: independent chains of fma in registers, no memory. */
public final class FmaChains {

    private static final int CHAINS = 12;

    private FmaChains() {}

    /** Operations of one call; a fused multiply-add counts as two. */
    public static double flops(int turns) {
        return 2.0 * turns * CHAINS * Lanes.LANES;
    }

    /** @return a number that depends on all chains */
    public static float run(int turns, float x, float y) {
        FloatVector a = FloatVector.broadcast(Lanes.FLOATS, x);
        FloatVector b = FloatVector.broadcast(Lanes.FLOATS, y);
        FloatVector c0 = b;
        FloatVector c1 = b;
        FloatVector c2 = b;
        FloatVector c3 = b;
        FloatVector c4 = b;
        FloatVector c5 = b;
        FloatVector c6 = b;
        FloatVector c7 = b;
        FloatVector c8 = b;
        FloatVector c9 = b;
        FloatVector c10 = b;
        FloatVector c11 = b;
        for (int i = 0; i < turns; i++) {
            c0 = c0.fma(a, b);
            c1 = c1.fma(a, b);
            c2 = c2.fma(a, b);
            c3 = c3.fma(a, b);
            c4 = c4.fma(a, b);
            c5 = c5.fma(a, b);
            c6 = c6.fma(a, b);
            c7 = c7.fma(a, b);
            c8 = c8.fma(a, b);
            c9 = c9.fma(a, b);
            c10 = c10.fma(a, b);
            c11 = c11.fma(a, b);
        }
        FloatVector left = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
        return left.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
    }
}
