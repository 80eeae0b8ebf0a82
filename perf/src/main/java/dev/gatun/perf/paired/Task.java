package dev.gatun.perf.paired;

import dev.gatun.perf.Stack;
import dev.gatun.perf.Workload;
import java.util.Arrays;
import java.util.List;

/** Everything there is a paired figure of. */
public enum Task {
    GEMM_512(new Sizes(512, 512, 512)), GEMM_1024(new Sizes(1024, 1024, 1024)), GEMM_WIDE(
            new Sizes(6400, 256, 2048)), STEP(Kind.STEP, Workload.STEP), SEQ(Kind.FORWARD, Workload.SEQ), SEED1(
                    Kind.FORWARD, Workload.SEED1), SEED2(Kind.FORWARD, Workload.SEED2), BATCH(Kind.FORWARD,
                            Workload.BATCH), LARGE(Kind.FORWARD, Workload.LARGE), TRAIN_SEED1(Kind.TRAIN,
                                    Workload.SEED1), TRAIN_MID(Kind.TRAIN, Workload.MID), TRAIN_BATCH(Kind.TRAIN,
                                            Workload.BATCH), START(Kind.START, Workload.SEED1);

    private final Kind kind;
    private final Workload workload;
    private final Sizes sizes;

    Task(Sizes sizes) {
        this.kind = Kind.GEMM;
        this.workload = null;
        this.sizes = sizes;
    }

    Task(Kind kind, Workload workload) {
        this.kind = kind;
        this.workload = workload;
        this.sizes = null;
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

    /** The stack; null for a product. */
    public Stack stack() {
        return workload == null ? null : workload.stack();
    }

    /** The sizes of a product; null for others. */
    public Sizes sizes() {
        return sizes;
    }

    /** Operations in the products of one run; the backward pass has twice those of the forward pass. */
    public double flops() {
        return switch (kind) {
            case GEMM -> sizes.flops();
            case TRAIN -> 3 * stack().forwardFlops();
            default -> stack().forwardFlops();
        };
    }
}
