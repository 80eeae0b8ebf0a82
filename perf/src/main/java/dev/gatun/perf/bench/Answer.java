package dev.gatun.perf.bench;

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
    public Boolean reached() {
        if (aim == null) {
            return null;
        }
        return question == Question.PREDICT ? figure >= aim : figure <= aim;
    }

    /**
     * All that a run has.
     *
     * @param shares of the same outcomes: one for each task, whatever peers it ran with
     * @param bits   width of vectors
     */
    public static List<Answer> of(List<Outcome> outcomes, List<Share> shares, int bits) {
        List<Answer> answers = new ArrayList<>();
        for (Question question : Question.values()) {
            if (question == Question.PREDICT) {
                outcomes.stream().filter(outcome -> question.tasks().contains(outcome.task()))
                        .forEach(outcome -> answers.add(beside(outcome, bits)));
            } else {
                shares.stream().filter(share -> question.tasks().contains(share.task()))
                        .forEach(share -> answers.add(time(question, share, bits)));
            }
        }
        return answers;
    }

    private static Answer beside(Outcome outcome, int bits) {
        double least = Arrays.stream(outcome.ratios()).min().orElseThrow();
        String said = "predict " + Format.time(outcome.ours().median()) + ", training step "
                + Format.time(outcome.theirs().median()) + ": " + Format.digits(outcome.ratio())
                + " times as long, at least " + Format.digits(least);
        return new Answer(
                Question.PREDICT, outcome.task(), outcome.threads(), least,
                Question.PREDICT.aim(outcome.threads(), bits), said);
    }

    private static Answer time(Question question, Share share, int bits) {
        boolean singles = share.p99() != null;
        String said = singles
                ? "p50 " + Format.time(share.nanos()) + ", p99 " + Format.time(share.p99())
                : Format.time(share.nanos());
        return new Answer(
                question, share.task(), share.threads(), singles ? share.p99() : share.nanos(),
                question.aim(share.threads(), bits), said);
    }

    /** A Markdown table for each question that has answers. */
    public static List<String> tables(List<Answer> answers) {
        List<String> lines = new ArrayList<>();
        for (Question question : Question.values()) {
            List<Answer> own = answers.stream().filter(answer -> answer.question == question).toList();
            if (own.isEmpty()) {
                continue;
            }
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(List.of(
                    "Users ask: " + question.words(), "", "| task | threads | Gatun | aim | reached |",
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
