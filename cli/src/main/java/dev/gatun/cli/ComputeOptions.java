package dev.gatun.cli;

import picocli.CommandLine.Option;

/** How much of the machine is used. */
final class ComputeOptions {

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute (default: one per processor, at most 4). "
            + "The results are the same bits for any number.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    int threads() {
        Bounds.atLeast("--threads", threads, 1);
        return threads;
    }
}
