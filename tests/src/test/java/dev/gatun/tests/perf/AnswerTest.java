package dev.gatun.tests.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Shape;
import dev.gatun.perf.bench.Answer;
import dev.gatun.perf.paired.Outcome;
import dev.gatun.perf.paired.Pace;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Users' questions, answered from given figures.
final class AnswerTest {

    private static Answer answer(Outcome outcome, int bits) {
        return answers(bits, outcome).getFirst();
    }

    private static List<Answer> answers(int bits, Outcome... outcomes) {
        return Figures.results(Figures.machine("one", bits), outcomes).answers();
    }

    @Test
    void aPredictIsNeverSlowerThanATrainingStep() {
        double[] predict = {1e6, 1e6, 1e6};
        Answer faster = answer(Figures.beside(Task.QUESTION_PREDICT_MID, 1, "a training step", predict,
                new double[] {3e6, 1.1e6, 3e6}), 256);
        assertEquals(1.1, faster.figure(), 1e-12, "the worst round");
        assertTrue(faster.reached());
        Answer onceSlower = answer(Figures.beside(Task.QUESTION_PREDICT_MID, 1, "a training step", predict,
                new double[] {3e6, 0.9e6, 3e6}), 256);
        assertEquals(false, onceSlower.reached());
        assertTrue(Answer.tables(List.of(onceSlower)).getLast().endsWith("| at least 1.00 in every round | **no** |"));
    }

    @Test
    void aSingleSequenceIsJudgedByItsSlowestPercent() {
        assertTrue(answer(Figures.late(Task.QUESTION_ONLINE, 2, 3_000_000, 4_900_000), 256).reached());
        assertEquals(false, answer(Figures.late(Task.QUESTION_ONLINE, 2, 3_000_000, 5_100_000), 256).reached());
        assertNull(answer(Figures.late(Task.QUESTION_ONLINE, 1, 3_000_000, 9_000_000), 256).reached(),
                "nothing is asked of one thread");
    }

    @Test
    void longSequencesHaveAnAimForEachWidth() {
        Outcome quarter = Figures.alone(Task.QUESTION_LONG, 2, 0.25e9);
        assertTrue(answer(quarter, 256).reached());
        assertEquals(false, answer(quarter, 512).reached());
        assertNull(answer(quarter, 128).aim());
    }

    @Test
    void severalPeersGiveOneAnswer() {
        double[] theirs = {1e9, 1e9};
        List<Answer> answers = answers(256,
                Figures.beside(Task.QUESTION_LONG, 2, "A", new double[] {0.2e9, 0.2e9}, theirs),
                Figures.beside(Task.QUESTION_LONG, 2, "B", new double[] {0.3e9, 0.3e9}, theirs));
        assertEquals(List.of(0.25e9), answers.stream().map(Answer::figure).toList());
    }

    @Test
    void otherTasksAnswerNothing() {
        assertEquals(List.of(), answers(512, Figures.alone(Task.SEED1, 2, 1e6)));
    }

    @Test
    void theQuestionsHaveANameTogether() {
        assertEquals(6, Task.named("question").size());
        assertEquals(List.of(Task.QUESTION_ONLINE), Task.named("QUESTION-ONLINE"));
    }

    @Test
    void theSingleSequenceIsTheOneThatWasAskedAbout() {
        Stack stack = Workload.ONLINE.stack();
        assertEquals(Shape.of(1, 120, 33), stack.shape());
        assertEquals(Shape.of(1, 128), stack.outputShape());
        double perStep = 8.0 * 256 * (33 + 256) + 8.0 * 256 * (256 + 256);
        assertEquals(120 * perStep + 2.0 * 256 * 256 + 2.0 * 256 * 128, stack.forwardFlops());
        try (var model = stack.model()) {
            assertEquals(6 + 4, model.weights().size());
        }
        assertEquals(200, Task.QUESTION_ONLINE.singles(Pace.quick(3)));
        assertEquals(0, Task.QUESTION_LONG.singles(Pace.quick(3)));
    }
}
