package dev.gatun.perf.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * No cliff: several fresh starts at each width of vectors, where the JVM must have given up on none of our methods, and the
 * slowest start must keep near the fastest.
 */
final class CompilationCheck {

    /** Slowest over fastest start, after warm-up. */
    static final double APART = 1.15;
    /** A task that no compilation can make slow; where it is apart, the machine is. */
    static final String MACHINE = "FMA in registers";

    /**
     * A line of {@code -XX:+PrintCompilation} about one of ours. Without the words in parentheses the JVM tries again at
     * once, when a class was loaded meanwhile for example; with them it has given up, for ever or on this tier.
     */
    private static final Pattern GIVEN_UP = Pattern.compile(
            "dev\\.gatun\\.(?!perf\\.).*COMPILE SKIPPED: .*\\((not retryable|retry at different tier)\\)");

    private final List<String> options;
    private final Path folder;
    private final boolean quick;

    CompilationCheck(List<String> options, Path folder, boolean quick) {
        this.options = options;
        this.folder = folder;
        this.quick = quick;
    }

    /** The widths to try: what this JVM takes by itself, and narrower ones as on machines that have no more. */
    private static Map<String, List<String>> widths() {
        Map<String, List<String>> widths = new LinkedHashMap<>();
        widths.put("preferred", List.of());
        widths.put("256", List.of("-Ddev.gatun.vectorBits=256", "-XX:UseAVX=2"));
        widths.put("128", List.of("-Ddev.gatun.vectorBits=128"));
        return widths;
    }

    /** @return what is wrong; empty if nothing is */
    List<String> check(int starts, List<String> table) throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        table.addAll(List.of("| width | task | fastest start | slowest start | apart |", "|---|---|---|---|---|"));
        for (Map.Entry<String, List<String>> width : widths().entrySet()) {
            Map<String, List<Double>> times = new LinkedHashMap<>();
            for (int start = 0; start < starts; start++) {
                start(width, start, faults).nanos()
                        .forEach((task, nanos) -> times.computeIfAbsent(task, key -> new ArrayList<>()).add(nanos));
            }
            times.forEach((task, all) -> compare(width.getKey(), task, all, table, faults));
        }
        return faults;
    }

    private CompilationChild.Times start(Map.Entry<String, List<String>> width, int number, List<String> faults)
            throws IOException, InterruptedException {
        String name = "cliff-" + width.getKey() + "-" + number;
        Path file = folder.resolve(name + ".json");
        Path log = folder.resolve(name + ".log");
        List<String> all = new ArrayList<>(options);
        all.addAll(width.getValue());
        all.add("-XX:+PrintCompilation");
        Child.run(new Child(all).command(
                CompilationChild.class, quick ? "300" : "2500", quick ? "10" : "50", file.toString()), Map.of(), log);
        try (Stream<String> lines = Files.lines(log)) {
            lines.filter(line -> GIVEN_UP.matcher(line).find())
                    .forEach(line -> faults.add("width " + width.getKey() + ", start " + number + ": " + line.strip()));
        }
        return new ObjectMapper().readValue(Files.readAllBytes(file), CompilationChild.Times.class);
    }

    private static void compare(
            String width, String task, List<Double> all, List<String> table, List<String> faults) {
        double fastest = all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double slowest = all.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        table.add("| " + width + " | " + task + " | " + Format.time(fastest) + " | " + Format.time(slowest) + " | "
                + Format.percent(slowest / fastest - 1) + " |");
        if (slowest / fastest > APART) {
            faults.add("width " + width + ", " + task + ": the slowest start takes " + Format.time(slowest)
                    + ", the fastest " + Format.time(fastest));
        }
    }
}
