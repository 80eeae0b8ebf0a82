package dev.gatun.engine.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Which kernels run in a JVM of certain facts, and what to say of it.
 *
 * @param scalar  whether the twins run from beginning to end
 * @param warm    whether SIMD kernels run from the first call on, without their twins
 * @param why     clauses that begin after "because"; empty if SIMD kernels run
 * @param warning what a user should be told, or null
 */
record Verdict(boolean scalar, boolean warm, List<String> why, String warning) {

    static Verdict of(JvmFacts facts) {
        boolean askedScalar = "scalar".equals(facts.kernels());
        boolean askedSimd = "simd".equals(facts.kernels());
        List<String> why = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        if (askedScalar) {
            why.add(KernelChoice.PROPERTY + "=scalar");
        } else if (!askedSimd && facts.kernels() != null && !facts.kernels().equals("auto")) {
            sentences.add("System property " + KernelChoice.PROPERTY + " is '" + facts.kernels()
                    + "', which is none of auto, simd and scalar; auto is taken.");
        }
        for (SlowCause cause : SlowCause.values()) {
            String clause = cause.holds(facts);
            if (clause != null && (!askedScalar || cause == SlowCause.NO_FMA)) {
                why.add(clause);
                sentences.add("Gatun runs on its scalar kernels, because " + clause + ": " + cause.cost()
                        + " as with SIMD kernels, with the same results. To have it faster, " + cause.fix() + ".");
            }
        }
        return new Verdict(!why.isEmpty(), askedSimd, why, sentences.isEmpty() ? null : String.join(" ", sentences));
    }
}
