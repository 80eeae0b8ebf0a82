package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.inspect.FileReport;
import dev.gatun.cli.inspect.TableContents;
import dev.gatun.cli.inspect.Verdict;
import dev.gatun.formats.inspect.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatun inspect}: what a file is, and what Gatun does with it. */
@Command(name = "inspect", sortOptions = false, header = "Says what a file is, who wrote it, what is in it, and what Gatun does with it.", description = {
    "Any file: models of every kind that is read, or not read, weights without a model (safetensors, HDF5), graphs "
            + "of ONNX, references of 'gatun verify', NumPy's arrays, tables. Its content decides, not its name. Inputs "
            + "and outputs stand there as 'gatun predict' takes and gives them.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun inspect model.keras",
        "  gatun inspect unknown.bin --json",
        "",
        "Exit code 0 also for a file that Gatun refuses: it says why. 1: the file cannot be opened. 2: a wrong call."})
final class InspectCommand extends PrintingCommand {

    @Parameters(paramLabel = "FILE", description = "Any file.")
    private Path file;

    @Option(names = "--all", description = "Every array, every line of the import report, metadata in full.")
    private boolean all;

    @Mixin
    private ArchitectureOption architecture;

    @Override
    void run() throws IOException {
        Optional<Contents> contents = Contents.of(file);
        if (contents.isEmpty() && Files.isRegularFile(file)) {
            contents = TableContents.of(file);
        }
        try (Verdict verdict = Verdict.of(file, contents.orElse(null), () -> architecture.open(file, 1))) {
            FileReport report = new FileReport(file, contents.orElse(null), verdict);
            Console console = console();
            console.result(report.text(all));
            console.json(report.plain());
        }
    }
}
