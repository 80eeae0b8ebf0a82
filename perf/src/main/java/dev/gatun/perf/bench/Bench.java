package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Pace;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.roof.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code perf/bench} runs. */
@Command(name = "perf/bench", mixinStandardHelpOptions = true, description = "Measures Gatun, and other engines in turns.")
public final class Bench implements Callable<Integer> {

    @Option(names = "--peers", description = "also ONNX Runtime, PyTorch and OpenBLAS (fetched by Maven, Linux x86-64)")
    private boolean peers;

    @Option(names = "--only", paramLabel = "LIST", description = "tasks, comma-separated: STEP,SEQ,TRAIN-MID or GEMM, TRAIN")
    private String only;

    @Option(names = "--peer", paramLabel = "NAME", description = "only this one, for example \"ONNX Runtime\"")
    private String peer;

    @Option(names = "--rounds", defaultValue = "21", description = "blocks of each engine (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "numbers of threads (${DEFAULT-VALUE})")
    private List<Integer> threads;

    @Option(names = "--quick", description = "short blocks: to see that it works")
    private boolean quick;

    @Option(names = "--jvm", paramLabel = "WORDS", defaultValue = "", description = "options for every JVM, for example \"-XX:UseAVX=2 -Ddev.gatun.vectorBits=256\"")
    private String jvm;

    @Option(names = "--scaling", description = "with --only: also how time grows with batch, units and steps")
    private boolean scaling;

    @Option(names = "--cliff", description = "instead: do all kernels compile in every start of a full process?")
    private boolean cliff;

    @Option(names = "--starts", defaultValue = "5", description = "of --cliff, at each width (${DEFAULT-VALUE})")
    private int starts;

    @Option(names = "--report", paramLabel = "DIR", defaultValue = "perf/target/report", description = "where the report goes (${DEFAULT-VALUE})")
    private Path report;

    /** A start takes a while, and its time hardly varies. */
    private static final int MOST_STARTS = 15;

    private Path raw;
    private Child child;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Task> tasks = only == null ? List.of(Task.values()) : Task.named(only);
        List<Peer> with = peers ? runnable() : List.of();
        raw = report.resolve("raw").toAbsolutePath();
        Files.createDirectories(raw);
        child = new Child(jvm.isBlank() ? List.of() : List.of(jvm.trim().split("\\s+")));
        return cliff ? cliff() : measure(tasks, with);
    }

    /** The peers asked for, but for those whose kernels this processor cannot run. */
    private List<Peer> runnable() {
        Processor processor = Processor.here();
        List<Peer> those = new ArrayList<>();
        for (Peer each : Peer.all()) {
            List<String> lacks = each.lacks(processor);
            if (peer != null && !each.name().equals(peer)) {
                continue;
            }
            if (lacks.isEmpty()) {
                those.add(each);
            } else {
                System.out.println(each.name() + " is left out: this processor has no " + String.join(", ", lacks));
            }
        }
        return those;
    }

    private int cliff() throws IOException, InterruptedException {
        List<String> table = new ArrayList<>();
        List<String> faults = new CompilationCheck(child.options(), raw, quick).check(starts, table);
        table.forEach(System.out::println);
        faults.forEach(System.err::println);
        System.out.println(faults.isEmpty() ? "No cliff" : faults.size() + " faults");
        return faults.isEmpty() ? 0 : 1;
    }

    private int measure(List<Task> tasks, List<Peer> with) throws Exception {
        Report written = new Report(report);
        Machine machine = machine();
        show(written, "Machine", machine.lines());
        show(written, "Roofs", machine.roofTable());
        PairedBenchmarks duels = new PairedBenchmarks(child, raw, quick ? Pace.quick(rounds) : Pace.full(rounds));
        List<Outcome> outcomes = duels.run(tasks, threads, with);
        if (!outcomes.isEmpty()) {
            written.duels(outcomes);
            show(written, "Beside the roofs", Roofline.table(outcomes, machine));
        }
        if (Starts.among(tasks)) {
            List<Starts.Entry> entries = new Starts(child, raw).run(with, quick ? 3 : Math.min(rounds, MOST_STARTS));
            written.starts(entries);
            entries.forEach(entry -> System.out.println(entry.name() + ": " + Format.time(entry.median())));
        }
        if (only == null || scaling) {
            written.scaling(scaling(), machine);
        }
        if (!duels.failures().isEmpty()) {
            written.section("Failed", duels.failures());
        }
        System.out.println("\nWritten: " + written.write());
        return duels.failures().isEmpty() ? 0 : 1;
    }

    private static void show(Report written, String title, List<String> lines) {
        written.section(title, lines);
        System.out.println("\n" + title + "\n");
        lines.forEach(System.out::println);
        System.out.println();
    }

    private Machine machine() throws IOException, InterruptedException {
        Path file = raw.resolve("roofs.json");
        String[] arguments = Stream.concat(threads.stream().map(String::valueOf), Stream.of(file.toString()))
                .toArray(String[]::new);
        Child.run(child.command(Probe.class, arguments), Map.of(), raw.resolve("roofs.log"));
        Probe.Findings found = new ObjectMapper().readValue(Files.readAllBytes(file), Probe.Findings.class);
        return new Machine(found.kernels(), child.options(), found.roofs());
    }

    private List<ThreadScaling.Point> scaling() throws IOException, InterruptedException {
        List<ThreadScaling.Point> points = new ArrayList<>();
        for (int count : threads) {
            Path file = raw.resolve("scaling-" + count + ".json");
            Child.run(
                    child.command(ThreadScaling.class, String.valueOf(count), "5", quick ? "20" : "100",
                            quick ? "100" : "700",
                            file.toString()),
                    Map.of(), raw.resolve("scaling-" + count + ".log"));
            points.addAll(new ObjectMapper().readValue(Files.readAllBytes(file), ThreadScaling.Points.class).points());
        }
        return points;
    }
}
