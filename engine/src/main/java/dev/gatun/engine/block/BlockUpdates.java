package dev.gatun.engine.block;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.AdagradUpdates;
import dev.gatun.engine.kernel.AdamUpdates;
import dev.gatun.engine.kernel.RmsPropUpdates;
import dev.gatun.engine.kernel.SgdUpdates;
import dev.gatun.engine.kernel.scalar.ScalarAdagradUpdates;
import dev.gatun.engine.kernel.scalar.ScalarAdamUpdates;
import dev.gatun.engine.kernel.scalar.ScalarRmsPropUpdates;
import dev.gatun.engine.kernel.scalar.ScalarSgdUpdates;
import java.lang.foreign.MemorySegment;

/**
 * Steps of optimizers over a run of a parameter block: weights w, gradients g and what the optimizer remembers, all from the
 * same byte {@code at} on, for they are twins. Counts are multiples of 16. The formulas stand at the kernels.
 */
public final class BlockUpdates {

    private BlockUpdates() {}

    /** {@link SgdUpdates#plain}. */
    public static void sgd(MemorySegment w, MemorySegment g, long at, int count, float rate) {
        if (KernelChoice.SCALAR) {
            ScalarSgdUpdates.plain(w, at, g, at, count, rate);
        } else {
            SgdUpdates.plain(w, at, g, at, count, rate);
        }
    }

    /** {@link SgdUpdates#momentum}, or with Nesterov's look ahead {@link SgdUpdates#nesterov}. */
    public static void momentum(
            MemorySegment w, MemorySegment g, MemorySegment m, long at, int count, float rate, float momentum,
            boolean ahead) {
        if (KernelChoice.SCALAR) {
            ScalarSgdUpdates.momentum(w, at, g, at, m, at, count, rate, momentum, ahead);
        } else if (ahead) {
            SgdUpdates.nesterov(w, at, g, at, m, at, count, rate, momentum);
        } else {
            SgdUpdates.momentum(w, at, g, at, m, at, count, rate, momentum);
        }
    }

    /** {@link AdamUpdates#adam}, or with a {@code top} {@link AdamUpdates#amsgrad}; null for none. */
    public static void adam(
            MemorySegment w, MemorySegment g, MemorySegment m, MemorySegment v, MemorySegment top, long at, int count,
            float rate, float mNew, float vNew, float epsilon, float decay) {
        if (KernelChoice.SCALAR) {
            ScalarAdamUpdates.step(w, at, g, at, m, at, v, at, top, at, count, rate, mNew, vNew, epsilon, decay);
        } else if (top == null) {
            AdamUpdates.adam(w, at, g, at, m, at, v, at, count, rate, mNew, vNew, epsilon, decay);
        } else {
            AdamUpdates.amsgrad(w, at, g, at, m, at, v, at, top, at, count, rate, mNew, vNew, epsilon, decay);
        }
    }

    /**
     * {@link RmsPropUpdates#plain}, or its other three forms: centered if there is a {@code mean}, with momentum if there is
     * an {@code m}; null for none.
     */
    public static void rmsProp(
            MemorySegment w, MemorySegment g, MemorySegment v, MemorySegment mean, MemorySegment m, long at, int count,
            float rate, float rho, float gNew, float inner, float outer, float momentum) {
        if (KernelChoice.SCALAR) {
            ScalarRmsPropUpdates.step(w, at, g, at, v, at, mean, at, m, at, count, rate, rho, gNew, inner, outer,
                    momentum);
        } else if (mean != null && m != null) {
            RmsPropUpdates.centeredMomentum(w, at, g, at, v, at, mean, at, m, at, count, rate, rho, gNew, inner, outer,
                    momentum);
        } else if (mean != null) {
            RmsPropUpdates.centered(w, at, g, at, v, at, mean, at, count, rate, rho, gNew, inner, outer);
        } else if (m != null) {
            RmsPropUpdates.momentum(w, at, g, at, v, at, m, at, count, rate, rho, gNew, inner, outer, momentum);
        } else {
            RmsPropUpdates.plain(w, at, g, at, v, at, count, rate, rho, gNew, inner, outer);
        }
    }

    /** {@link AdagradUpdates#step}. */
    public static void adagrad(
            MemorySegment w, MemorySegment g, MemorySegment s, long at, int count, float rate, float epsilon) {
        if (KernelChoice.SCALAR) {
            ScalarAdagradUpdates.step(w, at, g, at, s, at, count, rate, epsilon);
        } else {
            AdagradUpdates.step(w, at, g, at, s, at, count, rate, epsilon);
        }
    }
}
