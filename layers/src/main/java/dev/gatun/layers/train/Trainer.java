package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Networked;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How a model is trained and measured. Immutable: every setting gives a new trainer.
///
/// ```java
/// History history = Trainer.of(model).optimizer(Adam.rate(1e-3)).loss(Loss.MSE).epochs(50).validation(0.2).fit(x, y);
/// ```
///
/// Equal data, settings and seed give equal weights, bit for bit, on any number of threads ({@link dev.gatun.layers.model.Model#threads}) and for
/// any vector width; so does a training that was stopped, saved, loaded and resumed.
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class Trainer {

    private final Network network;
    private Optimizer optimizer = Adam.rate(0.001);
    private Loss loss;
    private Map<String, Loss> losses = Map.of();
    private Map<String, Double> lossWeights = Map.of();
    private List<Metric> metrics = List.of();
    private int epochs = 1;
    private int batchSize = 32;
    private boolean shuffle = true;
    private long seed;
    private double validationSplit;
    private Samples validation;
    private List<Callback> callbacks = List.of();
    private boolean resume;

    private Trainer(Network network) {
        this.network = network;
    }

    /// A trainer with Adam at 0.001, 1 epoch, batches of 32, shuffling, seed 0, and no loss yet.
    ///
    /// @param model what is trained, open
    /// @return the trainer
    public static Trainer of(Networked model) {
        Arguments.required(model, "Trainer.of", "model", "an open model");
        return new Trainer(model.network());
    }

    private Trainer with(Consumer<Trainer> change) {
        Trainer copy = new Trainer(network);
        copy.optimizer = optimizer;
        copy.loss = loss;
        copy.losses = losses;
        copy.lossWeights = lossWeights;
        copy.metrics = metrics;
        copy.epochs = epochs;
        copy.batchSize = batchSize;
        copy.shuffle = shuffle;
        copy.seed = seed;
        copy.validationSplit = validationSplit;
        copy.validation = validation;
        copy.callbacks = callbacks;
        copy.resume = resume;
        change.accept(copy);
        return copy;
    }

    /// {@return this trainer with another optimizer}
    /// @param value instead of Adam at 0.001
    public Trainer optimizer(Optimizer value) {
        Arguments.required(value, "Trainer.optimizer", "value", "an optimizer, for example Adam.rate(1e-3)");
        return with(copy -> copy.optimizer = value);
    }

    /// {@return this trainer with a loss for every output that has none by name}
    /// @param value for example {@link Loss#MSE}
    public Trainer loss(Loss value) {
        Arguments.required(value, "Trainer.loss", "value", "a loss, for example Loss.MSE");
        return with(copy -> copy.loss = value);
    }

    /// {@return this trainer with a loss for one output; without {@link #loss(Loss)} the others are not trained}
    /// @param output one of {@link dev.gatun.layers.model.Model#outputNames}
    /// @param value  instead of an earlier one
    public Trainer loss(String output, Loss value) {
        Arguments.required(output, "Trainer.loss", "output", "the name of an output of the model");
        Arguments.required(value, "Trainer.loss", "value", "a loss, for example Loss.MSE");
        return with(copy -> copy.losses = put(losses, output, value));
    }

    /// {@return this trainer with another factor for an output's loss in the total}
    /// @param output one of {@link dev.gatun.layers.model.Model#outputNames}
    /// @param weight finite; 1 if not given
    public Trainer lossWeight(String output, double weight) {
        Arguments.required(output, "Trainer.lossWeight", "output", "the name of an output of the model");
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("The loss weight of '" + output + "' must be finite, got " + weight);
        }
        return with(copy -> copy.lossWeights = put(lossWeights, output, weight));
    }

    private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /// {@return this trainer with metrics, reported for each output that has a loss}
    /// @param values instead of earlier ones
    public Trainer metrics(Metric... values) {
        Arguments.all(values, "Trainer.metrics", "values", "metrics, for example Metric.MAE");
        return with(copy -> copy.metrics = List.of(values));
    }

    /// {@return this trainer with another number of epochs}
    /// @param count at least 1, default 1; when resumed, those that were done before count
    public Trainer epochs(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + count);
        }
        return with(copy -> copy.epochs = count);
    }

    /// {@return this trainer with another number of samples per step}
    /// @param samples at least 1, default 32; the last batch of an epoch may be smaller
    public Trainer batchSize(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, got " + samples);
        }
        return with(copy -> copy.batchSize = samples);
    }

    /// {@return this trainer, measuring after each epoch on the last part of the data, which is not trained on}
    /// @param fraction share of the samples, between 0 and 1; set aside before any shuffling, as in Keras
    public Trainer validation(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("The validation fraction must lie between 0 and 1, got " + fraction);
        }
        return with(copy -> {
            copy.validationSplit = fraction;
            copy.validation = null;
        });
    }

    /// {@return this trainer, measuring on other data after each epoch}
    /// @param x input `[N,T,I]` or `[N,I]`
    /// @param y target, samples first
    public Trainer validation(Tensor x, Tensor y) {
        return validation(Samples.of(x, y));
    }

    /// {@return this trainer, measuring on other data after each epoch}
    /// @param samples instead of a fraction of the training data
    public Trainer validation(Samples samples) {
        Arguments.required(samples, "Trainer.validation", "samples", "samples, for example Samples.of(x, y)");
        return with(copy -> {
            copy.validation = samples;
            copy.validationSplit = 0;
        });
    }

    /// {@return this trainer, with samples in another order in each epoch, drawn from the seed, or always as given}
    /// @param value default true
    public Trainer shuffle(boolean value) {
        return with(copy -> copy.shuffle = value);
    }

    /// {@return this trainer with another seed of shuffling and dropout}
    /// @param value default 0; the first weights have a seed of their own ({@link dev.gatun.layers.model.Model#initialize})
    public Trainer seed(long value) {
        return with(copy -> copy.seed = value);
    }

    /// {@return this trainer, telling callbacks how a training goes}
    /// @param values instead of earlier ones, told in this order
    public Trainer callbacks(Callback... values) {
        Arguments.all(values, "Trainer.callbacks", "values", "callbacks, for example EarlyStopping.patience(5)");
        return with(copy -> copy.callbacks = List.of(values));
    }

    /// Goes on where the model's last training ended, with its optimizer, moments, step, epoch and seed, up to
    /// {@link #epochs}. With the same data and settings the weights are those of a training that never stopped.
    ///
    /// @return this trainer, resuming
    public Trainer resume() {
        return with(copy -> copy.resume = true);
    }

    /// As {@link #fit(Samples)}, for one input and one output.
    ///
    /// @param x input `[N,T,I]` or `[N,I]`
    /// @param y target, samples first
    /// @return what each epoch reported
    public History fit(Tensor x, Tensor y) {
        return fit(Samples.of(x, y));
    }

    /// As {@link #fit(Samples)}, with sample weights.
    ///
    /// @param x            input `[N,T,I]` or `[N,I]`
    /// @param y            target, samples first
    /// @param sampleWeight `[N]`, or `[N,T]` for a weight per step
    /// @return what each epoch reported
    public History fit(Tensor x, Tensor y, Tensor sampleWeight) {
        return fit(Samples.of(x, y).weighted(sampleWeight));
    }

    /// As {@link #fit(Samples)}, for several inputs or outputs.
    ///
    /// @param x one tensor for each input, in the model's order
    /// @param y one tensor for each output that has a loss, in the model's order
    /// @return what each epoch reported
    public History fit(List<Tensor> x, List<Tensor> y) {
        return fit(Samples.of(x, y));
    }

    /// As {@link #fit(Samples)}, with tensors by name.
    ///
    /// @param x one tensor for each of {@link dev.gatun.layers.model.Model#inputNames}
    /// @param y one tensor for each output that has a loss
    /// @return what each epoch reported
    public History fit(Map<String, Tensor> x, Map<String, Tensor> y) {
        Arguments.all(x, "Trainer.fit", "x", "a tensor for each input by its name");
        Arguments.all(y, "Trainer.fit", "y", "a tensor for each output with a loss by its name");
        return fit(Samples.byName(network.inputNames(), x, objective().names(), y));
    }

    /// Trains. Without {@link #resume} the optimizer begins anew. However a training ends, the epochs it has done are
    /// kept: the model has weights and moments as of its last good epoch, and {@link #resume} goes on from there with the
    /// bits of a training that never stopped. If there was no good epoch, the model is as before, its earlier training
    /// state included.
    ///
    /// @param samples inputs, targets and weights, samples first
    /// @return what each epoch reported
    /// @throws IllegalArgumentException     if the data do not fit the model or hold NaN: says which tensor, where,
    ///                                      and the fix
    /// @throws IllegalStateException        if a thread uses the network, be it the calling one, or the model is closed
    /// @throws DivergenceException          if the loss becomes NaN or infinite
    /// @throws TrainingInterruptedException if the thread is interrupted; looked at before each batch
    public History fit(Samples samples) {
        Arguments.required(samples, "Trainer.fit", "samples", "samples, for example Samples.of(x, y)");
        try (SingleUser.Use use = alone()) {
            FitPlan plan = plan(objective(), samples);
            refuseFinished();
            try (TrainingSession session = resume
                    ? TrainingSession.resume(network)
                    : TrainingSession.start(network, optimizer, seed)) {
                return new Fit(plan, session).run();
            }
        }
    }

    private SingleUser.Use alone() {
        return network.users().own().useAlone("train");
    }

    private void refuseFinished() {
        long done = resume ? TrainingState.of(network).map(TrainingState::epochs).orElse(0L) : 0;
        if (resume && done >= epochs) {
            throw new IllegalArgumentException("The training to resume has done " + done + " epoch(s) already; "
                    + "ask for more with epochs(" + (done + 1) + ") or above");
        }
    }

    private FitPlan plan(Objective objective, Samples samples) {
        CheckedSamples training = CheckedSamples.of(network, objective, samples, batchSize, ExecutionMode.TRAINING, "");
        if (validation != null) {
            CheckedSamples held = CheckedSamples.of(network, objective, validation, batchSize, ExecutionMode.INFERENCE,
                    "validation ");
            return new FitPlan(network, objective, training, training.count(), held, 0, held.count(), epochs, batchSize,
                    shuffle, callbacks);
        }
        int count = training.count();
        int split = validationSplit == 0 ? count : (int) Math.floor(count * (1 - validationSplit));
        if (split == 0 || validationSplit > 0 && split == count) {
            throw new ShapeException("A validation fraction of " + validationSplit + " of " + count
                    + " sample(s) leaves nothing on one side; give more samples or another fraction");
        }
        return new FitPlan(network, objective, training, split, split == count ? null : training, split, count - split,
                epochs, batchSize, shuffle, callbacks);
    }

    /// As {@link #evaluate(Samples)}, for one input and one output.
    ///
    /// @param x input `[N,T,I]` or `[N,I]`
    /// @param y target, samples first
    /// @return values by name, as {@link History} names them
    public Map<String, Double> evaluate(Tensor x, Tensor y) {
        return evaluate(Samples.of(x, y));
    }

    /// Loss and metrics as the model serves, without dropout.
    ///
    /// @param samples read in batches of {@link #batchSize}
    /// @return values by name, as {@link History} names them
    /// @throws TrainingInterruptedException if the thread is interrupted
    public Map<String, Double> evaluate(Samples samples) {
        Arguments.required(samples, "Trainer.evaluate", "samples", "samples, for example Samples.of(x, y)");
        return evaluate(samples, batchSize);
    }

    /// As {@link #evaluate(Samples)}, on all samples as one batch.
    ///
    /// @param samples inputs, targets and weights, samples first
    /// @return values by name, as {@link History} names them
    public Map<String, Double> testOnBatch(Samples samples) {
        Arguments.required(samples, "Trainer.testOnBatch", "samples", "samples, for example Samples.of(x, y)");
        return evaluate(samples, Integer.MAX_VALUE);
    }

    private Map<String, Double> evaluate(Samples samples, int size) {
        try (SingleUser.Use use = network.use("evaluate"); TensorArena arena = network.arena().child("evaluation")) {
            Objective objective = objective();
            CheckedSamples checked = CheckedSamples.of(network, objective, samples, size, ExecutionMode.INFERENCE, "");
            LossAccumulator tally = new LossAccumulator(objective);
            if (!new Evaluation(network, objective, checked, 0, checked.count(), size, arena).run(tally)) {
                throw new TrainingInterruptedException("The evaluation was interrupted; the model is as before",
                        new History(1, List.of(), ""));
            }
            return tally.report();
        }
    }

    /// As {@link #trainOnBatch(Samples)}, for one input and one output.
    ///
    /// @param x input `[N,T,I]` or `[N,I]`
    /// @param y target, samples first
    /// @return loss and metrics before the step
    public Map<String, Double> trainOnBatch(Tensor x, Tensor y) {
        return trainOnBatch(Samples.of(x, y));
    }

    /// One optimizer step on all samples as one batch, in their order. Goes on with the moments kept with the model if they
    /// are of an optimizer like this trainer's (another learning rate is no matter), otherwise begins anew.
    ///
    /// @param samples inputs, targets and weights, samples first
    /// @return loss and metrics before the step
    /// @throws DivergenceException          if the loss is not a finite number; then no step is made
    /// @throws TrainingInterruptedException if the thread has been interrupted; then no step is made
    public Map<String, Double> trainOnBatch(Samples samples) {
        Arguments.required(samples, "Trainer.trainOnBatch", "samples", "samples, for example Samples.of(x, y)");
        try (SingleUser.Use use = alone()) {
            Objective objective = objective();
            CheckedSamples checked = CheckedSamples.of(network, objective, samples, Integer.MAX_VALUE,
                    ExecutionMode.TRAINING,
                    "");
            try (TrainingSession session = resume || hasMomentsFor(optimizer)
                    ? TrainingSession.resumeInPlace(network)
                    : TrainingSession.start(network, optimizer, seed)) {
                if (!resume) {
                    session.state().learningRate(optimizer.learningRate());
                }
                Batch batch = new Batch(
                        network, objective, checked.inputShapes(checked.count()), ExecutionMode.TRAINING,
                        session.arena());
                LossAccumulator tally = new LossAccumulator(objective);
                batch.load(checked, null, 0);
                if (Thread.currentThread().isInterrupted()) {
                    throw new TrainingInterruptedException("The thread was interrupted; no step was made",
                            new History(1, List.of(), ""));
                }
                session.step(batch, tally);
                if (!Double.isFinite(tally.batchLoss())) {
                    throw new DivergenceException("The loss is " + tally.batchLoss() + "; no step was made",
                            new History(1, List.of(), ""));
                }
                session.keep();
                return tally.report();
            }
        }
    }

    private boolean hasMomentsFor(Optimizer wanted) {
        return TrainingState.of(network)
                .map(state -> Optimizer.fromConfig(state.optimizer()).learningRate(1).equals(wanted.learningRate(1)))
                .orElse(false);
    }

    private Objective objective() {
        return Objective.of(network, loss, losses, lossWeights, metrics);
    }
}
