package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** A training under way, as its callbacks see it. */
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class Training {

    private final Network network;
    private final TrainingLoop loop;
    private final Map<String, Boolean> reported;
    private final int epochs;
    private final int batches;
    private int epoch;
    private int batch;
    private String stopReason = "";

    Training(Network network, TrainingLoop loop, Map<String, Boolean> reported, int epochs, int batches) {
        this.network = network;
        this.loop = loop;
        this.reported = reported;
        this.epochs = epochs;
        this.batches = batches;
    }

    /** {@return what is trained; a callback may use and change it, but not train or close it} */
    public Network network() {
        return network;
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

    /** {@return the current epoch, from 1; 0 before the first} */
    public int epoch() {
        return epoch;
    }

    /** {@return number of the last epoch, if nothing stops the training} */
    public int epochs() {
        return epochs;
    }

    /** {@return batches done in this epoch} */
    public int batch() {
        return batch;
    }

    /** {@return batches in an epoch, at least 1} */
    public int batches() {
        return batches;
    }

    /** {@return mean loss of this epoch so far, while batches run} */
    public double loss() {
        return loop.losses().loss();
    }

    /** {@return total loss of the last batch} */
    public double batchLoss() {
        return loop.losses().batchLoss();
    }

    /** {@return what makes the steps, with its present learning rate} */
    public Optimizer optimizer() {
        return loop.optimizer();
    }

    /**
     * Sets the learning rate from the next step on. It is kept with the network, so that a resumed training goes on with
     * it.
     *
     * @param rate positive and finite
     * @throws IllegalArgumentException if the rate is not
     */
    public void learningRate(double rate) {
        loop.learningRate(rate);
    }

    /**
     * Ends the training after this epoch.
     *
     * @param reason told by {@link History#stopped}, not blank; it takes the place of an earlier one
     * @throws NullPointerException     if the reason is null
     * @throws IllegalArgumentException if the reason is blank
     */
    public void stop(String reason) {
        Arguments.required(reason, "Training.stop", "reason", "why training stops");
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "Training.stop: reason is blank; say why training stops, the history tells "
                            + "it, or call goOn() to take an earlier stop back");
        }
        stopReason = reason;
    }

    /** Takes an earlier {@link #stop} back, for example that of another callback: the training goes on. */
    public void goOn() {
        stopReason = "";
    }

    /** {@return why the training will stop after this epoch; empty if it goes on} */
    public String stopReason() {
        return stopReason;
    }

    /** {@return memory that is freed when the training ends} */
    public TensorArena arena() {
        return loop.session().arena();
    }

    /** See {@link TrainingSession#copyWeights}. */
    void copyWeights(ParameterBlock to, boolean isFirst) {
        loop.session().copyWeights(to, isFirst);
    }

    void beginEpoch(int number) {
        epoch = number;
        batch = 0;
    }

    void batchDone() {
        batch++;
    }
}
