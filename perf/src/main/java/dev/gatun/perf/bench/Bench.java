package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Pace;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(names = "--report", paramLabel = "DIR", defaultValue = "perf/target/report", description = "where the report goes (${DEFAULT-VALUE})")
    private Path report;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Task> tasks = only == null ? List.of(Task.values()) : Task.named(only);
        Path target = report.resolve("raw").toAbsolutePath();
        Files.createDirectories(target);
        List<String> options = jvm.isBlank() ? List.of() : List.of(jvm.trim().split("\\s+"));
        Pace pace = quick ? Pace.quick(rounds) : Pace.full(rounds);
        Duels duels = new Duels(new Child(options), target, pace);
        List<Peer> with = peers
                ? Peer.all().stream().filter(each -> peer == null || each.name().equals(peer)).toList()
                : List.of();
        List<Outcome> outcomes = duels.run(tasks, threads, with);
        System.out.println(outcomes.size() + " figures");
        return duels.failures().isEmpty() ? 0 : 1;
    }
}
