package dev.gatun.layers.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loop over epochs and batches. */
final class Fit {

    private final FitPlan plan;
    private final TrainingLoop loop;
    private final TrainingSession session;
    private final LossAccumulator losses;
    private final LossAccumulator validationTally;
    private final int[] order;
    private final BatchRun full;
    private final BatchRun last;
    private final LengthGroups groups;
    private final BatchLengths lengths;
    private final Evaluation validation;
    private final List<Map<String, Double>> reports = new ArrayList<>();
    private final int firstEpoch;
    /** An exception of this training's own, which says by itself where it has left the network. */
    private TrainingException told;

    Fit(FitPlan plan, TrainingLoop loop) {
        this.plan = plan;
        this.loop = loop;
        this.session = loop.session();
        this.losses = loop.losses();
        this.validationTally = new LossAccumulator(plan.objective());
        this.order = new int[plan.training().count()];
        this.firstEpoch = Math.toIntExact(session.epochsDone() + 1);
        int batchSize = plan.settings().batchSize();
        int size = Math.min(batchSize, order.length);
        int left = order.length % size;
        CheckedSamples samples = plan.training().samples();
        this.full = loop.batches(samples, size);
        this.last = left == 0 ? null : loop.batches(samples, left);
        this.groups = plan.settings().isGrouped() ? LengthGroups.of(samples, size) : null;
        this.lengths = BatchLengths.ofFree(plan.network(), samples);
        this.validation = plan.validation() == null
                ? null
                : new Evaluation(plan.network(), plan.objective(), plan.validation(), batchSize, session.arena());
    }

    History run() {
        int batches = (order.length + full.size() - 1) / full.size();
        Training training = new Training(plan.network(), loop, reported(), plan.settings().epochs(), batches);
        List<Callback> callbacks = new ArrayList<>();
        try {
            for (Callback callback : plan.settings().callbacks()) {
                callbacks.add(callback.begin(training));
            }
            runEpochs(training, callbacks.toArray(Callback[]::new));
        } catch (Throwable failed) {
            if (failed != told) {
                failed.addSuppressed(new TrainingException("The training ended " + place(training) + ". " + weightsAre()
                        + goOn(), history("")));
            }
            throw failed;
        }
        session.acceptWeights();
        end(training, callbacks);
        return history(training.stopReason());
    }

    private void runEpochs(Training training, Callback[] callbacks) {
        int epochs = plan.settings().epochs();
        for (int epoch = firstEpoch; epoch <= epochs && training.stopReason().isEmpty(); epoch++) {
            training.beginEpoch(epoch);
            requireUninterrupted(training);
            for (Callback callback : callbacks) {
                callback.onEpochBegin(training);
            }
            if (epoch > 1) {
                // The samples begin anew, and a training that is resumed from a file has no states.
                plan.network().states().reset();
            }
            trainEpoch(training, callbacks);
            Map<String, Double> report = endEpoch(training);
            for (Callback callback : callbacks) {
                callback.onEpochEnd(training, report);
            }
            if (callbacks.length > 0) {
                // Once more: callbacks may have changed the learning rate, or weights.
                session.keep();
            }
        }
    }

    /** Tells every callback, whatever the others throw. */
    private void end(Training training, List<Callback> callbacks) {
        Throwable first = null;
        for (Callback callback : callbacks) {
            try {
                callback.onTrainingEnd(training);
            } catch (Throwable failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            first.addSuppressed(
                    new TrainingException("The training itself came to its end: its epochs are kept, and the "
                            + "model is as the callbacks left it", history(training.stopReason())));
            Fit.<RuntimeException>rethrow(first);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Names of what each epoch will report, and whether more of it is better. */
    private Map<String, Boolean> reported() {
        Map<String, Boolean> directions = new LinkedHashMap<>();
        losses.directions("", directions);
        if (validation != null) {
            validationTally.directions("val_", directions);
        }
        return directions;
    }

    private void trainEpoch(Training training, Callback[] callbacks) {
        full.refresh();
        if (last != null) {
            last.refresh();
        }
        if (plan.settings().isShuffled()) {
            session.shuffle(order);
        } else {
            Shuffle.identity(order);
        }
        if (groups != null) {
            groups.arrange(order, session, plan.settings().isShuffled());
        }
        if (lengths != null) {
            lengths.sortBatches(order, full.size());
        }
        losses.reset();
        for (int first = 0; first < order.length; first += full.size()) {
            BatchRun batch = order.length - first >= full.size() ? full : last;
            losses.beginBatch();
            for (int part = 0; part < batch.parts() && Double.isFinite(losses.batchLoss()); part++) {
                Batch loaded = batch.load(plan.training().samples(), order, first, part);
                requireUninterrupted(training);
                session.step(loaded, losses);
            }
            training.batchDone();
            if (!Double.isFinite(losses.batchLoss())) {
                throw diverged("The loss became " + losses.batchLoss() + " in epoch " + training.epoch() + ", batch "
                        + training.batch() + " of " + training.batches());
            }
            for (Callback callback : callbacks) {
                callback.onBatchEnd(training);
            }
        }
    }

    private Map<String, Double> endEpoch(Training training) {
        if (!session.isFinite()) {
            throw diverged("A weight became NaN or infinite in epoch " + training.epoch());
        }
        Map<String, Double> report = new LinkedHashMap<>();
        losses.report("", report);
        if (validation != null) {
            plan.network().states().aside(() -> validate(training));
            validationTally.report("val_", report);
        }
        session.epochDone();
        session.keep();
        reports.add(report);
        return report;
    }

    /** From states at zeros, so that the training does not hear of it. */
    private void validate(Training training) {
        if (!validation.run(validationTally)) {
            requireUninterrupted(training);
        }
    }

    private History history(String stopped) {
        return new History(firstEpoch, reports, stopped);
    }

    private void requireUninterrupted(Training training) {
        if (Thread.currentThread().isInterrupted()) {
            TrainingInterruptedException interrupted = new TrainingInterruptedException(
                    "The training was interrupted " + place(training) + ". " + weightsAre() + goOn(), history(""));
            told = interrupted;
            throw interrupted;
        }
    }

    private DivergenceException diverged(String what) {
        Optimizer optimizer = session.state().optimizer();
        DivergenceException diverged = new DivergenceException(what + ". " + weightsAre()
                + "; try a smaller learning rate (now " + optimizer.learningRate() + ")"
                + (optimizer.clipping().equals(Clipping.NONE) ? ", clipping, for example .globalClipNorm(1)," : "")
                + " or look for outliers in the data", history(""));
        told = diverged;
        return diverged;
    }

    private static String place(Training training) {
        return training.epoch() == 0
                ? "before its first epoch"
                : "in epoch " + training.epoch() + ", after " + training.batch() + " of " + training.batches()
                        + " batches";
    }

    private String weightsAre() {
        long good = session.epochsDone();
        return "The model has its weights from "
                + (good == 0 ? "before the training" : "the end of epoch " + good);
    }

    private String goOn() {
        return session.epochsDone() == 0 ? "; call fit again" : "; trainer.resume() goes on from there";
    }
}
