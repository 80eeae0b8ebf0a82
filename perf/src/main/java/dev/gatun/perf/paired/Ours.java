package dev.gatun.perf.paired;

/** Gatun's side. */
public final class Ours {

    /** As it stands in tables. */
    public static final String NAME = "Gatun";

    private Ours() {}

    public static Contender open(Task task, int threads, Material material) {
        return switch (task.kind()) {
            case GEMM -> new OurGemm(task.sizes(), threads, material.x(), material.y());
            case FORWARD -> new OurForward(task.net(), threads, material.x());
            case STEP -> new OurStep(task.stack(), threads, material.x());
            case PREDICT -> new OurPredict(task.stack(), threads, material.x(), material.y());
            case TRAIN -> new OurTraining(task.net(), threads, material.x(), material.y());
            case START -> throw new IllegalArgumentException("A start is timed from outside");
        };
    }
}
