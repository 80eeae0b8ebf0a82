package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that prints. What it refuses is an exception: {@link Main} knows the words and the exit codes. */
abstract class PrintingCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private HelpOptions help;

    /** @throws IOException if a file cannot be read or written */
    abstract void run() throws IOException;

    final Console console() {
        return output.console();
    }

    @Override
    public final Integer call() throws IOException {
        run();
        return 0;
    }
}
