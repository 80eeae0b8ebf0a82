package dev.gatun.perf.bench;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.perf.roof.Probe;
import dev.gatun.perf.roof.Roof;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the figures are of.
 *
 * @param processor its name
 * @param cores     that this JVM may use
 * @param system    operating system and architecture
 * @param caches    in words
 * @param governor  of the processor's frequency
 * @param load      of the system when the run began
 * @param jdk       vendor and version
 * @param peers     other engines with their versions
 * @param kernels   what the measuring JVMs say of their kernels
 * @param bits      width of their vectors
 * @param options   given to them
 * @param roofs     one for each number of threads
 */
public record Machine(String processor, int cores, String system, String caches, String governor, double load,
        String jdk, List<String> peers, String kernels, int bits, List<String> options, List<Roof> roofs) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Pattern PEER = Pattern.compile("^(onnxruntime|pytorch-engine|pytorch-native|openblas)-");
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

    /**
     * This one.
     *
     * @param python engines of Python's with their versions
     */
    static Machine here(Probe.Findings found, List<String> options, List<String> python) {
        return new Machine(
                processorName(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"), cacheSizes(),
                Files.isReadable(GOVERNOR) ? text(GOVERNOR) : "not to be read here",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"),
                Stream.concat(jars(), python.stream()).toList(), found.kernels(), found.bits(), options, found.roofs());
    }

    /** The same after a second probe. */
    Machine withRoofs(List<Roof> better) {
        return new Machine(
                processor, cores, system, caches, governor, load, jdk, peers, kernels, bits, options, better);
    }

    /** A Markdown list. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("- processor: " + processor + ", " + cores + " cores, " + system);
        lines.add("- caches: " + caches);
        lines.add("- governor: " + governor);
        lines.add("- load when this began: " + Format.digits(load));
        lines.add("- JDK: " + jdk);
        if (!peers.isEmpty()) {
            lines.add("- peers: " + String.join(", ", peers));
        }
        lines.add("- " + kernels + (options.isEmpty() ? "" : "; options: " + String.join(" ", options)));
        return lines;
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

    /**
     * The roof of a number of threads.
     *
     * @throws IllegalArgumentException if it was not measured
     */
    Roof roof(int threads) {
        return roofs.stream().filter(roof -> roof.threads() == threads).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No roof of " + threads + " threads was measured"));
    }

    /** The peers' jars, whose names tell their versions. */
    private static Stream<String> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString().replace(".jar", ""))
                .filter(name -> PEER.matcher(name).find()).sorted();
    }

    private static String cacheSizes() {
        Caches caches = Caches.HERE;
        return caches.known()
                ? (caches.l1() >> 10) + " KiB L1, " + (caches.l2() >> 10) + " KiB L2, " + (caches.l3() >> 20)
                        + " MiB L3"
                : "the system does not say";
    }

    private static String gigabytes(double bytes) {
        return Format.digits(bytes / 1e9) + " GB/s";
    }

    private static String processorName() {
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
