package dev.gatun.cli;

import picocli.CommandLine.Mixin;

/** A command that trains a model or runs one. */
abstract class ComputingCommand extends PrintingCommand {

    @Mixin
    private ComputeOptions compute;

    final int threads() {
        return compute.threads();
    }
}
