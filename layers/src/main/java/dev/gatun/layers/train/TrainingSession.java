package dev.gatun.layers.train;

import dev.gatun.engine.block.BlockReductions;
import dev.gatun.layers.runtime.BlockRanges;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.RowChanges;
import dev.gatun.layers.runtime.StepRanges;
import dev.gatun.layers.runtime.WeightPublisher;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Step after step on one model with one optimizer state. The steps themselves allocate nothing. What a later training needs
 * is kept with the model at {@link #keep} and at no other moment: between two of them a training may end anywhere, and with
 * {@link #guardWeights} the weights, and the states of stateful layers, then go back to the last of them.
 */
final class TrainingSession implements AutoCloseable {

    /** Odd, so that every batch of one update has a seed of its own; the first has the training's. */
    private static final long SEEDS_APART = 0x9E3779B97F4A7C15L;

    private final Network network;
    private final OptimizerState state;
    private final List<ParameterBlock> kept;
    private final TensorArena arena;
    private final ParameterBlock weights;
    private final ParameterBlock gradients;
    private final StepRanges ranges;
    private final WeightPenalties penalties;
    private final WeightConstraints constraints;
    private final long seed;
    private WeightPublisher publisher;
    private Map<String, Object> objective;
    private boolean isAccepted;
    private long epochsDone;
    private int batches;
    private boolean wasFinite;
    private boolean hasKept;

    private TrainingSession(Network network, TensorArena arena, RowChanges rows, OptimizerState state,
            List<ParameterBlock> kept, long seed, long epochsDone) {
        this.network = network;
        this.state = state;
        this.kept = kept;
        this.seed = seed;
        this.epochsDone = epochsDone;
        this.weights = network.parameters();
        this.gradients = network.gradients();
        this.ranges = StepRanges.of(weights, entry -> true, rows);
        this.arena = arena;
        this.penalties = new WeightPenalties(network, gradients, arena);
        this.constraints = new WeightConstraints(network, arena);
    }

    /** Begins anew; what an earlier training has left is given up at the first {@link #keep}. */
    static TrainingSession start(Network network, Optimizer optimizer, long seed) {
        return open(network, seed, 0, network.moments(optimizer.slots()),
                (arena, trained) -> OptimizerState.start(optimizer, network.parameters(), trained, arena));
    }

    /**
     * Goes on from the state kept with the network.
     *
     * @throws IllegalStateException if there is none
     */
    static TrainingSession resume(Network network) {
        TrainingState state = kept(network);
        return open(network, state.seed(), state.epochs(), network.moments(state.slots().size()),
                (arena, trained) -> OptimizerState.copy(state, network.parameters(), trained, arena));
    }

    /**
     * As {@link #resume}, but steps change the kept moments themselves: for a single step, which is made whole or not at all.
     *
     * @throws IllegalStateException if there is none
     */
    static TrainingSession resumeInPlace(Network network) {
        TrainingState state = kept(network);
        return open(network, state.seed(), state.epochs(), state.slots(), (arena, trained) -> {
            trained.rows().addAll();
            return OptimizerState.resume(state, trained, arena);
        });
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
            BiFunction<TensorArena, StepRanges, OptimizerState> state) {
        TensorArena arena = network.arena().child("training");
        try {
            RowChanges rows = network.weights().rowChanges();
            StepRanges trained = StepRanges.of(network.parameters(), network::isTrained, rows);
            return new TrainingSession(network, arena, rows, state.apply(arena, trained), kept, seed, epochsDone);
        } catch (RuntimeException | Error failed) {
            arena.close();
            throw failed;
        }
    }

    /** Makes what will own this session, or closes it. */
    TrainingLoop orClose(Supplier<TrainingLoop> made) {
        try {
            return made.get();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** What is made small, to be kept with the state. */
    void trains(Objective what) {
        objective = ObjectiveConfig.of(what).map(ObjectiveConfig::toConfig).orElse(null);
    }

    OptimizerState state() {
        return state;
    }

    /** Memory that goes with the session. */
    TensorArena arena() {
        return arena;
    }

    /** Fills in the order of samples in the epoch that is not done yet. */
    void shuffle(int[] order) {
        Shuffle.permute(order, seed, epochsDone);
    }

    /** Fills in the order of batches that have been put together otherwise, in the epoch that is not done yet. */
    void shuffleBatches(int[] batches) {
        Shuffle.permute(batches, seed ^ SEEDS_APART, epochsDone);
    }

    /** Epochs done, those before a resumption included. */
    long epochsDone() {
        return epochsDone;
    }

    void epochDone() {
        epochsDone++;
    }

    /**
     * From here on {@link #close} puts the weights back to the last {@link #keep}, or to what they are now; and that is what
     * predictors and streams read meanwhile.
     */
    void guardWeights() {
        publisher = network.publisher(arena);
        network.states().keep();
    }

    /** {@link #close} leaves the weights as they are then. */
    void acceptWeights() {
        isAccepted = true;
    }

    /**
     * Forward, loss, backward on a loaded batch: adds to the gradients of the next update, unless the loss is not a finite
     * number.
     */
    void accumulate(Batch batch, LossAccumulator losses) {
        batch.forward(seed ^ batches * SEEDS_APART, state.steps());
        batch.measure(losses);
        losses.addPenalty(penalties.value() + batch.activityPenalty(), batch.size());
        if (Double.isFinite(losses.batchLoss())) {
            batch.keepStates();
        }
        if (Double.isFinite(losses.batchLoss()) && !batch.isIdle()) {
            if (batches == 0) {
                ranges.reached().clear(gradients);
                ranges.rows().forgetReached();
            }
            batch.backward();
            batches++;
        }
    }

    /** Batches whose gradients the next update will take. */
    int batches() {
        return batches;
    }

    /** Clipping and update, with the mean of the gradients. */
    void update() {
        if (batches > 1) {
            BlockRanges reached = ranges.reached();
            for (int i = 0; i < reached.count(); i++) {
                BlockReductions.scale(gradients.segment(), reached.from(i), reached.bytes(i), 1f / batches);
            }
        }
        batches = 0;
        penalties.addGradients();
        state.step(weights, gradients, network.team());
        constraints.apply();
    }

    /** A whole step; no update if the loss is not a finite number. */
    void step(Batch batch, LossAccumulator losses) {
        accumulate(batch, losses);
        if (batches > 0) {
            update();
        }
    }

    /** Whether every weight is a finite number. */
    boolean isFinite() {
        BlockRanges looked = wasFinite ? ranges.changed() : ranges.whole();
        for (int i = 0; i < looked.count(); i++) {
            if (!BlockReductions.allFinite(weights.segment(), looked.from(i), looked.bytes(i))) {
                return false;
            }
        }
        ParameterBlock buffers = network.buffers();
        if (!BlockReductions.allFinite(buffers.segment(), 0, buffers.bytes())) {
            return false;
        }
        wasFinite = true;
        return true;
    }

    /** Copies the weights to a block that has all but what this training may have changed, or at first all of them. */
    void copyWeights(ParameterBlock to, boolean isFirst) {
        (isFirst ? ranges.whole() : ranges.changed()).copy(weights, to);
    }

    /** Leaves with the model what a later training needs to go on. */
    void keep() {
        BlockRanges changed = ranges.changed();
        if (publisher != null) {
            publisher.publish(changed);
            network.states().keep();
        }
        Map<String, Object> progress = TrainingState.progress(network, kept.size(), state.steps(), epochsDone, seed);
        if (objective != null) {
            progress.put(TrainingState.OBJECTIVE, objective);
        }
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i) != state.slots().get(i)) {
                (hasKept ? changed : ranges.whole()).copy(state.slots().get(i), kept.get(i));
            }
        }
        hasKept = true;
        network.progress(new TrainingState(state.optimizer().toConfig(), progress, kept));
    }

    @Override
    public void close() {
        try (arena; WeightPublisher versions = publisher) {
            if (versions != null && !isAccepted) {
                versions.restore(ranges.changed());
                network.states().restore();
            }
        }
    }
}
