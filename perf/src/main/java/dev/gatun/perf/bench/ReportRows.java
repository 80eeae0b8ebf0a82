package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Latency;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Rows of Markdown tables. */
final class ReportRows {

    static final String PAIRED_HEAD = """
            | task | threads | Gatun | peer | its time | peer / Gatun (least to most) | Gatun B/op |
            |---|---|---|---|---|---|---|""";

    /** With the part of the roof, which is known when all is measured. */
    static final String SHARED_HEAD = """
            | task | threads | Gatun | peer | its time | peer / Gatun (least to most) | Gatun B/op | share of the roof |
            |---|---|---|---|---|---|---|---|""";

    private ReportRows() {}

    static String shared(Outcome outcome, Machine machine) {
        Share share = Share.of(List.of(outcome), machine).getFirst();
        return paired(outcome) + " " + Format.percent(share.part()) + " of " + share.bound() + " |";
    }

    static String paired(Outcome outcome) {
        Measured ours = outcome.ours();
        String row = "| " + outcome.task().title() + " | " + outcome.threads() + " | " + time(ours) + " | ";
        if (outcome.theirs() == null) {
            row += " | | ";
        } else {
            row += outcome.peer() + " | " + time(outcome.theirs()) + " | " + ratio(outcome);
        }
        return row + " | " + Format.digits(ours.bytes()) + " |";
    }

    /** A table: a row for each size, time and speed for each number of threads. */
    static List<String> scaling(ThreadScaling.Axis axis, List<ThreadScaling.Point> points) {
        List<Integer> threads = points.stream().map(ThreadScaling.Point::threads).distinct().sorted().toList();
        StringBuilder head = new StringBuilder("| " + axis.name().toLowerCase(Locale.ROOT) + " |");
        StringBuilder line = new StringBuilder("|---|");
        for (int count : threads) {
            head.append(" threads: ").append(count).append(" | GFLOP/s |");
            line.append("---|---|");
        }
        List<String> rows = new ArrayList<>(List.of(head.toString(), line.toString()));
        for (int size : axis.sizes()) {
            StringBuilder row = new StringBuilder("| " + size + " |");
            points.stream().filter(point -> point.axis() == axis && point.size() == size)
                    .sorted(Comparator.comparingInt(ThreadScaling.Point::threads))
                    .forEach(point -> row.append(" ").append(Format.time(point.nanos())).append(" | ")
                            .append(Format.digits(point.flops() / 1e9)).append(" |"));
            rows.add(row.toString());
        }
        return rows;
    }

    /** The median, or of single times their percentiles. */
    private static String time(Measured measured) {
        Latency latency = measured.latency();
        return latency == null
                ? Format.time(measured.median())
                : Format.time(latency.p50()) + " p50, " + Format.time(latency.p99()) + " p99, "
                        + Format.time(latency.p999()) + " p99.9, " + Format.time(latency.max()) + " max";
    }

    private static String ratio(Outcome outcome) {
        if (outcome.ours().latency() != null) {
            Latency ours = outcome.ours().latency();
            Latency theirs = outcome.theirs().latency();
            return "**" + Format.digits(outcome.ratio()) + "** p50, "
                    + Format.digits((double) theirs.p99() / ours.p99()) + " p99, "
                    + Format.digits((double) theirs.p999() / ours.p999()) + " p99.9";
        }
        double[] ratios = outcome.ratios();
        return "**" + Format.digits(outcome.ratio()) + "** ("
                + Format.digits(Arrays.stream(ratios).min().orElseThrow()) + " to "
                + Format.digits(Arrays.stream(ratios).max().orElseThrow()) + ")";
    }
}
