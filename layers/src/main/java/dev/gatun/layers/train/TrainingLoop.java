package dev.gatun.layers.train;

import dev.gatun.layers.runtime.CarriedRows;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.memory.check.Arguments;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training whose loop is yours: which samples come when, with which learning rate, and when it ends. {@link Trainer#fit} runs
 * on it too, and equal samples in equal order give equal bits.
 *
 * <pre>{@code
 * try (TrainingLoop loop = trainer.open()) {
 *     for (Samples batch : batches) {
 *         loop.learningRate(schedule(loop.steps()));
 *         loop.step(batch);
 *     }
 *     loop.endEpoch();
 * }
 * }</pre>
 *
 * <p>What was done since the last {@link #keep} or {@link #endEpoch}, weights included, is undone by {@link #close}: a loop that
 * ends with an exception leaves a model as good as it was. While it is open the model is used by the thread that opened it,
 * which may predict and evaluate between steps; others are refused, and so are another training and closing the model.
 */
public final class TrainingLoop implements AutoCloseable {

    private final Network network;
    private final SingleUser door;
    private final Objective objective;
    private final TrainingSession session;
    private final BatchCache batches;
    private final LossAccumulator losses;
    private final int chunk;
    private final Map<Integer, CarriedRows> carried = new HashMap<>();
    private boolean isOpen = true;

    /** Goes in at the model's door; owns the session from here on. */
    TrainingLoop(Network network, Objective objective, TrainingSession session, int chunk) {
        if (chunk != SessionSettings.WHOLE) {
            ChunkCheck.require(network.graph(), objective);
        }
        this.chunk = chunk;
        this.network = network;
        this.objective = objective;
        this.session = session;
        session.trains(objective);
        this.batches = new BatchCache(network, objective, session.arena());
        this.losses = new LossAccumulator(objective);
        this.door = network.users().own();
        door.enter("train");
    }

    TrainingSession session() {
        return session;
    }

    LossAccumulator losses() {
        return losses;
    }

    /** The batches that so many of the samples at a time are trained in. */
    BatchRun batches(CheckedSamples samples, int size) {
        List<BatchShapes> parts = samples.parts(size, chunk);
        Batch last = parts.size() == 1 ? null : batches.get(parts.getLast());
        return new BatchRun(batches.get(parts.getFirst()), last, samples.time(), chunk,
                last == null ? null : carried.computeIfAbsent(size, network::carriedRows));
    }

    /** Goes in for one call. */
    private SingleUser.Use enter(String what) {
        if (!isOpen) {
            throw new IllegalStateException("This training loop of model '" + network.name()
                    + "' is closed; take another with trainer.open()");
        }
        return door.use(what);
    }

    /**
     * One optimizer step on all samples as one batch, in their order, or of masked sequences the longest first. What was accumulated before takes part. With
     * {@link Trainer#truncatedBptt} it is one for each chunk of the sequences.
     *
     * @param samples inputs, targets and weights, samples first
     * @return total loss of the batch before the step; of several chunks the mean over all steps
     * @throws IllegalArgumentException     if the data do not fit the model or hold NaN: says which tensor, where, and the fix
     * @throws IllegalStateException        if the loop is closed, or this is not the thread that opened it
     * @throws DivergenceException          if the loss is not a finite number; then no step is made
     * @throws TrainingInterruptedException if the thread has been interrupted; then no step is made
     */
    public double step(Samples samples) {
        Arguments.required(samples, "TrainingLoop.step", "samples", "samples, for example Samples.of(x, y)");
        try (SingleUser.Use use = enter("step")) {
            return step(check(samples));
        }
    }

    /**
     * The first part of a step: forward and back. The gradients are kept for the {@link #update} that follows, which takes the
     * mean over all batches since the last one, as Keras's {@code gradient_accumulation_steps}. Each batch has a dropout of
     * its own. With {@link Trainer#truncatedBptt} each chunk counts as a batch.
     *
     * @param samples as for {@link #step}
     * @return total loss of the batch; of several chunks the mean over all steps
     * @throws IllegalArgumentException     if the data do not fit the model or hold NaN
     * @throws IllegalStateException        if the loop is closed, or this is not the thread that opened it
     * @throws DivergenceException          if the loss is not a finite number; then the batch does not count
     * @throws TrainingInterruptedException if the thread has been interrupted; then the batch does not count
     */
    public double accumulate(Samples samples) {
        Arguments.required(samples, "TrainingLoop.accumulate", "samples", "samples, for example Samples.of(x, y)");
        try (SingleUser.Use use = enter("step")) {
            return accumulate(check(samples));
        }
    }

    private CheckedSamples check(Samples samples) {
        return CheckedSamples.of(network, objective, samples, Integer.MAX_VALUE, "");
    }

    double step(CheckedSamples samples) {
        return run(samples, true);
    }

    private double accumulate(CheckedSamples samples) {
        return run(samples, false);
    }

    private double run(CheckedSamples samples, boolean updates) {
        BatchRun run = batches(samples, samples.count());
        BatchLengths lengths = BatchLengths.ofFree(network, samples);
        int[] order = lengths == null ? null : lengths.order();
        double loss = 0;
        for (int part = 0; part < run.parts(); part++) {
            Batch batch = run.load(samples, order, 0, part);
            String made = part == 0
                    ? "no step was made"
                    : (updates ? "no step was made behind chunk " : "the next update takes the gradients up to chunk ")
                            + part;
            if (Thread.currentThread().isInterrupted()) {
                throw new TrainingInterruptedException("The thread was interrupted; " + made, noHistory());
            }
            session.accumulate(batch, losses);
            if (!Double.isFinite(losses.batchLoss())) {
                throw new DivergenceException("The loss is " + losses.batchLoss() + "; " + made, noHistory());
            }
            loss += losses.batchLoss() * run.share(part);
            if (updates && session.batches() > 0) {
                session.update();
            }
        }
        return loss;
    }

    private static History noHistory() {
        return new History(1, List.of(), "");
    }

    /**
     * The second part of a step: clips the gradients that were accumulated and changes the weights.
     *
     * @throws IllegalStateException if nothing was accumulated since the last step, the loop is closed, or this is not the
     *                               thread that opened it
     */
    public void update() {
        try (SingleUser.Use use = enter("step")) {
            if (session.batches() == 0) {
                throw new IllegalStateException(
                        "There are no gradients to update with; call accumulate(samples) first, "
                                + "or step(samples) for both parts");
            }
            session.update();
        }
    }

    /**
     * Loss and metrics of all batches since the loop was opened, or since the last {@link #resetValues} or {@link #endEpoch}.
     *
     * @return values by name, as {@link History} names them; NaN if there was no batch
     */
    public Map<String, Double> values() {
        return losses.report();
    }

    /** Begins {@link #values} anew. */
    public void resetValues() {
        losses.reset();
    }

    /**
     * Ends an epoch: counts it, keeps what was done ({@link #keep}), and begins {@link #values} anew.
     *
     * @return the values of the epoch
     * @throws DivergenceException   if a weight is NaN or infinite; then nothing is kept
     * @throws IllegalStateException if the loop is closed, or this is not the thread that opened it
     */
    public Map<String, Double> endEpoch() {
        try (SingleUser.Use use = enter("end an epoch")) {
            requireFinite();
            Map<String, Double> report = new LinkedHashMap<>(losses.report());
            session.epochDone();
            session.keep();
            losses.reset();
            return report;
        }
    }

    /**
     * Keeps what was done: weights as they are now, and with the model what {@link Trainer#resume} goes on from.
     *
     * @return the state that is kept
     * @throws DivergenceException   if a weight is NaN or infinite; then nothing is kept
     * @throws IllegalStateException if the loop is closed, or this is not the thread that opened it
     */
    public TrainingState keep() {
        try (SingleUser.Use use = enter("keep its training")) {
            requireFinite();
            session.keep();
            return TrainingState.of(network).orElseThrow();
        }
    }

    private void requireFinite() {
        if (!session.isFinite()) {
            throw new DivergenceException("A weight became NaN or infinite within " + session.state().steps()
                    + " steps; nothing of it is kept, and closing the loop puts the weights back to where they were kept "
                    + "last. Try a smaller learning rate (now " + optimizer().learningRate() + ")", noHistory());
        }
    }

    /**
     * The order in which {@link Trainer#fit} takes samples in the epoch under way, if it shuffles and does not group them by
     * length.
     *
     * @param samples how many there are
     * @return the numbers 0 to samples - 1, drawn from seed and epoch
     * @throws IllegalArgumentException if the count is negative
     */
    public int[] order(int samples) {
        if (samples < 0) {
            throw new IllegalArgumentException("TrainingLoop.order: samples must be at least 0, got " + samples);
        }
        int[] order = new int[samples];
        session.shuffle(order);
        return order;
    }

    /** {@return steps made so far, those before a resumption included} */
    public long steps() {
        return session.state().steps();
    }

    /** {@return epochs ended so far, those before a resumption included} */
    public long epochs() {
        return session.epochsDone();
    }

    /** {@return what makes the steps, with its present learning rate} */
    public Optimizer optimizer() {
        return session.state().optimizer();
    }

    /**
     * Sets the learning rate from the next step on.
     *
     * @param rate positive and finite
     * @throws IllegalArgumentException if the rate is not
     */
    public void learningRate(double rate) {
        session.state().learningRate(rate);
    }

    /**
     * Ends the training: what was not kept is undone. A second call does nothing.
     *
     * @throws IllegalStateException if this is not the thread that opened it; then nothing is closed
     */
    @Override
    public void close() {
        if (!isOpen) {
            return;
        }
        SingleUser.Use closing = enter("close its training loop");
        isOpen = false;
        try (closing) {
            carried.values().forEach(CarriedRows::close);
            session.close();
        } finally {
            door.exit();
        }
    }
}
