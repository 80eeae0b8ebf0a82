package dev.gatun.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory the machine, or the container, can still give. Linux hands out more than it has and kills the process
 * when it is touched, so whoever wants much asks first.
 */
final class NativeMemory {

    /** What {@link #available} says where the system does not tell. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path GROUP = Path.of("/sys/fs/cgroup");

    private NativeMemory() {}

    /** Bytes, or {@link #UNKNOWN}. */
    static long available() {
        return Math.min(ofMachine(), ofGroup());
    }

    private static long ofMachine() {
        try {
            List<String> lines = Files.readAllLines(MEMORY);
            long free = kibibytes(lines, "MemAvailable:");
            return free < 0 ? UNKNOWN : (free + Math.max(0, kibibytes(lines, "SwapFree:"))) * 1024;
        } catch (IOException | RuntimeException untold) {
            return UNKNOWN;
        }
    }

    private static long kibibytes(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length()).replace("kB", "").strip()))
                .findFirst()
                .orElse(-1);
    }

    /** The limit of the control group (version 2) that a container shows as its root; pages of files can be given back. */
    private static long ofGroup() {
        try {
            String limit = Files.readString(GROUP.resolve("memory.max")).strip();
            if (limit.equals("max")) {
                return UNKNOWN;
            }
            long used = Long.parseLong(Files.readString(GROUP.resolve("memory.current")).strip());
            long files = Files.readAllLines(GROUP.resolve("memory.stat")).stream()
                    .filter(line -> line.startsWith("inactive_file "))
                    .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length()).strip()))
                    .findFirst()
                    .orElse(0);
            return Math.max(0, Long.parseLong(limit) - used + files);
        } catch (IOException | RuntimeException untold) {
            return UNKNOWN;
        }
    }
}
