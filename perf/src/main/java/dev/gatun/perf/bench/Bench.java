package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code perf/bench} runs. */
@Command(name = "perf/bench", mixinStandardHelpOptions = true, description = "Measures Gatun, and other engines in turns.")
public final class Bench implements Callable<Integer> {

    @Mixin
    private PeerOptions peers;

    @Option(names = "--only", paramLabel = "LIST", description = "tasks, comma-separated: STEP,SEQ,TRAIN-MID or GEMM, TRAIN, QUESTION")
    private String only;

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

    @Option(names = "--json", paramLabel = "FILE", description = "also the whole report as JSON")
    private Path json;

    @Option(names = "--compare", arity = "2", paramLabel = "FILE", description = "instead: two reports that --json wrote side by side, as Markdown")
    private List<Path> compare;

    /** Where the caller is: the script that starts this goes elsewhere. */
    private static final Path FROM = Path.of(System.getProperty("dev.gatun.perf.from", "")).toAbsolutePath();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command; what a user can mend is said in a line, without a stack. */
    public static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((failed, command, parsed) -> {
            if (!(failed instanceof IllegalArgumentException)) {
                throw failed;
            }
            command.getErr().println("perf/bench: " + failed.getMessage());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    }

    @Override
    public Integer call() throws Exception {
        if (compare != null) {
            return compare();
        }
        refuse();
        List<Task> tasks = only == null ? List.of(Task.values()) : Task.named(only);
        Path raw = report.resolve("raw").toAbsolutePath();
        Files.createDirectories(raw);
        Child child = new Child(jvm.isBlank() ? List.of() : List.of(jvm.trim().split("\\s+")));
        if (cliff) {
            return cliff(child, raw);
        }
        Session.Plan plan = new Session.Plan(
                tasks, threads.stream().distinct().toList(), peers.choice(FROM, raw), peers.environment(FROM), rounds,
                quick,
                only == null || scaling);
        return written(new Session(plan, child, raw).run());
    }

    private void refuse() {
        if (rounds < 1 || starts < 1 || threads.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--rounds, --starts and --threads take numbers from 1 on");
        }
        peers.check();
    }

    private int compare() throws IOException {
        Path left = FROM.resolve(compare.getFirst());
        Path right = FROM.resolve(compare.getLast());
        boolean alike = left.getFileName().equals(right.getFileName());
        new Comparison(
                Results.read(left), Results.read(right), alike ? left.toString() : name(left),
                alike ? right.toString() : name(right)).lines().forEach(System.out::println);
        return 0;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.json$", "");
    }

    private int written(Results results) throws IOException {
        System.out.println("\nWritten: " + new Report(report).write(results));
        if (json != null) {
            results.write(FROM.resolve(json));
            System.out.println("Written: " + FROM.resolve(json));
        }
        return results.failures().isEmpty() ? 0 : 1;
    }

    private int cliff(Child child, Path raw) throws IOException, InterruptedException {
        List<String> table = new ArrayList<>();
        List<String> faults = new CompilationCheck(child.options(), raw, quick).check(starts, table);
        table.forEach(System.out::println);
        faults.forEach(System.err::println);
        System.out.println(faults.isEmpty() ? "No cliff" : faults.size() + " faults");
        return faults.isEmpty() ? 0 : 1;
    }
}
