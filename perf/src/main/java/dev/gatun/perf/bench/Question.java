package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Task;
import java.util.List;

/** What users of other engines asked, where the answer is a figure. */
public enum Question {
    /** A prediction took 15 to 20 times as long as a training step. */
    PREDICT("is a predict never slower than a training step of the same size? (deeplearning4j #10168)", List
            .of(Task.QUESTION_PREDICT_SINGLE, Task.QUESTION_PREDICT_SEED1, Task.QUESTION_PREDICT_MID,
                    Task.QUESTION_PREDICT_FIT)) {

        @Override
        Double aim(int threads, int bits) {
            return 1.0;
        }
    },
    /** One sequence at a time, p99 of 189 ms where 100 were wanted. */
    ONLINE("how late is a single sequence of (120, 33) through LSTM 256 > 256 > Dense 256 > 128? (deeplearning4j #4010)",
            List
                    .of(Task.QUESTION_ONLINE)) {

        @Override
        Double aim(int threads, int bits) {
            return threads == AIMED_THREADS ? 5e6 : null;
        }
    },
    /** It took 200 s. */
    LONG("how long does (8, 2000, 256) take through 2 x LSTM 256? (pytorch #81634)", List.of(Task.QUESTION_LONG)) {

        @Override
        Double aim(int threads, int bits) {
            if (threads != AIMED_THREADS || bits < 256) {
                return null;
            }
            return bits == 256 ? 0.27e9 : 0.2e9;
        }
    };

    /** Times are wanted of two threads. */
    private static final int AIMED_THREADS = 2;

    private final String words;
    private final List<Task> tasks;

    Question(String words, List<Task> tasks) {
        this.words = words;
        this.tasks = tasks;
    }

    /** As it was asked. */
    String words() {
        return words;
    }

    /** What answers it. */
    List<Task> tasks() {
        return tasks;
    }

    /**
     * What the figure should be: of {@link #PREDICT} at least, of times, in nanoseconds, at most.
     *
     * @param bits width of vectors
     * @return null if nothing was asked of so many threads at that width
     */
    abstract Double aim(int threads, int bits);
}
