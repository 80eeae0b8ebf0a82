package dev.gatun.tests.mended;

import dev.gatun.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code gatun train} over a small table, as its launcher runs it. */
public final class TrainingCommand {

    private TrainingCommand() {}

    /** Ends with the command's exit code. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("gatun-command");
        Path table = folder.resolve("waves.csv");
        StringBuilder rows = new StringBuilder("wave\n");
        for (int i = 0; i < 120; i++) {
            rows.append(Math.sin(i * 0.3)).append('\n');
        }
        Files.writeString(table, rows);
        Path model = folder.resolve("waves.gatun");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            for (Path file : new Path[] {table, model, folder}) {
                file.toFile().delete();
            }
        }));
        Main.main(new String[] {"train", table.toString(), "--target", "wave", "--window", "6", "--layers", "4",
            "--epochs", "1", "--quiet", "--out", model.toString()});
    }
}
