package dev.gatun.cli;

import picocli.CommandLine.Option;

/** As picocli's own; those are listed before the options that all commands share. */
final class HelpOptions {

    @Option(names = {"-h", "--help"}, order = 4, usageHelp = true, description = "Show this help message and exit.")
    private boolean help;

    @Option(names = {"-V",
        "--version"}, order = 5, versionHelp = true, description = "Print version information and exit.")
    private boolean version;
}
