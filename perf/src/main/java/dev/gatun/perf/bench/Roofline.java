package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Task;
import dev.gatun.engine.cpu.Caches;
import dev.gatun.perf.roof.Roof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our times beside what the machine could do at most. */
final class Roofline {

    /** Of an L2, what one call's weights may fill and stay. */
    private static final double SHARE = 0.8;

    private Roofline() {}

    /** A Markdown table: a row for each task and number of threads. */
    static List<String> table(List<Outcome> outcomes, Machine machine) {
        Map<String, List<Outcome>> groups = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            groups.computeIfAbsent(outcome.task() + " " + outcome.threads(), key -> new ArrayList<>()).add(outcome);
        }
        List<String> lines = new ArrayList<>(List.of(
                "| task | threads | Gatun | GFLOP/s | of the FMA peak | weights read | of the cache's bandwidth | heap B/op |",
                "|---|---|---|---|---|---|---|---|"));
        groups.values().forEach(group -> lines.add(row(group, machine)));
        return lines;
    }

    private static String row(List<Outcome> group, Machine machine) {
        Task task = group.getFirst().task();
        int threads = group.getFirst().threads();
        double nanos = Measured.median(group.stream().mapToDouble(outcome -> nanos(outcome.ours())).toArray());
        double bytes = group.stream().mapToDouble(outcome -> outcome.ours().bytes()).min().orElseThrow();
        Roof roof = machine.roof(threads);
        double flops = task.flops() / nanos;
        String row = "| " + task.title() + " | " + threads + " | " + Format.time(nanos) + " | "
                + Format.digits(flops) + " | " + Format.percent(flops * 1e9 / roof.flops()) + " | ";
        if (task.kind() == Kind.GEMM || task.stack().batch() > 1 || task.kind() == Kind.TRAIN) {
            row += "| ";
        } else {
            boolean inL2 = task.stack().weightBytes() / threads < SHARE * Caches.HERE.l2();
            double read = task.stack().weightBytesRead() / nanos;
            row += Format.digits(read) + " GB/s | " + Format.percent(read * 1e9 / (inL2 ? roof.l2() : roof.l3()))
                    + (inL2 ? " of L2" : " of L3");
        }
        return row + " | " + Format.digits(bytes) + " |";
    }

    private static double nanos(Measured measured) {
        return measured.latency() == null ? measured.median() : measured.latency().p50();
    }
}
