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
            long free = number(lines, "MemAvailable:", -1);
            return free < 0 ? UNKNOWN : (free + number(lines, "SwapFree:", 0)) * 1024;
        } catch (IOException | RuntimeException untold) {
            return UNKNOWN;
        }
    }

    /** Without streams: a start would wait for the first one. */
    private static long number(List<String> lines, String key, long otherwise) {
        for (String line : lines) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.substring(key.length()).replace("kB", "").strip());
            }
        }
        return otherwise;
    }

    /** The limit of the control group (version 2) that a container shows as its root; pages of files can be given back. */
    private static long ofGroup() {
        try {
            String limit = Files.readString(GROUP.resolve("memory.max")).strip();
            if (limit.equals("max")) {
                return UNKNOWN;
            }
            long used = Long.parseLong(Files.readString(GROUP.resolve("memory.current")).strip());
            long files = number(Files.readAllLines(GROUP.resolve("memory.stat")), "inactive_file ", 0);
            return Math.max(0, Long.parseLong(limit) - used + files);
        } catch (IOException | RuntimeException untold) {
            return UNKNOWN;
        }
    }
}
