package dev.gatun.tests.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The row of an attack in the table of docs/reliability.md: printed, and kept below target/attack, so that
 * {@code cat tests/target/attack/*.md} is the table.
 */
final class Row {

    static final Path FOLDER = Path.of("target", "attack");

    private Row() {}

    /**
     * @param test    the class whose test tells it, which is what repeats it
     * @param attack  what was done
     * @param outcome what came of it, with counts
     */
    static void tell(Class<?> test, String attack, String outcome) {
        String row = "| " + attack + " | " + outcome + " | `" + test.getSimpleName() + "` |";
        System.out.println(row);
        String file = test.getSimpleName() + "-" + attack.replaceAll("[^A-Za-z0-9]+", "-") + ".md";
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(file), row + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String count(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }
}
