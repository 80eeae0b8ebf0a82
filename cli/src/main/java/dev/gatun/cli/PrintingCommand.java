package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import java.io.IOException;
import java.util.List;
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

    /** What {@link #run} came to, if it ended well. */
    int exitCode() {
        return 0;
    }

    final Console console() {
        return output.console();
    }

    /** What the reader of a model had to say of its file. */
    final void tellNotes(List<String> notes) {
        notes.forEach(note -> console().remark("Note: " + note));
    }

    @Override
    public final Integer call() throws IOException {
        run();
        return exitCode();
    }
}
