package dev.gatun.perf.bench;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.perf.roof.Roof;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the figures are of.
 *
 * @param kernels what the measuring JVMs say of their kernels
 * @param options given to them
 */
record Machine(String kernels, List<String> options, List<Roof> roofs) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Pattern PEER = Pattern.compile("^(onnxruntime|pytorch-engine|pytorch-native|openblas)-");
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

    /** A Markdown list. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("- processor: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        Caches caches = Caches.HERE;
        lines.add("- caches: " + (caches.known()
                ? (caches.l1() >> 10) + " KiB L1, " + (caches.l2() >> 10) + " KiB L2, " + (caches.l3() >> 20)
                        + " MiB L3"
                : "the system does not say"));
        lines.add("- governor: " + (Files.isReadable(GOVERNOR) ? text(GOVERNOR) : "not to be read here"));
        lines.add("- load when this began: " + Format.digits(
                java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        lines.add("- JDK: " + System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
        String engines = engines();
        if (!engines.isEmpty()) {
            lines.add("- peers: " + engines);
        }
        lines.add("- " + kernels + (options.isEmpty() ? "" : "; options: " + String.join(" ", options)));
        return lines;
    }

    /** The peers' jars, whose names tell their versions. */
    private static String engines() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString().replace(".jar", ""))
                .filter(name -> PEER.matcher(name).find()).sorted().collect(Collectors.joining(", "));
    }

    /** A Markdown table. */
    List<String> roofTable() {
        List<String> lines = new ArrayList<>(List.of(
                "| threads | FMA | read L1 | read L2 | read L3 |", "|---|---|---|---|---|"));
        for (Roof roof : roofs) {
            lines.add("| " + roof.threads() + " | " + Format.digits(roof.flops() / 1e9) + " GFLOP/s | "
                    + gigabytes(roof.l1()) + " | " + gigabytes(roof.l2()) + " | " + gigabytes(roof.l3()) + " |");
        }
        return lines;
    }

    /** @return the roof of a number of threads, or null if it was not measured */
    Roof roof(int threads) {
        return roofs.stream().filter(roof -> roof.threads() == threads).findFirst().orElse(null);
    }

    private static String gigabytes(double bytes) {
        return Format.digits(bytes / 1e9) + " GB/s";
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException gone) {
            return "unknown";
        }
    }
}
