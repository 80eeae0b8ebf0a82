package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is printed; every command has them, and lists them last. */
final class OutputOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = {"-q", "--quiet"}, order = 2, description = "Print results only: no progress, no remarks.")
    private boolean quiet;

    @Option(names = "--json", order = 3, description = "Print one JSON object on standard output, and nothing else there.")
    private boolean json;

    Console console() {
        return new Console(command.commandLine().getOut(), command.commandLine().getErr(), quiet, json);
    }
}
