package dev.gatun.perf.workload;

import dev.gatun.perf.workload.Stack.End;
import java.util.List;

/** The models and sizes every figure is about. */
public enum Workload {
    /** Batch 1, one step per call, in 64, 2 x LSTM 128. */
    STEP(new Stack(1, 1, 64, List.of(128, 128), End.LAST)),
    /** Batch 1, T 100, in 64, 2 x LSTM 128, Dense 1. */
    SEQ(new Stack(1, 100, 64, List.of(128, 128), End.DENSE)),
    /** Batch 32, T 10, in 1, LSTM 32-64-128, Dense 1. */
    SEED1(new Stack(32, 10, 1, List.of(32, 64, 128), End.DENSE)),
    /** Batch 32, T 20, in 10, LSTM 128-64-32, Dense 15 per step, sigmoid. */
    SEED2(new Stack(32, 20, 10, List.of(128, 64, 32), End.DENSE_PER_STEP)),
    /** Batch 32, T 50, in 32, 2 x LSTM 128, Dense 1. */
    MID(new Stack(32, 50, 32, List.of(128, 128), End.DENSE)),
    /** Batch 64, T 100, in 256, 2 x LSTM 512. */
    BATCH(new Stack(64, 100, 256, List.of(512, 512), End.LAST)),
    /** Batch 1, T 50, in 1024, 2 x LSTM 1024. */
    LARGE(new Stack(1, 50, 1024, List.of(1024, 1024), End.LAST)),
    /** Batch 128, T 50, in 32, 2 x LSTM 64, Dense 1. */
    FIT(new Stack(128, 50, 32, List.of(64, 64), End.DENSE)),
    /** One sequence of {@link #FIT}. */
    SINGLE(new Stack(1, 50, 32, List.of(64, 64), End.DENSE)),
    /** Batch 1, T 120, in 33, 2 x LSTM 256, Dense 256 and 128. */
    ONLINE(new Stack(1, 120, 33, List.of(256, 256), End.DENSE_TWICE)),
    /** Batch 8, T 2000, in 256, 2 x LSTM 256. */
    LONG(new Stack(8, 2000, 256, List.of(256, 256), End.LAST)),
    /** {@link #MID} with GRU layers. */
    GRU_MID(MID.stack().of(Cell.GRU)),
    /** {@link #SEQ} with GRU layers. */
    GRU_SEQ(SEQ.stack().of(Cell.GRU)),
    /** Batch 32, T 50, in 32, 2 x LSTM 128 in both directions, no biases, Dense 15 per step, sigmoid. */
    BIDIRECTIONAL(new Stack(32, 50, 32, List.of(128, 128), End.DENSE_PER_STEP).bidirectional()),
    /** Batch 32, T 128, Conv1D of 3 steps, 64 channels in and out. */
    CONVOLUTION(new Convolution(32, 128, 64, 64, 3)),
    /** Batch 32, T 64, in 128, 4 heads of 32. */
    ATTENTION(new SelfAttention(32, 64, 128, 4));

    private final Net net;

    Workload(Net net) {
        this.net = net;
    }

    public Net net() {
        return net;
    }

    /**
     * The same, if it is made of recurrent layers.
     *
     * @throws ClassCastException if it is not
     */
    public Stack stack() {
        return (Stack) net;
    }
}
