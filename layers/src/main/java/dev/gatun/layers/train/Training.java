package dev.gatun.layers.train;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** A training under way, as its callbacks see it. */
public final class Training {

    private final Model model;
    private final OptimizerState state;
    private final TensorArena arena;
    private final Tally tally;
    private final Map<String, Boolean> reported;
    private final int epochs;
    private final int batches;
    private int epoch;
    private int batch;
    private String stopReason = "";

    Training(Model model, OptimizerState state, TensorArena arena, Tally tally, Map<String, Boolean> reported,
            int epochs, int batches) {
        this.model = model;
        this.state = state;
        this.arena = arena;
        this.tally = tally;
        this.reported = reported;
        this.epochs = epochs;
        this.batches = batches;
    }

    public Model model() {
        return model;
    }

    /**
     * Names of what each epoch reports, for callbacks that watch one of them.
     *
     * @return names in the order of reporting
     */
    public Set<String> reported() {
        return Collections.unmodifiableSet(reported.keySet());
    }

    /**
     * Whether more of what an epoch reports is better: the loss or metric behind the name says so.
     *
     * @param name one of {@link #reported}
     * @return false for what training makes small
     * @throws IllegalArgumentException if nothing of that name is reported, naming what is
     */
    public boolean isHigherBetter(String name) {
        Arguments.required(name, "Training.isHigherBetter", "name", "a name");
        Boolean higher = reported.get(name);
        if (higher == null) {
            throw new IllegalArgumentException("'" + name + "' is not reported; there are " + reported.keySet());
        }
        return higher;
    }

    /** The current epoch, from 1. */
    public int epoch() {
        return epoch;
    }

    /** Number of the last epoch. */
    public int epochs() {
        return epochs;
    }

    /** Batches done in this epoch. */
    public int batch() {
        return batch;
    }

    /** Batches in an epoch. */
    public int batches() {
        return batches;
    }

    /** Mean loss of this epoch so far, while batches run. */
    public double loss() {
        return tally.loss();
    }

    /** Loss of the last batch. */
    public double batchLoss() {
        return tally.batchLoss();
    }

    public Optimizer optimizer() {
        return state.optimizer();
    }

    /** Another learning rate from the next step on; kept with the model, so that a resumed training goes on with it. */
    public void learningRate(double rate) {
        state.learningRate(rate);
    }

    /** Ends the training after this epoch. */
    public void stop(String reason) {
        Arguments.required(reason, "Training.stop", "reason", "why training stops");
        stopReason = reason;
    }

    /** Why it will stop after this epoch; empty if it goes on. */
    public String stopReason() {
        return stopReason;
    }

    /** Memory that is freed when the training ends. */
    public TensorArena arena() {
        return arena;
    }

    void beginEpoch(int number) {
        epoch = number;
        batch = 0;
    }

    void batchDone() {
        batch++;
    }
}
