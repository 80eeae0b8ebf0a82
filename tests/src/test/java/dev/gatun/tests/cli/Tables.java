package dev.gatun.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/// Small tables for the command line.
final class Tables {

    private Tables() {}

    /// A wave and its echo with a little noise, by the day, that a model can learn in a few epochs.
    static Path waves(Path folder, int rows) throws IOException {
        StringBuilder text = new StringBuilder("day,wave,echo,note\n");
        for (int row = 0; row < rows; row++) {
            double noise = ((row * 7919L) % 101) / 101.0 - 0.5;
            text.append(String.format(
                    Locale.ROOT, "%s,%.4f,%.4f,n%d%n", LocalDate.of(2020, 1, 1).plusDays(row),
                    50 + 20 * Math.sin(row * 0.5) + noise, 5 + Math.sin(row * 0.5 - 1), row));
        }
        return write(folder.resolve("waves.csv"), text.toString());
    }

    static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }
}
