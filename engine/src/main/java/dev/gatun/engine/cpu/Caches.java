package dev.gatun.engine.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of the caches of one core and of the level they share; what Linux says, or where it says nothing what is common. They
 * decide how work is laid out, never what comes out.
 *
 * @param l1    first level, of data
 * @param l2    second level
 * @param l3    third level
 * @param known whether the system said it
 */
public record Caches(long l1, long l2, long l3, boolean known) {

    private static final Path FOLDER = Path.of("/sys/devices/system/cpu/cpu0/cache");

    /** This machine's, read once. */
    public static final Caches HERE = read();

    private static Caches read() {
        long l1 = level("1");
        long l2 = level("2");
        long l3 = level("3");
        boolean known = l1 > 0 && l2 > 0 && l3 > 0;
        return known ? new Caches(l1, l2, l3, true) : new Caches(32 << 10, 1 << 20, 16 << 20, false);
    }

    private static long level(String wanted) {
        for (int index = 0; index < 5; index++) {
            Path folder = FOLDER.resolve("index" + index);
            if (wanted.equals(text(folder.resolve("level"))) && !"Instruction".equals(text(folder.resolve("type")))) {
                return bytes(text(folder.resolve("size")));
            }
        }
        return 0;
    }

    /** Of a size as Linux writes it, "48K" or "2M"; 0 for anything else. */
    private static long bytes(String size) {
        int digits = 0;
        long number = 0;
        while (digits < size.length() && Character.isDigit(size.charAt(digits))) {
            number = number * 10 + Character.digit(size.charAt(digits), 10);
            digits++;
        }
        if (digits == 0 || digits > 9 || digits + 1 != size.length()) {
            return 0;
        }
        return switch (size.charAt(digits)) {
            case 'K' -> number << 10;
            case 'M' -> number << 20;
            default -> 0;
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
