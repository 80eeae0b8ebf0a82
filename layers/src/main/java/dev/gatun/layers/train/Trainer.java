package dev.gatun.layers.train;

import dev.gatun.layers.Mask;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Networked;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/// How a model is trained and measured. Immutable: every setting gives a new trainer.
///
/// ```java
/// History history = Trainer.of(model).optimizer(Adam.rate(1e-3)).loss(Loss.MSE).epochs(50).validation(0.2).fit(x, y);
/// ```
///
/// Equal data, settings and seed give equal weights, bit for bit, on any number of threads
/// ({@link dev.gatun.layers.model.Model#threads}) and for any vector width; so does a training that was stopped, saved, loaded and
/// resumed.
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class Trainer {

    private final Network network;
    private final TrainerSettings settings;

    private Trainer(Network network, TrainerSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    private Trainer with(TrainerSettings other) {
        return new Trainer(network, other);
    }

    /// A trainer with Adam at 0.001, 1 epoch, batches of 32, shuffling, seed 0, and no loss yet.
    ///
    /// @param model what is trained, open
    /// @return the trainer
    public static Trainer of(Networked model) {
        Arguments.required(model, "Trainer.of", "model", "an open model");
        return new Trainer(model.network(), TrainerSettings.KERAS);
    }

    /// {@return this trainer with another optimizer}
    /// @param value instead of Adam at 0.001
    /// @throws IllegalArgumentException if it is of a class that nobody registered ({@link OptimizerType}): what it leaves
    ///                                  could not be resumed
    public Trainer optimizer(Optimizer value) {
        Arguments.required(value, "Trainer.optimizer", "value", "an optimizer, for example Adam.rate(1e-3)");
        OptimizerTypes.requireReadable(value);
        return with(settings.with(settings.session().withOptimizer(value)));
    }

    /// {@return this trainer with a loss for every output that has none by name}
    /// @param value for example {@link Loss#MSE}
    public Trainer loss(Loss value) {
        Arguments.required(value, "Trainer.loss", "value", "a loss, for example Loss.MSE");
        return with(settings.with(settings.objective().withCommon(value)));
    }

    /// {@return this trainer with a loss for one output; without {@link #loss(Loss)} the others are not trained}
    /// @param output one of {@link dev.gatun.layers.model.Model#outputNames}
    /// @param value  instead of an earlier one
    public Trainer loss(String output, Loss value) {
        Arguments.required(output, "Trainer.loss", "output", "the name of an output of the model");
        Arguments.required(value, "Trainer.loss", "value", "a loss, for example Loss.MSE");
        return with(settings.with(settings.objective().withLoss(output, value)));
    }

    /// {@return this trainer with another factor for an output's loss in the total}
    /// @param output one of {@link dev.gatun.layers.model.Model#outputNames}
    /// @param weight finite; 1 if not given
    public Trainer lossWeight(String output, double weight) {
        Arguments.required(output, "Trainer.lossWeight", "output", "the name of an output of the model");
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("The loss weight of '" + output + "' must be finite, got " + weight);
        }
        return with(settings.with(settings.objective().withWeight(output, weight)));
    }

    /// {@return this trainer with metrics, reported for each output that has a loss}
    /// @param values instead of earlier ones
    public Trainer metrics(Metric... values) {
        Arguments.all(values, "Trainer.metrics", "values", "metrics, for example Metric.MAE");
        return with(settings.with(settings.objective().withMetrics(List.of(values))));
    }

    /// {@return this trainer with another number of epochs}
    /// @param count at least 1, default 1; when resumed, those that were done before count
    public Trainer epochs(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + count);
        }
        return with(settings.with(settings.fit().withEpochs(count)));
    }

    /// {@return this trainer with another number of samples per step}
    /// @param samples at least 1, default 32; the last batch of an epoch may be smaller
    public Trainer batchSize(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, got " + samples);
        }
        return with(settings.with(settings.fit().withBatchSize(samples)));
    }

    /// {@return this trainer, measuring after each epoch on the last part of the data, which is not trained on}
    /// @param fraction share of the samples, between 0 and 1; set aside before any shuffling, as in Keras
    public Trainer validation(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("The validation fraction must lie between 0 and 1, got " + fraction);
        }
        return with(settings.with(settings.fit().validated(new ValidationSettings(fraction, null))));
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
        return with(settings.with(settings.fit().validated(new ValidationSettings(0, samples))));
    }

    /// {@return this trainer, with samples in another order in each epoch, drawn from the seed, or always as given}
    /// @param value default true
    public Trainer shuffle(boolean value) {
        return with(settings.with(settings.fit().shuffled(value)));
    }

    /// {@return this trainer, with batches of samples of like lengths, the longest of a batch first, or of any}
    ///
    /// For sequences of several lengths, with their mask given with the data: a training costs by the longest of a batch, and
    /// then little is spent on what the others are padded by. The order of an epoch is drawn as ever; of every
    /// 32 batches of it the samples are sorted by how many of their steps count, and then the batches are put in an order that is
    /// drawn as well. Another choice of batches than without: what is learnt is not bit for bit the same.
    ///
    /// @param value default false
    public Trainer groupByLength(boolean value) {
        return with(settings.with(settings.fit().grouped(value)));
    }

    /// {@return this trainer with another seed of shuffling and dropout}
    /// @param value default 0; the first weights have a seed of their own ({@link dev.gatun.layers.model.Model#initialize})
    public Trainer seed(long value) {
        return with(settings.with(settings.session().withSeed(value)));
    }

    /// Truncated back-propagation through time: each batch of sequences is cut into chunks of so many steps, the last one with what
    /// is left. Every chunk is an optimizer step of its own, on the mean loss of its steps; states go on from chunk to chunk,
    /// gradients end at the border, and each batch begins anew. So the memory of a training is that of a chunk, and long
    /// sequences give many updates. It is what DL4J does under this name, PyTorch's loops with `detach()`, and Keras's stateful
    /// layers with `train_on_batch`. Masks, targets and weights of steps are cut along; a chunk of which no step counts, but for
    /// the first, makes no step. Sequences that are not longer than a chunk are trained as without this, bit for bit.
    ///
    /// Every layer has to go forwards, step by step, and every output with a loss to have a value for each step: others are
    /// refused when the training begins. Evaluations, and validation, run whole sequences.
    ///
    /// @param steps at least 1
    /// @return this trainer, going through so many steps at a time
    /// @throws IllegalArgumentException if there are fewer
    public Trainer truncatedBptt(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("truncatedBptt needs at least 1 step, got " + steps
                    + "; leave it out to go through whole sequences");
        }
        return with(settings.with(settings.session().inChunks(steps)));
    }

    /// {@return this trainer, telling callbacks how a training goes}
    /// @param values instead of earlier ones, told in this order
    public Trainer callbacks(Callback... values) {
        Arguments.all(values, "Trainer.callbacks", "values", "callbacks, for example EarlyStopping.patience(5)");
        return with(settings.with(settings.fit().withCallbacks(List.of(values))));
    }

    /// Goes on where the model's last training ended, with its optimizer, moments, step, epoch and seed, up to
    /// {@link #epochs}. With the same data and settings the weights are those of a training that never stopped. If this trainer
    /// was given no loss, losses and metrics are those of that training, unless they were the user's own.
    ///
    /// @return this trainer, resuming
    public Trainer resume() {
        return with(settings.with(settings.session().resumed()));
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

    /// As {@link #fit(Samples)}, on sequences of which some steps do not count.
    ///
    /// @param x    input `[N,T,I]`, or ids `[N,T]`, padded to one length
    /// @param y    target, samples first
    /// @param mask which steps count: `Mask.lengths(5, 3, 8)`
    /// @return what each epoch reported
    /// @throws NullPointerException         if one of them is null
    /// @throws IllegalArgumentException     if the data or the mask do not fit the model: says which, expected, got and fix
    /// @throws IllegalStateException        if a thread uses the network, be it the calling one, or the model is closed
    /// @throws DivergenceException          if the loss becomes NaN or infinite
    /// @throws TrainingInterruptedException if the thread is interrupted; looked at before each batch
    public History fit(Tensor x, Tensor y, Mask mask) {
        return fit(Samples.of(x, y).masked(mask));
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
    /// Stateful layers go on from batch to batch; each epoch but the first begins at zeros, and a validation has states of
    /// its own. What the last batch has left is where the model goes on.
    ///
    /// @param samples inputs, targets and weights, samples first
    /// @return what each epoch reported
    /// @throws IllegalArgumentException     if the data do not fit the model or hold NaN: says which tensor, where,
    ///                                      and the fix; or if the samples of a model with stateful layers are shuffled
    ///                                      or grouped by length
    /// @throws IllegalStateException        if a thread uses the network, be it the calling one, or the model is closed
    /// @throws DivergenceException          if the loss becomes NaN or infinite
    /// @throws TrainingInterruptedException if the thread is interrupted; looked at before each batch
    public History fit(Samples samples) {
        Arguments.required(samples, "Trainer.fit", "samples", "samples, for example Samples.of(x, y)");
        try (SingleUser.Use use = alone()) {
            FitPlan plan = plan(objective(), samples);
            refuseFinished();
            refuseShuffledStates();
            try (TrainingLoop loop = loop(plan.objective(), settings.session().session(network))) {
                return new Fit(plan, loop).run();
            }
        }
    }

    /// Opens a training whose loop is yours. Epochs, batch size, shuffling, validation and callbacks are of no matter to it;
    /// without {@link #resume} the optimizer begins anew.
    ///
    /// @return the loop, to be closed by this thread; until then the model trains
    /// @throws IllegalStateException if a thread uses the network, be it the calling one, or the model is closed
    public TrainingLoop open() {
        try (SingleUser.Use use = alone()) {
            return loop(objective(), settings.session().session(network));
        }
    }

    /// A loop that goes back to what was kept when it ends.
    private TrainingLoop loop(Objective objective, TrainingSession opened) {
        return opened.orClose(() -> {
            opened.guardWeights();
            return new TrainingLoop(network, objective, opened, settings.session().chunk());
        });
    }

    private SingleUser.Use alone() {
        return network.users().own().useAlone("train");
    }

    private void refuseFinished() {
        long done = settings.session().isResumed()
                ? TrainingState.of(network).map(TrainingState::epochs).orElse(0L)
                : 0;
        if (done >= settings.fit().epochs()) {
            throw new IllegalArgumentException("The training to resume has done " + done + " epoch(s) already; "
                    + "ask for more with epochs(" + (done + 1) + ") or above");
        }
    }

    /// Batches of a model with stateful layers go on from each other.
    private void refuseShuffledStates() {
        if (settings.fit().isGrouped() && network.states().areKept()) {
            throw new IllegalArgumentException("Model '" + network.name() + "' has stateful layers, which go on from "
                    + "sample i of a batch in sample i of the next, and groupByLength would put others there; leave "
                    + "groupByLength out");
        }
        if (settings.fit().isShuffled() && network.states().areKept()) {
            throw new IllegalArgumentException("Model '" + network.name() + "' has stateful layers, which go on from "
                    + "sample i of a batch in sample i of the next, and a training that shuffles its samples would "
                    + "mix them; call shuffle(false) and give the samples in that order");
        }
    }

    private FitPlan plan(Objective objective, Samples samples) {
        FitSettings fit = settings.fit();
        ValidationSettings validation = fit.validation();
        CheckedSamples training = CheckedSamples.of(
                network, objective, samples, fit.batchSize(), "");
        if (validation.samples() != null) {
            CheckedSamples held = CheckedSamples.of(network, objective, validation.samples(), fit.batchSize(),
                    "validation ");
            return new FitPlan(network, objective, SampleRange.all(training), SampleRange.all(held), fit);
        }
        int split = validation.trained(training.count());
        SampleRange rest = new SampleRange(training, split, training.count() - split);
        return new FitPlan(
                network, objective, new SampleRange(training, 0, split), rest.count() == 0 ? null : rest, fit);
    }

    /// As {@link #evaluate(Samples)}, for one input and one output.
    ///
    /// @param x input `[N,T,I]` or `[N,I]`
    /// @param y target, samples first
    /// @return values by name, as {@link History} names them
    public Map<String, Double> evaluate(Tensor x, Tensor y) {
        return evaluate(Samples.of(x, y));
    }

    /// As {@link #evaluate(Samples)}, on sequences of which some steps do not count.
    ///
    /// @param x    input `[N,T,I]`, or ids `[N,T]`, padded to one length
    /// @param y    target, samples first
    /// @param mask which steps count
    /// @return values by name, as {@link History} names them
    public Map<String, Double> evaluate(Tensor x, Tensor y, Mask mask) {
        return evaluate(Samples.of(x, y).masked(mask));
    }

    /// Loss and metrics as the model serves, without dropout. Stateful layers go on from where the model stands, batch after
    /// batch.
    ///
    /// @param samples read in batches of {@link #batchSize}
    /// @return values by name, as {@link History} names them
    /// @throws TrainingInterruptedException if the thread is interrupted
    public Map<String, Double> evaluate(Samples samples) {
        Arguments.required(samples, "Trainer.evaluate", "samples", "samples, for example Samples.of(x, y)");
        return evaluate(samples, settings.fit().batchSize());
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
            CheckedSamples checked = CheckedSamples.of(network, objective, samples, size, "");
            LossAccumulator losses = new LossAccumulator(objective);
            if (!new Evaluation(network, objective, SampleRange.all(checked), size, arena).run(losses)) {
                throw new TrainingInterruptedException("The evaluation was interrupted; the model is as before",
                        new History(1, List.of(), ""));
            }
            return losses.report();
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

    /// As {@link #trainOnBatch(Samples)}, on sequences of which some steps do not count.
    ///
    /// @param x    input `[N,T,I]`, or ids `[N,T]`, padded to one length
    /// @param y    target, samples first
    /// @param mask which steps count
    /// @return loss and metrics before the step
    public Map<String, Double> trainOnBatch(Tensor x, Tensor y, Mask mask) {
        return trainOnBatch(Samples.of(x, y).masked(mask));
    }

    /// One optimizer step on all samples as one batch, in their order, or one for each chunk ({@link #truncatedBptt}). Goes on with
    /// the moments kept with the model if they are of an optimizer like this trainer's (another learning rate is no matter),
    /// otherwise begins anew.
    ///
    /// @param samples inputs, targets and weights, samples first
    /// @return loss and metrics before the step
    /// @throws DivergenceException          if the loss is not a finite number; then no step is made
    /// @throws TrainingInterruptedException if the thread has been interrupted; then no step is made
    public Map<String, Double> trainOnBatch(Samples samples) {
        Arguments.required(samples, "Trainer.trainOnBatch", "samples", "samples, for example Samples.of(x, y)");
        try (SingleUser.Use use = alone()) {
            Objective objective = objective();
            CheckedSamples checked = CheckedSamples.of(network, objective, samples, Integer.MAX_VALUE, "");
            TrainingSession opened = settings.session().sessionOfOneStep(network);
            int chunk = settings.session().chunk();
            try (TrainingLoop loop = opened.orClose(() -> new TrainingLoop(network, objective, opened, chunk))) {
                opened.guardWeights();
                loop.step(checked);
                loop.session().keep();
                return loop.values();
            }
        }
    }

    private Objective objective() {
        ObjectiveSettings said = settings.objective();
        return Objective.of(network,
                settings.session().isResumed() ? said.orKept(TrainingState.of(network)) : said);
    }
}
