package dev.gatun.cli;

import picocli.CommandLine.Option;

/** How much of the machine is used. */
final class ComputeOptions {

    /** As many as a team of threads may have. */
    private static final int MOST_THREADS = 1024;

    @Option(names = "--threads", order = 1, paramLabel = "N", description = "Threads that compute (default: one per processor, at most 4). "
            + "The results are the same bits for any number.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    int threads() {
        Bounds.between("--threads", threads, 1, MOST_THREADS);
        return threads;
    }
}
