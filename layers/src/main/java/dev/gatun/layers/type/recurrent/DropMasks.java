package dev.gatun.layers.type.recurrent;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.plan.RunContext;
import java.util.List;

/**
 * Dropout's masks of a call: 0, or 1 / (1 - rate), a row for each sample that serves all steps of a batch. Each number is drawn
 * from a counter of training step, call, sample, gate and column, so that it depends on no thread and no plan.
 */
final class DropMasks {

    /** Where the numbers of h's masks begin in a call's stream, behind those of every input. */
    static final long OF_STATE = 1L << 40;

    private final Kind input;
    private final Kind state;
    private final long call;
    private boolean isGiven;

    /**
     * The masks of what is read.
     *
     * @param masks   one, or one for each gate
     * @param columns of each
     * @param rate    share that falls
     * @param first   of their numbers in the stream
     */
    record Kind(List<RowsView> masks, int columns, float rate, long first) {

        /** Sample after sample, of each the masks of all gates. */
        void draw(RunContext run, long stream, int batch) {
            float kept = 1f / (1f - rate);
            for (int sample = 0; sample < batch; sample++) {
                for (int gate = 0; gate < masks.size(); gate++) {
                    long number = first + ((long) sample * masks.size() + gate) * columns;
                    long at = masks.get(gate).at(sample);
                    for (int i = 0; i < columns; i++) {
                        boolean falls = Philox.uniform(run.seed(), stream, number + i) < rate;
                        masks.get(gate).segment().set(JAVA_FLOAT, at + (long) i * Float.BYTES, falls ? 0f : kept);
                    }
                }
            }
        }

        /** One mask [B, columns] for all gates, or one for each. */
        void take(List<float[]> given) {
            for (int gate = 0; gate < masks.size(); gate++) {
                float[] numbers = given.get(given.size() == 1 ? 0 : gate);
                for (int i = 0; i < numbers.length; i++) {
                    long at = masks.get(gate).at(i / columns) + (long) (i % columns) * Float.BYTES;
                    masks.get(gate).segment().set(JAVA_FLOAT, at, numbers[i]);
                }
            }
        }
    }

    /** @param call number of the call's stream of random numbers */
    DropMasks(Kind input, Kind state, long call) {
        this.input = input;
        this.state = state;
        this.call = call;
    }

    /** The one mask of the input that serves all gates. */
    RowsView ofInput() {
        return input.masks().getFirst();
    }

    /** Before a run: the masks of its batch. */
    void draw(RunContext run, int batch) {
        if (isGiven) {
            return;
        }
        long stream = run.step() << 20 | call;
        input.draw(run, stream, batch);
        state.draw(run, stream, batch);
    }

    /** For tests: masks [B,I] and [B,U] instead of those that are drawn; a list of one, or one for each gate, or none. */
    void give(List<float[]> ofInput, List<float[]> ofState) {
        isGiven = true;
        input.take(ofInput);
        state.take(ofState);
    }
}
