package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** One folder: {@code report.md} and the pictures it shows. */
final class Report {

    private final Path folder;
    private final List<String> lines = new ArrayList<>();

    Report(Path folder) {
        this.folder = folder;
        lines.add("# Gatun, measured");
    }

    /**
     * Writes everything.
     *
     * @return the page
     */
    Path write(Results results) throws IOException {
        section("Machine", results.machine().lines());
        section("Roofs", results.machine().roofTable());
        text("The better probe of one before and one after everything else, at the width in use.");
        if (!results.outcomes().isEmpty()) {
            duels(results);
            section("Beside the roofs", Share.table(results.shares()));
        }
        if (!results.answers().isEmpty()) {
            section("Users' questions", Answer.tables(results.answers()));
        }
        if (!results.starts().isEmpty()) {
            starts(results.starts());
        }
        if (!results.scaling().isEmpty()) {
            scaling(results.scaling(), results.machine());
        }
        if (!results.leftOut().isEmpty()) {
            section("Left out", results.leftOut().stream().map(line -> "- " + line).toList());
        }
        if (!results.failures().isEmpty()) {
            section("Failed", results.failures());
        }
        Path file = folder.resolve("report.md");
        Files.write(file, lines);
        return file;
    }

    private void section(String title, List<String> content) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        lines.addAll(content);
    }

    private void text(String paragraph) {
        lines.add("");
        lines.add(paragraph);
    }

    /** Nothing if there is no picture. */
    private void picture(Chart<?, ?> chart, String name) throws IOException {
        Path file = folder.resolve(name + ".png");
        if (chart == null) {
            Files.deleteIfExists(file);
            return;
        }
        Pictures.save(chart, file);
        text("![" + chart.getTitle() + "](" + name + ".png)");
    }

    private void duels(Results results) throws IOException {
        List<Outcome> outcomes = results.outcomes();
        List<String> rows = new ArrayList<>(ReportRows.SHARED_HEAD.lines().toList());
        outcomes.forEach(outcome -> rows.add(ReportRows.shared(outcome, results.machine())));
        section("In turns", rows);
        text("Times are medians of the rounds, ratios medians of the rounds' ratios; above 1 Gatun is faster. "
                + "Outputs (for training loss and gradients, and the loss after 5 steps) agreed before any time counted. The share is of Gatun's time in the row: "
                + "of arithmetic (FMA), or of reading weights from a cache (L2, L3).");
        for (String peer : outcomes.stream().map(Outcome::peer).filter(name -> !name.isEmpty()).distinct().toList()) {
            picture(Charts.ratios(outcomes, peer),
                    "ratios-" + peer.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
        }
        for (int threads : outcomes.stream().map(Outcome::threads).distinct().sorted().toList()) {
            picture(Charts.latency(outcomes, threads), "latency-" + threads);
        }
    }

    private void starts(List<Starts.Entry> entries) throws IOException {
        List<String> rows = new ArrayList<>(List.of("| engine | ms | / Gatun | least to most |", "|---|---|---|---|"));
        double ours = entries.getFirst().median();
        for (Starts.Entry entry : entries) {
            var all = java.util.Arrays.stream(entry.nanos()).summaryStatistics();
            rows.add("| " + entry.name() + " | " + Format.digits(entry.median() / 1e6) + " | "
                    + Format.digits(entry.median() / ours) + " | " + Format.digits(all.getMin() / 1e6) + " to "
                    + Format.digits(all.getMax() / 1e6) + " |");
        }
        section("JVM start to first SEED1 prediction", rows);
        picture(Charts.starts(entries), "start");
    }

    private void scaling(List<ThreadScaling.Point> points, Machine machine) throws IOException {
        section("Scaling", List.of("Inference with two LSTM layers, one size growing at a time."));
        for (ThreadScaling.Axis axis : ThreadScaling.Axis.values()) {
            picture(Charts.scaling(axis, points, machine.roofs()),
                    "scaling-" + axis.name().toLowerCase(java.util.Locale.ROOT));
            lines.add("");
            lines.addAll(ReportRows.scaling(axis, points));
        }
    }
}
