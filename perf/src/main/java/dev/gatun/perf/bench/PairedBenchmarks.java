package dev.gatun.perf.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.paired.PairedBenchmark;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Pace;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every task at every number of threads with every peer that offers it, each in a process of its own. */
final class PairedBenchmarks {

    /** Where peers may keep what they unpack. */
    private static final Path PEERS = Path.of("perf", "target", "peers").toAbsolutePath();

    private final Child child;
    private final Path target;
    private final Pace pace;
    private final Map<String, String> environment;
    private final Set<String> dead = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * @param target      folder for what the processes leave
     * @param environment for every process
     */
    PairedBenchmarks(Child child, Path target, Pace pace, Map<String, String> environment) {
        this.environment = environment;
        this.child = child;
        this.target = target;
        this.pace = pace;
    }

    List<Outcome> run(List<Task> tasks, List<Integer> threads, List<Peer> peers) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        System.out.println(ReportRows.PAIRED_HEAD);
        for (Task task : tasks) {
            List<Peer> offering = peers.stream().filter(peer -> peer.offers(task)).toList();
            for (int count : threads) {
                if (task.kind() == Kind.START) {
                    continue;
                }
                for (Peer peer : offering) {
                    if (!dead.contains(peer.name())) {
                        one(task, count, peer.name(), variables(peer, count), outcomes);
                    }
                }
                if (offering.isEmpty()) {
                    one(task, count, "", Map.of(), outcomes);
                }
            }
        }
        return outcomes;
    }

    private Map<String, String> variables(Peer peer, int threads) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(peer.environment(threads, PEERS));
        return all;
    }

    /** What could not be measured, and why. */
    List<String> failures() {
        return failures;
    }

    private void one(Task task, int threads, String peer, Map<String, String> environment, List<Outcome> outcomes)
            throws InterruptedException {
        String name = (task.title() + "-" + threads + "-" + peer).replaceAll("[^A-Za-z0-9.-]", "_");
        Path file = target.resolve(name + ".json");
        String[] arguments = {
            task.name(), String.valueOf(threads), peer, String.valueOf(pace.rounds()),
            String.valueOf(pace.blockMillis()), String.valueOf(pace.warmUpMillis()), String.valueOf(pace.steps()),
            file.toString()};
        try {
            Child.run(child.command(PairedBenchmark.class, arguments), environment, target.resolve(name + ".log"));
            Outcome outcome = new ObjectMapper().readValue(Files.readAllBytes(file), Outcome.class);
            outcomes.add(outcome);
            System.out.println(ReportRows.paired(outcome));
        } catch (Child.UnknownInstruction died) {
            dead.add(peer);
            failures.add(peer + " needs instructions that this processor has not; nothing more is measured with it");
            System.err.println(failures.getLast());
        } catch (IOException failed) {
            failures.add(task.title() + " with " + peer + ": " + failed.getMessage());
            System.err.println(failed.getMessage());
        }
    }
}
