package dev.gatun.cli;

import dev.gatun.cli.console.WatchedOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code gatun}. */
@Command(name = "gatun", versionProvider = Version.class, mixinStandardHelpOptions = true, header = "Gatun: recurrent networks in pure Java. Bring a model or train one, forecast, serve.", description = "", subcommands = {
    DemoCommand.class, TrainCommand.class, PredictCommand.class, EvaluateCommand.class,
    SummaryCommand.class, PlotCommand.class, InspectCommand.class, ConvertCommand.class,
    VerifyCommand.class,
    CompletionCommand.class}, footer = {
        "",
        "First steps:",
        "  gatun demo                                          train on sunspots, see forecast.png",
        "  gatun train sales.csv --target units --date day --out sales.gatun",
        "  gatun predict sales.gatun --input sales.csv --output next.csv",
        "  gatun predict from_python.keras --input x.npy --output y.npy",
        "  gatun inspect anything                              what a file is, and what Gatun does with it",
        "  gatun verify from_python.keras --against outputs.npz   does it give the same as there?",
        "",
        "Every command has a --help of its own, with examples and defaults.",
        "Exit code 0 if all went well; else one line on standard error says what to do: 2 if the command was",
        "called wrongly, 1 if a file is not as it should be. 'gatun verify' tells agreement (0) from a",
        "difference (1) and from a failure (2)."})
public final class Main implements Runnable {

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec command;

    private Main() {}

    /** Runs the command line and exits with its code. */
    public static void main(String[] args) {
        warnInOneLine();
        // UTF-8 whatever the locale says: summaries have box characters, and a service often runs in the locale C.
        WatchedOutput results = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = writer(results);
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
        int code = commandLine().setOut(out).setErr(err).execute(args);
        out.flush();
        if (results.failure().isPresent()) {
            err.println("gatun: standard output could not be written (" + results.failure().get()
                    + "), so results are missing there; free some space or write elsewhere");
            code = code == 0 ? CommandLine.ExitCode.SOFTWARE : code;
        }
        err.flush();
        System.exit(code);
    }

    /** The JDK's own logger writes date and class on a line of their own; whoever configured it keeps what they chose. */
    private static void warnInOneLine() {
        if (System.getProperty("java.util.logging.config.file") == null && System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "gatun: %5$s%n");
        }
    }

    private static PrintWriter writer(OutputStream to) {
        return new PrintWriter(to, true, StandardCharsets.UTF_8);
    }

    /** The command line, for programs: set its writers, then execute. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.registerConverter(Path.class, Main::path);
        commands.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
        Failures.installOn(commands);
        return commands;
    }

    /** Java takes no name at all for the folder that the command runs in. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new CommandLine.TypeConversionException("an empty text is no file; give a name");
        }
        return Path.of(text);
    }

    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
    }
}
