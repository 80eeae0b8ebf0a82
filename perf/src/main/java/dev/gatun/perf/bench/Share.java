package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Latency;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.roof.Bound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our time of a task beside what the machine could do at most: the median over all peers it ran with.
 *
 * @param threads of the task
 * @param nanos   of one run; of single times the median
 * @param p99     of single times; null unless the task is about them
 * @param bytes   of heap per run
 * @param bound   what the task would wait for at its best
 * @param rate    what it does of that in a second: operations, or bytes read
 * @param roof    what the machine can do of it in a second
 */
public record Share(Task task, int threads, double nanos, Double p99, double bytes, Bound bound, double rate,
        double roof) {

    /** The part of the roof, 1 being all of it. */
    public double part() {
        return rate / roof;
    }

    /** One for each task and number of threads, in the order of the outcomes. */
    public static List<Share> of(List<Outcome> outcomes, Machine machine) {
        Map<String, List<Outcome>> groups = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            groups.computeIfAbsent(outcome.task() + " " + outcome.threads(), key -> new ArrayList<>()).add(outcome);
        }
        return groups.values().stream().map(group -> of(machine, group)).toList();
    }

    private static Share of(Machine machine, List<Outcome> group) {
        Task task = group.getFirst().task();
        int threads = group.getFirst().threads();
        double nanos = median(group.stream().map(outcome -> nanos(outcome.ours())).toList());
        List<Double> slow = group.stream().map(outcome -> outcome.ours().latency()).filter(some -> some != null)
                .map(latency -> (double) latency.p99()).toList();
        double bytes = group.stream().mapToDouble(outcome -> outcome.ours().bytes()).min().orElseThrow();
        return new Share(
                task, threads, nanos, slow.isEmpty() ? null : median(slow), bytes, task.bound(),
                task.work() / nanos * 1e9, task.bound().of(machine.roof(threads)));
    }

    /** A Markdown table. */
    public static List<String> table(List<Share> shares) {
        List<String> lines = new ArrayList<>(List.of(
                "| task | threads | Gatun | does | its roof | share of the roof | GFLOP/s | heap B/op |",
                "|---|---|---|---|---|---|---|---|"));
        for (Share share : shares) {
            lines.add("| " + share.task.title() + " | " + share.threads + " | " + Format.time(share.nanos) + " | "
                    + share.perSecond(share.rate) + " | " + share.bound + ", " + share.perSecond(share.roof) + " | **"
                    + Format.percent(share.part()) + "** | " + Format.digits(share.task.flops() / share.nanos) + " | "
                    + Format.digits(share.bytes) + " |");
        }
        return lines;
    }

    private String perSecond(double value) {
        return Format.digits(value / 1e9) + (bound == Bound.FMA ? " GFLOP/s" : " GB/s");
    }

    private static double nanos(Measured measured) {
        Latency latency = measured.latency();
        return latency == null ? measured.median() : latency.p50();
    }

    private static double median(List<Double> values) {
        return Measured.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
