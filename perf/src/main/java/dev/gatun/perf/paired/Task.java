package dev.gatun.perf.paired;

import dev.gatun.perf.workload.Net;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.workload.Workload;
import dev.gatun.perf.roof.Bound;
import java.util.Arrays;
import java.util.List;

/** Everything there is a paired figure of. */
public enum Task {
    /** A product of matrices that stay in a cache. */
    GEMM_512(new Sizes(512, 512, 512)),
    /** A product of larger ones. */
    GEMM_1024(new Sizes(1024, 1024, 1024)),
    /** The inputs of {@link #BATCH}, all steps at once. */
    GEMM_WIDE(new Sizes(6400, 256, 2048)),
    /** One time step a call. */
    STEP(Kind.STEP, Workload.STEP, Bound.L2),
    /** One sequence a call. */
    SEQ(Kind.FORWARD, Workload.SEQ, Bound.L2),
    /** A small stack. */
    SEED1(Kind.FORWARD, Workload.SEED1, Bound.FMA),
    /** Another one, with an output for each step. */
    SEED2(Kind.FORWARD, Workload.SEED2, Bound.FMA),
    /** Many rows, many units. */
    BATCH(Kind.FORWARD, Workload.BATCH, Bound.FMA),
    /** One sequence, weights that no L2 holds. */
    LARGE(Kind.FORWARD, Workload.LARGE, Bound.L3),
    /** A training step of the small stack. */
    TRAIN_SEED1(Kind.TRAIN, Workload.SEED1, Bound.FMA),
    /** A training step in the middle. */
    TRAIN_MID(Kind.TRAIN, Workload.MID, Bound.FMA),
    /** A training step of many rows and units. */
    TRAIN_BATCH(Kind.TRAIN, Workload.BATCH, Bound.FMA),
    /** The stack in the middle, of GRU layers. */
    GRU_MID(Kind.FORWARD, Workload.GRU_MID, Bound.FMA),
    /** One sequence a call, GRU layers. */
    GRU_SEQ(Kind.FORWARD, Workload.GRU_SEQ, Bound.L2),
    /** LSTM layers in both directions. */
    BIDIRECTIONAL(Kind.FORWARD, Workload.BIDIRECTIONAL, Bound.FMA),
    /** A training step of GRU layers. */
    TRAIN_GRU_MID(Kind.TRAIN, Workload.GRU_MID, Bound.FMA),
    /** A training step of layers in both directions. */
    TRAIN_BIDIRECTIONAL(Kind.TRAIN, Workload.BIDIRECTIONAL, Bound.FMA),
    /** A convolution over time. */
    CONVOLUTION(Kind.FORWARD, Workload.CONVOLUTION, Bound.FMA),
    /** A sequence that attends to itself. */
    ATTENTION(Kind.FORWARD, Workload.ATTENTION, Bound.FMA),
    /** A training step of the convolution. */
    TRAIN_CONVOLUTION(Kind.TRAIN, Workload.CONVOLUTION, Bound.FMA),
    /** A training step of the attention. */
    TRAIN_ATTENTION(Kind.TRAIN, Workload.ATTENTION, Bound.FMA),
    /** A predict of one sequence. */
    QUESTION_PREDICT_SINGLE(Kind.PREDICT, Workload.SINGLE, Bound.L2),
    /** A predict of the small stack. */
    QUESTION_PREDICT_SEED1(Kind.PREDICT, Workload.SEED1, Bound.FMA),
    /** A predict in the middle. */
    QUESTION_PREDICT_MID(Kind.PREDICT, Workload.MID, Bound.FMA),
    /** A predict of as many sequences as a training step has. */
    QUESTION_PREDICT_FIT(Kind.PREDICT, Workload.FIT, Bound.FMA),
    /** One sequence as it comes; 2 MB of recurrent weights outgrow the L2 of most processors. */
    QUESTION_ONLINE(Kind.FORWARD, Workload.ONLINE, Bound.L3),
    /** Sequences of 2000 steps. */
    QUESTION_LONG(Kind.FORWARD, Workload.LONG, Bound.FMA),
    /** The first prediction of a JVM. */
    START(Kind.START, Workload.SEED1, Bound.FMA);

    /** Of calls that take milliseconds where a step takes microseconds. */
    private static final int STEPS_PER_CALL = 100;

    private final Kind kind;
    private final Workload workload;
    private final Sizes sizes;
    private final Bound bound;

    Task(Sizes sizes) {
        this.kind = Kind.GEMM;
        this.workload = null;
        this.sizes = sizes;
        this.bound = Bound.FMA;
    }

    Task(Kind kind, Workload workload, Bound bound) {
        this.kind = kind;
        this.workload = workload;
        this.sizes = null;
        this.bound = bound;
    }

    /** C[M,N] = A[M,K] B[K,N]. */
    public record Sizes(int m, int k, int n) {

        public double flops() {
            return 2.0 * m * k * n;
        }
    }

    /**
     * The tasks that a comma-separated list names, by whole names or by their beginnings: {@code TRAIN} is all trainings.
     *
     * @throws IllegalArgumentException naming the tasks there are
     */
    public static List<Task> named(String list) {
        List<String> words = Arrays.stream(list.toUpperCase(java.util.Locale.ROOT).replace('-', '_').split(","))
                .toList();
        for (String word : words) {
            if (Arrays.stream(values()).noneMatch(task -> task.is(word))) {
                throw new IllegalArgumentException("No task is named '" + word + "'; there are "
                        + Arrays.stream(values()).map(Task::title).toList());
            }
        }
        return Arrays.stream(values()).filter(task -> words.stream().anyMatch(task::is)).toList();
    }

    private boolean is(String word) {
        // SEED is both seeds, but STEP must not be found in a longer name that merely begins like it.
        return name().equals(word) || name().startsWith(word) && Arrays.stream(values()).noneMatch(
                other -> other.name().equals(word));
    }

    public String title() {
        return name().replace('_', '-');
    }

    public Kind kind() {
        return kind;
    }

    /** The network; null for a product. */
    public Net net() {
        return workload == null ? null : workload.net();
    }

    /** Whether the network is made of recurrent layers. */
    public boolean isStack() {
        return net() instanceof Stack;
    }

    /**
     * The network as a stack of recurrent layers.
     *
     * @throws ClassCastException if it is none
     */
    public Stack stack() {
        return (Stack) net();
    }

    /** The sizes of a product; null for others. */
    public Sizes sizes() {
        return sizes;
    }

    /** What it would wait for at its best. */
    public Bound bound() {
        return bound;
    }

    /** What one run does of that: operations, or bytes of weights read. */
    public double work() {
        return bound == Bound.FMA ? flops() : stack().weightBytesRead();
    }

    /** How many single times count, for percentiles; 0 if only whole blocks do. */
    public int singles(Pace pace) {
        return switch (this) {
            case STEP -> pace.steps();
            case QUESTION_ONLINE -> pace.steps() / STEPS_PER_CALL;
            default -> 0;
        };
    }

    /** Operations in the products of one run; the backward pass has twice those of the forward pass. */
    public double flops() {
        return switch (kind) {
            case GEMM -> sizes.flops();
            case TRAIN -> 3 * net().forwardFlops();
            default -> net().forwardFlops();
        };
    }
}
