package dev.gatun.perf.roof;

import java.util.function.ToDoubleFunction;

/** What a task at its best would wait for. */
public enum Bound {
    /** Arithmetic in registers, operations per second. */
    FMA(Roof::flops),
    /** Weights read from a second-level cache, bytes per second. */
    L2(Roof::l2),
    /** Weights read from beyond it, bytes per second. */
    L3(Roof::l3);

    private final ToDoubleFunction<Roof> height;

    Bound(ToDoubleFunction<Roof> height) {
        this.height = height;
    }

    /** What the machine can do of it in a second. */
    public double of(Roof roof) {
        return height.applyAsDouble(roof);
    }
}
