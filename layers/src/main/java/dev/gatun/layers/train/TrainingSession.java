package dev.gatun.layers.train;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.Reductions;
import dev.gatun.engine.kernel.scalar.ScalarReductions;
import dev.gatun.layers.runtime.Network;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Step after step on one model with one optimizer state. The steps themselves allocate nothing. What a later training needs
 * is kept with the model at {@link #keep} and at no other moment: between two of them a training may end anywhere.
 */
final class TrainingSession implements AutoCloseable {

    private static final int CHUNK = 1 << 24;

    private final Network network;
    private final OptimizerState state;
    private final List<ParameterBlock> kept;
    private final TensorArena arena;
    private final ParameterBlock weights;
    private final ParameterBlock gradients;
    private final MemorySegment gradientBytes;
    private final long seed;
    private long epochsDone;

    private TrainingSession(Network network, TensorArena arena, OptimizerState state, List<ParameterBlock> kept,
            long seed,
            long epochsDone) {
        this.network = network;
        this.state = state;
        this.kept = kept;
        this.seed = seed;
        this.epochsDone = epochsDone;
        this.weights = network.parameters();
        this.gradients = network.gradients();
        this.gradientBytes = gradients.segment().asSlice(0, gradients.bytes());
        this.arena = arena;
    }

    /** Begins anew; what an earlier training has left is given up at the first {@link #keep}. */
    static TrainingSession start(Network network, Optimizer optimizer, long seed) {
        return open(network, seed, 0, network.moments(optimizer.slots()),
                arena -> OptimizerState.start(optimizer, network.parameters(), arena));
    }

    /**
     * Goes on from the state kept with the network.
     *
     * @throws IllegalStateException if there is none
     */
    static TrainingSession resume(Network network) {
        TrainingState state = kept(network);
        return open(network, state.seed(), state.epochs(), network.moments(state.slots().size()),
                arena -> OptimizerState.copy(state, network.parameters(), arena));
    }

    /**
     * As {@link #resume}, but steps change the kept moments themselves: for a single step, which is made whole or not at all.
     *
     * @throws IllegalStateException if there is none
     */
    static TrainingSession resumeInPlace(Network network) {
        TrainingState state = kept(network);
        return open(network, state.seed(), state.epochs(), state.slots(), arena -> OptimizerState.resume(state, arena));
    }

    private static TrainingState kept(Network network) {
        TrainingState state = TrainingState.of(network)
                .orElseThrow(() -> new IllegalStateException("Model '" + network.name()
                        + "' has no training to resume; "
                        + "train it first, or load a model that was saved after training, or leave out resume()"));
        for (ParameterBlock slot : state.slots()) {
            network.parameters().requireTwin(slot, "Trainer.resume");
        }
        return state;
    }

    private static TrainingSession open(Network network, long seed, long epochsDone, List<ParameterBlock> kept,
            Function<TensorArena, OptimizerState> state) {
        TensorArena arena = network.arena().child("training");
        try {
            return new TrainingSession(network, arena, state.apply(arena), kept, seed, epochsDone);
        } catch (RuntimeException | Error failed) {
            arena.close();
            throw failed;
        }
    }

    OptimizerState state() {
        return state;
    }

    /** Memory that goes with the session. */
    TensorArena arena() {
        return arena;
    }

    long seed() {
        return seed;
    }

    /** Epochs done, those before a resumption included. */
    long epochsDone() {
        return epochsDone;
    }

    void epochDone() {
        epochsDone++;
    }

    /** Forward, loss, backward, clipping, update on a loaded batch; no update if the loss is not a finite number. */
    void step(Batch batch, LossAccumulator tally) {
        batch.forward(seed, state.steps());
        batch.measure(tally);
        if (Double.isFinite(tally.batchLoss())) {
            gradientBytes.fill((byte) 0);
            batch.backward();
            state.step(weights, gradients, network.team());
        }
    }

    /** Whether every weight is a finite number. */
    boolean isFinite() {
        for (long at = 0; at < weights.bytes(); at += (long) CHUNK * Float.BYTES) {
            int count = (int) Math.min(CHUNK, (weights.bytes() - at) / Float.BYTES);
            boolean finite = KernelChoice.SCALAR
                    ? ScalarReductions.allFinite(weights.segment(), at, count)
                    : Reductions.allFinite(weights.segment(), at, count);
            if (!finite) {
                return false;
            }
        }
        return true;
    }

    /** Leaves with the model what a later training needs to go on. */
    void keep() {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put(TrainingState.STEPS, state.steps());
        progress.put(TrainingState.EPOCHS, epochsDone);
        progress.put(TrainingState.SEED, seed);
        progress.put(TrainingState.OPTIMIZER_NUMBERS, kept.size() * network.parameterCount() + 2);
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i) != state.slots().get(i)) {
                state.slots().get(i).copyTo(kept.get(i));
            }
        }
        network.progress(new TrainingState(state.optimizer().toConfig(), progress, kept));
    }

    @Override
    public void close() {
        arena.close();
    }
}
