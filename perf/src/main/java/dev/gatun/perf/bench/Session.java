package dev.gatun.perf.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Pace;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.roof.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of everything that was asked for; what is found is printed on the way. */
final class Session {

    /** A start takes a while, and its time hardly varies. */
    private static final int MOST_STARTS = 15;
    private static final int QUICK_STARTS = 3;

    private final Plan plan;
    private final Child child;
    private final Path raw;

    /**
     * What to measure.
     *
     * @param environment for every process
     */
    record Plan(List<Task> tasks, List<Integer> threads, PeerChoice peers, Map<String, String> environment, int rounds,
            boolean quick, boolean scaling) {}

    /** @param raw folder for what the processes leave */
    Session(Plan plan, Child child, Path raw) {
        this.plan = plan;
        this.child = child;
        this.raw = raw;
    }

    Results run() throws IOException, InterruptedException {
        plan.peers.leftOut().forEach(System.out::println);
        Probe.Findings before = probe();
        Machine first = Machine.here(before, child.options(), plan.peers.versions());
        show("Machine", first.lines());
        show("Roofs, before", first.roofTable());
        Pace pace = plan.quick ? Pace.quick(plan.rounds) : Pace.full(plan.rounds);
        PairedBenchmarks duels = new PairedBenchmarks(child, raw, pace, plan.environment);
        List<Outcome> outcomes = duels.run(plan.tasks, plan.threads, plan.peers.peers());
        List<Starts.Entry> starts = starts();
        List<ThreadScaling.Point> scaling = plan.scaling ? scaling() : List.of();
        Machine machine = first.withRoofs(before.better(probe()).roofs());
        show("Roofs, the better ones of before and after", machine.roofTable());
        List<Share> shares = Share.of(outcomes, machine);
        Results results = new Results(
                machine, outcomes, shares, Answer.of(outcomes, shares, machine.bits()), starts, scaling,
                plan.peers.leftOut(), duels.failures());
        if (!outcomes.isEmpty()) {
            show("Beside the roofs", Share.table(results.shares()));
        }
        if (!results.answers().isEmpty()) {
            show("Users' questions", Answer.tables(results.answers()));
        }
        return results;
    }

    private static void show(String title, List<String> lines) {
        System.out.println("\n" + title + "\n");
        lines.forEach(System.out::println);
        System.out.println();
    }

    private Probe.Findings probe() throws IOException, InterruptedException {
        Path file = raw.resolve("roofs.json");
        String[] arguments = Stream.concat(plan.threads.stream().map(String::valueOf), Stream.of(file.toString()))
                .toArray(String[]::new);
        Child.run(child.command(Probe.class, arguments), Map.of(), raw.resolve("roofs.log"));
        return new ObjectMapper().readValue(Files.readAllBytes(file), Probe.Findings.class);
    }

    private List<Starts.Entry> starts() throws IOException, InterruptedException {
        if (!Starts.among(plan.tasks)) {
            return List.of();
        }
        List<Starts.Entry> entries = new Starts(child, raw)
                .run(plan.peers.peers(), plan.quick ? QUICK_STARTS : Math.min(plan.rounds, MOST_STARTS));
        entries.forEach(entry -> System.out.println(entry.name() + ": " + Format.time(entry.median())));
        return entries;
    }

    private List<ThreadScaling.Point> scaling() throws IOException, InterruptedException {
        List<ThreadScaling.Point> points = new ArrayList<>();
        for (int count : plan.threads) {
            Path file = raw.resolve("scaling-" + count + ".json");
            Child.run(
                    child.command(ThreadScaling.class, String.valueOf(count), "5", plan.quick ? "20" : "100",
                            plan.quick ? "100" : "700",
                            file.toString()),
                    Map.of(), raw.resolve("scaling-" + count + ".log"));
            points.addAll(new ObjectMapper().readValue(Files.readAllBytes(file), ThreadScaling.Points.class).points());
        }
        return points;
    }
}
