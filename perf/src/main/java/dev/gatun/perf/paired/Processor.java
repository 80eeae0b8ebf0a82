package dev.gatun.perf.paired;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a processor can do, in Linux's words; nothing where the system does not say.
 *
 * @param flags as {@code /proc/cpuinfo} has them
 */
public record Processor(Set<String> flags) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The one this runs on. */
    public static Processor here() {
        try {
            return of(Files.readAllLines(CPU_INFO));
        } catch (IOException otherSystem) {
            return new Processor(Set.of());
        }
    }

    /** From the lines of a {@code /proc/cpuinfo}. */
    public static Processor of(List<String> lines) {
        return new Processor(lines.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Set.copyOf(Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split("\\s+"))))
                .orElse(Set.of()));
    }

    /** Those of the wanted flags that are not there, in their order. */
    public List<String> missing(List<String> wanted) {
        return wanted.stream().filter(flag -> !flags.contains(flag)).toList();
    }
}
