package dev.gatun.tests.perf;

import dev.gatun.perf.bench.Answer;
import dev.gatun.perf.bench.Machine;
import dev.gatun.perf.bench.Results;
import dev.gatun.perf.bench.Share;
import dev.gatun.perf.bench.Starts;
import dev.gatun.perf.bench.ThreadScaling;
import dev.gatun.perf.paired.Latency;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.roof.Roof;
import java.util.List;

/// Made-up figures: nothing here was measured.
final class Figures {

    private Figures() {}

    /// 100 GFLOP/s, 400 GB/s from L1, 200 from L2, 50 from L3 on a thread; twice that on two.
    static Machine machine(String processor, int bits) {
        return new Machine(processor, 2, "Linux amd64", "unknown", "unknown", 0.5, "a JDK", List.of("engine-1.0"),
                "kernels of " + bits + " bits", bits, List.of(), List.of(roof(1), roof(2)));
    }

    static Roof roof(int threads) {
        return new Roof(threads, threads * 100e9, threads * 400e9, threads * 200e9, threads * 50e9);
    }

    /// Ours alone.
    static Outcome alone(Task task, int threads, double... nanos) {
        return new Outcome(task, threads, "", measured(nanos), null);
    }

    static Outcome beside(Task task, int threads, String peer, double[] ours, double[] theirs) {
        return new Outcome(task, threads, peer, measured(ours), measured(theirs));
    }

    static Outcome late(Task task, int threads, long p50, long p99) {
        Latency latency = new Latency(1000, p50, p99, p99, p99, List.of(new Latency.Point(50, p50)));
        return new Outcome(task, threads, "", new Measured(new double[] {p50}, 0, latency), null);
    }

    private static Measured measured(double... nanos) {
        return new Measured(nanos, 8, null);
    }

    static Results results(Machine machine, Outcome... outcomes) {
        List<Outcome> all = List.of(outcomes);
        List<Share> shares = Share.of(all, machine);
        return new Results(machine, all, shares, Answer.of(all, shares, machine.bits()),
                List.of(new Starts.Entry("Gatun", new double[] {300e6, 310e6, 320e6})),
                List.of(new ThreadScaling.Point(ThreadScaling.Axis.BATCH, 4, 1, 1e6)), List.of("X is left out: why"),
                List.of());
    }
}
