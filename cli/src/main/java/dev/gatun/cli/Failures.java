package dev.gatun.cli;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.data.time.DataException;
import dev.gatun.formats.FormatException;
import dev.gatun.layers.train.TrainingException;
import dev.gatun.memory.ShapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/**
 * Turns whatever goes wrong into one line on standard error and an exit code: 2 for how it was called ({@link WrongCall}
 * and what picocli finds), 1 for the rest, unless the command has codes of its own.
 */
final class Failures {

    private Failures() {}

    static void installOn(CommandLine commands) {
        commands.setParameterExceptionHandler((failed, args) -> wrongCall(failed));
        commands.setExecutionExceptionHandler((failed, command, parsed) -> {
            command.getErr().println(line(command, message(failed)));
            return failed instanceof WrongCall
                    ? CommandLine.ExitCode.USAGE
                    : command.getCommandSpec().exitCodeOnExecutionException();
        });
        CommandLine.IExecutionStrategy runLast = new CommandLine.RunLast();
        commands.setExecutionStrategy(parsed -> {
            try {
                return runLast.execute(parsed);
            } catch (OutOfMemoryError noMemory) {
                commands.getErr().println(line(commands, "not enough memory (" + noMemory.getMessage()
                        + "); use a smaller batch, window or model, or give Java more (JAVA_TOOL_OPTIONS=-Xmx4g)"));
                return called(parsed).exitCodeOnExecutionException();
            }
        });
    }

    /** The innermost command of a call. */
    private static CommandSpec called(ParseResult parsed) {
        return parsed.hasSubcommand() ? called(parsed.subcommand()) : parsed.commandSpec();
    }

    private static int wrongCall(ParameterException failed) {
        CommandLine command = failed.getCommandLine();
        String message = failed.getMessage();
        if (failed instanceof UnmatchedArgumentException unmatched && command.getParent() == null) {
            String word = unmatched.getUnmatched().getFirst();
            message = word.startsWith("-")
                    ? "unknown option '" + word + "'; options come after the command, one of "
                    : "there is no command '" + word + "'; there are ";
            message += String.join(", ", command.getSubcommands().keySet());
        }
        List<String> unknown = command.getUnmatchedArguments();
        if (failed instanceof MissingParameterException && !unknown.isEmpty()) {
            message = "unknown option '" + unknown.getFirst() + "', and " + message;
        }
        command.getErr().println(line(
                command, message + "; see '" + command.getCommandSpec().qualifiedName() + " --help'"));
        return CommandLine.ExitCode.USAGE;
    }

    private static String line(CommandLine command, String message) {
        return command.getCommandSpec().qualifiedName() + ": " + message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String message(Exception failed) {
        return switch (failed) {
            case Refusal refusal -> refusal.getMessage();
            case WrongCall wrong -> wrong.getMessage();
            case UncheckedIOException wrapped -> message(wrapped.getCause());
            case NoSuchFileException missing ->
                "there is no file '" + missing.getFile() + "'; check the name and the folder";
            case AccessDeniedException denied -> "'" + denied.getFile() + "' may not be read or written by this user";
            case FileSystemException told -> told.getFile() + ": " + (told.getReason() == null
                    ? told.getClass().getSimpleName()
                    : told.getReason());
            case FormatException told -> told.getMessage();
            case IOException told -> String.valueOf(told.getMessage());
            case TrainingException told -> told.getMessage();
            case ShapeException told -> told.getMessage();
            case DataException told -> told.message(OptionWords::of);
            case IllegalArgumentException told when told.getMessage() != null -> told.getMessage();
            case IllegalStateException told when told.getCause() instanceof OutOfMemoryError -> told.getMessage();
            default -> "internal error, please report it: " + failed + place(failed);
        };
    }

    private static String place(Exception failed) {
        StackTraceElement[] trace = failed.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
