package dev.gatun.perf.roof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of the caches, L1 of data; what Linux says, or where it says nothing what is common.
 *
 * @param known whether the system said it
 */
public record Caches(long l1, long l2, long l3, boolean known) {

    private static final Path FOLDER = Path.of("/sys/devices/system/cpu/cpu0/cache");

    public static Caches read() {
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
                String size = text(folder.resolve("size"));
                return Long.parseLong(size.substring(0, size.length() - 1)) * (size.endsWith("M") ? 1 << 20 : 1 << 10);
            }
        }
        return 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
