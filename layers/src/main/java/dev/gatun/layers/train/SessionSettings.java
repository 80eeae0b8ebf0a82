package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;

/**
 * What makes the steps, and where they begin.
 *
 * @param optimizer of a training that begins anew
 * @param seed      of shuffling and dropout, likewise
 * @param isResumed whether the training kept with the network goes on instead, with its own optimizer and seed
 * @param chunk     steps of a sequence that gradients go through; {@link #WHOLE} for all
 */
record SessionSettings(Optimizer optimizer, long seed, boolean isResumed, int chunk) {

    /** Longer than any sequence. */
    static final int WHOLE = Integer.MAX_VALUE;

    SessionSettings withOptimizer(Optimizer other) {
        return new SessionSettings(other, seed, isResumed, chunk);
    }

    SessionSettings withSeed(long other) {
        return new SessionSettings(optimizer, other, isResumed, chunk);
    }

    SessionSettings resumed() {
        return new SessionSettings(optimizer, seed, true, chunk);
    }

    SessionSettings inChunks(int steps) {
        return new SessionSettings(optimizer, seed, isResumed, steps);
    }

    TrainingSession session(Network network) {
        return isResumed ? TrainingSession.resume(network) : TrainingSession.start(network, optimizer, seed);
    }

    /** Of a single step: goes on with the moments that are kept, if they are of an optimizer like this one. */
    TrainingSession sessionOfOneStep(Network network) {
        if (!isResumed && !hasMoments(network)) {
            return TrainingSession.start(network, optimizer, seed);
        }
        TrainingSession session = TrainingSession.resumeInPlace(network);
        if (!isResumed) {
            session.state().learningRate(optimizer.learningRate());
        }
        return session;
    }

    private boolean hasMoments(Network network) {
        return TrainingState.of(network)
                .map(state -> Optimizer.fromConfig(state.optimizer()).learningRate(1).toConfig())
                .filter(optimizer.learningRate(1).toConfig()::equals)
                .isPresent();
    }
}
