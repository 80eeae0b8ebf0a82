package dev.gatun.perf.roof;

/**
 * What the machine can do at most, measured in Java.
 *
 * @param threads     that ran at once
 * @param flops       per second, fused multiply-adds in registers
 * @param l1          bytes per second, each thread reading its own half of an L1
 * @param l2          the same of an L2
 * @param l3          the same, more than an L2 holds
 */
public record Roof(int threads, double flops, double l1, double l2, double l3) {

    /** Each figure the better one of two probes: what else ran on the machine can only have lowered them. */
    public Roof better(Roof other) {
        if (other.threads != threads) {
            throw new IllegalArgumentException(
                    "Roofs of " + threads + " and " + other.threads + " threads have no better one");
        }
        return new Roof(
                threads, Math.max(flops, other.flops), Math.max(l1, other.l1), Math.max(l2, other.l2),
                Math.max(l3, other.l3));
    }
}
