package dev.gatun.engine.start;

import dev.gatun.engine.kernel.GruGates;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.ReluLstmGates;
import dev.gatun.engine.kernel.Slopes;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The cells' elementwise kernels. Those that are no LSTM's are measured against its twins, which are as slow as theirs: five
 * functions there, three here.
 *
 * @param memory    for all of them
 * @param strides   of an LSTM
 * @param gates     where gates lie, and their gradients
 * @param state     where states lie
 * @param result    what is written
 * @param scratch   of a way back
 * @param rows      how many
 */
record GateKernels(MemorySegment memory, LstmStrides strides, long gates, long state, long result, long scratch,
        int rows) {

    /** Of a GRU, whose four strips lie as an LSTM's. */
    private GruStrides gru() {
        return new GruStrides(strides.gate(), strides.z(), strides.z(), strides.h(), strides.h());
    }

    private Runnable forwardTwin() {
        return () -> ScalarLstmGates.forward(memory, strides, gates, state, state, result, rows);
    }

    private Runnable backwardTwin() {
        return () -> ScalarLstmGates.backward(memory, strides, gates, state, state, result, result, scratch, rows);
    }

    /** Those that predict. Also in the two stages of a GRU whose reset gate comes before the product. */
    List<KernelPair> forward() {
        long candidate = gates + 2 * strides.gate();
        return List.of(
                new KernelPair(() -> LstmGates.forward(memory, strides, gates, state, state, result, rows),
                        forwardTwin()),
                new KernelPair(() -> ReluLstmGates.forward(memory, strides, gates, state, state, result, rows),
                        forwardTwin()),
                new KernelPair(() -> {
                    GruGates.forward(memory, gru(), gates, candidate, candidate + strides.gate(), state, result, rows);
                    GruGates.forwardReset(memory, gru(), gates, state, result, rows);
                }, forwardTwin()));
    }

    /** Those of the way back. */
    List<KernelPair> backward() {
        long candidate = gates + 2 * strides.gate();
        return List.of(
                new KernelPair(
                        () -> LstmGates.backward(memory, strides, gates, state, state, result, result, scratch, rows),
                        backwardTwin()),
                new KernelPair(
                        () -> ReluLstmGates.backward(memory, strides, gates, state, state, result, result, rows),
                        backwardTwin()),
                new KernelPair(
                        () -> GruGates.backward(memory, gru(), gates, candidate, candidate + strides.gate(), state,
                                result, rows),
                        backwardTwin()),
                new KernelPair(() -> {
                    GruGates.backwardState(memory, gru(), gates, candidate, state, result, rows);
                    GruGates.backwardReset(memory, gru(), gates, state, scratch, result, rows);
                    Slopes.tanh(memory, state, strides.h(), result, strides.h(), gates, strides.z(), rows);
                    Slopes.relu(memory, state, strides.h(), result, strides.h(), gates, strides.z(), rows);
                }, backwardTwin()));
    }
}
