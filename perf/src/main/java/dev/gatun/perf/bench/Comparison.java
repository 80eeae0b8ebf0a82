package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.roof.Roof;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Two machines' results side by side, as Markdown; what only one has leaves the other's place empty.
 *
 * @param left      of the first machine
 * @param right     of the second
 * @param leftName  over the first machine's columns
 * @param rightName over the second's
 */
public record Comparison(Results left, Results right, String leftName, String rightName) {

    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("# Two machines", ""));
        lines.addAll(machines());
        section(lines, "Gatun", tasks());
        section(lines, "Peers: their time / Gatun's", peers());
        section(lines, "Users' questions", answers());
        section(lines, "JVM start to first SEED1 prediction", starts());
        return lines;
    }

    /** Nothing where a table has no rows under its head. */
    private static void section(List<String> lines, String title, List<String> table) {
        if (table.size() > 2) {
            lines.addAll(List.of("", "## " + title, ""));
            lines.addAll(table);
        }
    }

    private List<String> machines() {
        List<String> rows = head(" ", leftName, rightName);
        rows.add(fact("processor", machine -> machine.processor() + ", " + machine.cores() + " cores"));
        rows.add(fact("system", Machine::system));
        rows.add(fact("caches", Machine::caches));
        rows.add(fact("JDK", Machine::jdk));
        rows.add(fact("kernels", Machine::kernels));
        rows.add(fact("options", machine -> String.join(" ", machine.options())));
        rows.add(fact("peers", machine -> String.join(", ", machine.peers())));
        rows.add(fact("load", machine -> Format.digits(machine.load())));
        for (int threads : threads()) {
            rows.add(fact("FMA; read L1, L2, L3, threads: " + threads, machine -> machine.roofs().stream()
                    .filter(roof -> roof.threads() == threads).findFirst().map(Comparison::roof).orElse("")));
        }
        return rows;
    }

    private TreeSet<Integer> threads() {
        TreeSet<Integer> all = new TreeSet<>();
        Stream.of(left, right).flatMap(results -> results.machine().roofs().stream()).map(Roof::threads)
                .forEach(all::add);
        return all;
    }

    private static String roof(Roof roof) {
        return Format.digits(roof.flops() / 1e9) + " GFLOP/s; " + Format.digits(roof.l1() / 1e9) + ", "
                + Format.digits(roof.l2() / 1e9) + ", " + Format.digits(roof.l3() / 1e9) + " GB/s";
    }

    private String fact(String name, Function<Machine, String> fact) {
        return row(name, fact.apply(left.machine()), fact.apply(right.machine()));
    }

    private List<String> tasks() {
        List<String> rows = head(
                "task", "threads", leftName, rightName, leftName + " / " + rightName, "roof", "share, " + leftName,
                "share, " + rightName);
        for (Task task : Task.values()) {
            for (int threads : threads()) {
                Share a = share(left, task, threads);
                Share b = share(right, task, threads);
                if (a != null || b != null) {
                    rows.add(row(
                            task.title(), String.valueOf(threads), time(a), time(b),
                            a == null || b == null ? "" : Format.digits(a.nanos() / b.nanos()), task.bound().name(),
                            a == null ? "" : Format.percent(a.part()), b == null ? "" : Format.percent(b.part())));
                }
            }
        }
        return rows;
    }

    private static Share share(Results results, Task task, int threads) {
        return results.shares().stream().filter(share -> share.task() == task && share.threads() == threads)
                .findFirst().orElse(null);
    }

    private static String time(Share share) {
        if (share == null) {
            return "";
        }
        return Format.time(share.nanos()) + (share.p99() == null ? "" : " p50, " + Format.time(share.p99()) + " p99");
    }

    private List<String> peers() {
        List<String> rows = head("task", "threads", "peer", leftName, rightName);
        Function<Outcome, String> key = outcome -> outcome.task().title() + " | " + outcome.threads() + " | "
                + outcome.peer();
        both(results -> results.outcomes().stream().filter(outcome -> outcome.theirs() != null).map(key))
                .forEach(each -> rows.add(row(each, ratio(left, key, each), ratio(right, key, each))));
        return rows;
    }

    private static String ratio(Results results, Function<Outcome, String> key, String wanted) {
        return results.outcomes().stream().filter(outcome -> outcome.theirs() != null)
                .filter(outcome -> key.apply(outcome).equals(wanted)).findFirst()
                .map(outcome -> Format.digits(outcome.ratio())).orElse("");
    }

    private List<String> answers() {
        List<String> rows = head("task", "threads", leftName, "reached", rightName, "reached");
        Function<Answer, String> key = answer -> answer.task().title() + " | " + answer.threads();
        both(results -> results.answers().stream().map(key))
                .forEach(each -> rows.add(row(each, answer(left, key, each), answer(right, key, each))));
        return rows;
    }

    private static String answer(Results results, Function<Answer, String> key, String wanted) {
        return results.answers().stream().filter(answer -> key.apply(answer).equals(wanted)).findFirst()
                .map(answer -> answer.said() + " | " + answer.verdict()).orElse(" | ");
    }

    private List<String> starts() {
        List<String> rows = head("engine", leftName, rightName);
        both(results -> results.starts().stream().map(Starts.Entry::name))
                .forEach(each -> rows.add(row(each, start(left, each), start(right, each))));
        return rows;
    }

    private static String start(Results results, String name) {
        return results.starts().stream().filter(entry -> entry.name().equals(name)).findFirst()
                .map(entry -> Format.time(entry.median())).orElse("");
    }

    /** What either has, in the first one's order. */
    private List<String> both(Function<Results, Stream<String>> keys) {
        return Stream.concat(keys.apply(left), keys.apply(right)).distinct().toList();
    }

    private static List<String> head(String... columns) {
        return new ArrayList<>(List.of(row(columns), "|" + "---|".repeat(columns.length)));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
