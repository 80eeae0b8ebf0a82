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
 * slowest start must keep near the fastest. On a machine that others use whole starts are slow now and then, all tasks alike; a
 * cliff is one task that is slower than its start.
 */
final class CompilationCheck {

    /** A task's time over that of its fastest start, and this over what the tasks of its start have in the middle. */
    static final double APART = 1.25;
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
        table.addAll(List.of("| width | task | fastest start | slowest start | apart | from its start's pace |",
                "|---|---|---|---|---|---|"));
        for (Map.Entry<String, List<String>> width : widths().entrySet()) {
            List<Map<String, Double>> all = new ArrayList<>();
            for (int start = 0; start < starts; start++) {
                all.add(start(width, start, faults).nanos());
            }
            for (String task : all.getFirst().keySet()) {
                compare(width.getKey(), task, all, table, faults);
            }
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
            String width, String task, List<Map<String, Double>> starts, List<String> table, List<String> faults) {
        double fastest = fastest(task, starts);
        double slowest = starts.stream().mapToDouble(start -> start.get(task)).max().orElseThrow();
        double furthest = starts.stream().mapToDouble(start -> start.get(task) / fastest / pace(start, starts)).max()
                .orElseThrow();
        table.add("| " + width + " | " + task + " | " + Format.time(fastest) + " | " + Format.time(slowest) + " | "
                + Format.percent(slowest / fastest - 1) + " | " + Format.percent(furthest - 1) + " |");
        if (furthest > APART && !task.equals(MACHINE)) {
            faults.add("width " + width + ", " + task + ": the slowest start takes " + Format.time(slowest)
                    + ", the fastest " + Format.time(fastest) + ", and its other tasks are not as slow");
        }
    }

    private static double fastest(String task, List<Map<String, Double>> starts) {
        return starts.stream().mapToDouble(start -> start.get(task)).min().orElseThrow();
    }

    /** How slow a start is as a whole: of its tasks the one in the middle, against each one's fastest start. */
    private static double pace(Map<String, Double> start, List<Map<String, Double>> starts) {
        double[] ratios = start.entrySet().stream()
                .mapToDouble(task -> task.getValue() / fastest(task.getKey(), starts)).sorted().toArray();
        return ratios[ratios.length / 2];
    }
}
