package dev.gatun.perf.paired;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One task at one number of threads with one peer, or alone, in a process of its own so that the threads of no third engine
 * disturb: results are compared, both are warmed up, then blocks of the two alternate, the first of a round changing.
 */
public final class PairedBenchmark {

    private PairedBenchmark() {}

    /** Task, threads, peer (or nothing), the four numbers of {@link Pace}, the file to write. */
    public static void main(String[] words) throws Exception {
        Task task = Task.valueOf(words[0]);
        int threads = Integer.parseInt(words[1]);
        Pace pace = Pace.parse(words[3], words[4], words[5], words[6]);
        Outcome outcome = words[2].isEmpty() ? alone(task, threads, pace) : paired(task, threads, words[2], pace);
        Files.write(Path.of(words[7]), new ObjectMapper().writeValueAsBytes(outcome));
        // Engines may leave threads that are not daemons.
        System.exit(0);
    }

    private static Outcome alone(Task task, int threads, Pace pace) throws InterruptedException {
        try (Contender ours = Ours.open(task, threads, Material.of(task))) {
            Stopwatch watch = new Stopwatch(ours, pace.rounds(), task.singles(pace));
            watch.warmUp(pace);
            for (int round = 0; round < pace.rounds(); round++) {
                watch.round();
            }
            return new Outcome(task, threads, "", watch.measured(), null);
        }
    }

    private static Outcome paired(Task task, int threads, String name, Pace pace) throws Exception {
        Material material = Material.of(task);
        try (Contender ours = Ours.open(task, threads, material);
                Contender theirs = Peer.named(name).open(task, threads, material)) {
            Agreement.require(task, name, ours, theirs);
            Stopwatch our = new Stopwatch(ours, pace.rounds(), task.singles(pace));
            Stopwatch their = new Stopwatch(theirs, pace.rounds(), task.singles(pace));
            our.warmUp(pace);
            their.warmUp(pace);
            for (int round = 0; round < pace.rounds(); round++) {
                Stopwatch first = round % 2 == 0 ? our : their;
                Stopwatch second = round % 2 == 0 ? their : our;
                first.round();
                second.round();
            }
            return new Outcome(task, threads, name, our.measured(), their.measured());
        }
    }
}
