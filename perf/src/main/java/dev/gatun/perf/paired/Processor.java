package dev.gatun.perf.paired;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What runs here: a system on a processor, and what the processor can do, in Linux's words; nothing where the system does
 * not say.
 *
 * @param platform as natives are named, for example {@code linux-x86_64}
 * @param flags    as {@code /proc/cpuinfo} has them
 */
public record Processor(String platform, Set<String> flags) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The one this runs on. */
    public static Processor here() {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            return new Processor(platform, flags(Files.readAllLines(CPU_INFO)));
        } catch (IOException otherSystem) {
            return new Processor(platform, Set.of());
        }
    }

    /** A platform of Java's names for the system and the architecture. */
    public static String platform(String system, String architecture) {
        String family = system.toLowerCase(Locale.ROOT).split(" ")[0];
        return (family.equals("mac") ? "macos" : family) + "-"
                + (architecture.equals("amd64") ? "x86_64" : architecture);
    }

    /** From the lines of a {@code /proc/cpuinfo}. */
    public static Set<String> flags(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Set.copyOf(Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split("\\s+"))))
                .orElse(Set.of());
    }

    /** Those of the wanted flags that are not there, in their order. */
    public List<String> missing(List<String> wanted) {
        return wanted.stream().filter(flag -> !flags.contains(flag)).toList();
    }
}
