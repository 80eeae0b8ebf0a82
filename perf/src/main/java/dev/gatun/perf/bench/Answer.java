package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Latency;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A figure that answers a question.
 *
 * @param task    that gave it
 * @param threads of the task
 * @param figure  of {@link Question#PREDICT} the least ratio of training step to predict, else nanoseconds: of single times
 *                their 99th percentile
 * @param aim     what it should be; null if nothing was asked
 * @param said    the figure with others beside it
 */
public record Answer(Question question, Task task, int threads, double figure, Double aim, String said) {

    /** Whether the aim is reached; null without one. */
    Boolean reached() {
        if (aim == null) {
            return null;
        }
        return question == Question.PREDICT ? figure >= aim : figure <= aim;
    }

    /** All that the outcomes have. */
    static List<Answer> of(List<Outcome> outcomes, int bits) {
        List<Answer> answers = new ArrayList<>();
        for (Question question : Question.values()) {
            for (Outcome outcome : outcomes) {
                Double aim = question.aim(outcome.threads(), bits);
                if (question.tasks().contains(outcome.task())) {
                    answers.add(answer(question, outcome, aim));
                }
            }
        }
        return answers;
    }

    private static Answer answer(Question question, Outcome outcome, Double aim) {
        Measured ours = outcome.ours();
        Latency latency = ours.latency();
        double figure;
        String said;
        if (question == Question.PREDICT) {
            figure = Arrays.stream(outcome.ratios()).min().orElseThrow();
            said = "predict " + Format.time(ours.median()) + ", training step "
                    + Format.time(outcome.theirs().median()) + ": " + Format.digits(outcome.ratio())
                    + " times as long, at least " + Format.digits(figure);
        } else if (latency != null) {
            figure = latency.p99();
            said = "p50 " + Format.time(latency.p50()) + ", p99 " + Format.time(figure);
        } else {
            figure = ours.median();
            said = Format.time(figure);
        }
        return new Answer(question, outcome.task(), outcome.threads(), figure, aim, said);
    }

    /** A Markdown table for each question that has answers. */
    static List<String> tables(List<Answer> answers) {
        List<String> lines = new ArrayList<>();
        for (Question question : Question.values()) {
            List<Answer> own = answers.stream().filter(answer -> answer.question == question).toList();
            if (own.isEmpty()) {
                continue;
            }
            lines.addAll(List.of(
                    "", "Users ask: " + question.words(), "", "| task | threads | Gatun | aim | reached |",
                    "|---|---|---|---|---|"));
            own.forEach(answer -> lines.add(
                    "| " + answer.task.title() + " | " + answer.threads + " | " + answer.said + " | "
                            + answer.aimed() + " | " + answer.verdict() + " |"));
        }
        return lines;
    }

    /** The aim in words; empty without one. */
    String aimed() {
        if (aim == null) {
            return "";
        }
        return question == Question.PREDICT
                ? "at least " + Format.digits(aim) + " in every round"
                : "at most " + Format.time(aim) + (question == Question.ONLINE ? " p99" : "");
    }

    /** Yes or no; empty without an aim. */
    String verdict() {
        if (aim == null) {
            return "";
        }
        return reached() ? "yes" : "**no**";
    }
}
