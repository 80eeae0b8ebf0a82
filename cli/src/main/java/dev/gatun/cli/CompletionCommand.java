package dev.gatun.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code gatun completion}: lets a shell complete commands and options. */
@Command(name = "completion", header = "Prints a script with which bash and zsh complete commands and options.", footer = {
    "", "Examples:", "  source <(gatun completion)", "  gatun completion > ~/.gatun-completion"})
final class CompletionCommand extends PrintingCommand {

    @Override
    void run() {
        String script = AutoComplete.bash("gatun", Main.commandLine());
        console().result(script.stripTrailing());
        console().json(Map.of("script", script));
    }
}
