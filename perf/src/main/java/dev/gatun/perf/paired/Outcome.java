package dev.gatun.perf.paired;

/**
 * What one process measured.
 *
 * @param peer   name of the other engine; empty if ours ran alone
 * @param ours   Gatun
 * @param theirs the other engine, or null
 */
public record Outcome(Task task, int threads, String peer, Measured ours, Measured theirs) {

    /** Their time over ours of each round: above 1 we are faster. */
    public double[] ratios() {
        double[] ratios = new double[ours.nanos().length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = theirs.nanos()[i] / ours.nanos()[i];
        }
        return ratios;
    }

    /** The median of {@link #ratios}, or of single times the ratio of the medians. */
    public double ratio() {
        return ours.latency() == null
                ? Measured.median(ratios())
                : (double) theirs.latency().p50() / ours.latency().p50();
    }
}
