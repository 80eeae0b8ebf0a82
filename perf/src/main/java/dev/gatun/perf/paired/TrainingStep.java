package dev.gatun.perf.paired;

import java.util.Optional;

/** Gatun's own training step as the other side of {@link Kind#PREDICT}: a prediction must not take longer. */
public final class TrainingStep implements Peer {

    @Override
    public String name() {
        return "a training step";
    }

    @Override
    public Asked asked() {
        return Asked.ALWAYS;
    }

    @Override
    public boolean offers(Task task) {
        return task.kind() == Kind.PREDICT;
    }

    @Override
    public Optional<String> refusal(Processor processor) {
        return Optional.empty();
    }

    @Override
    public Contender open(Task task, int threads, Material material) {
        return new OurTraining(task.net(), threads, material.x(), material.y());
    }
}
