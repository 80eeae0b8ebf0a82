package dev.gatun.layers.train;

import dev.gatun.layers.plan.Purpose;
import dev.gatun.memory.ParameterBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loop over epochs and batches. */
final class Fit {

    private final FitPlan plan;
    private final TrainingSession session;
    private final Tally tally;
    private final Tally validationTally;
    private final int[] order;
    private final Batch full;
    private final Batch last;
    private final Evaluation validation;
    private final ParameterBlock lastGood;
    private final List<Map<String, Double>> reports = new ArrayList<>();
    private final int firstEpoch;

    Fit(FitPlan plan, TrainingSession session) {
        this.plan = plan;
        this.session = session;
        this.tally = new Tally(plan.objective());
        this.validationTally = new Tally(plan.objective());
        this.order = new int[plan.trainingCount()];
        this.firstEpoch = Math.toIntExact(session.epochsDone() + 1);
        int size = Math.min(plan.batchSize(), order.length);
        int left = order.length % size;
        this.full = batch(size);
        this.last = left == 0 ? null : batch(left);
        this.validation = plan.validation() == null
                ? null
                : new Evaluation(plan.model(), plan.objective(), plan.validation(), plan.validationFirst(),
                        plan.validationCount(), plan.batchSize(), session.arena());
        this.lastGood = plan.model().parameters().twin(session.arena(), "last good weights");
    }

    private Batch batch(int size) {
        return new Batch(
                plan.model(), plan.objective(), plan.training().inputShapes(size), Purpose.TRAINING, session.arena());
    }

    History run() {
        int batches = (order.length + full.size() - 1) / full.size();
        Training training = new Training(
                plan.model(), session.state(), session.arena(), tally, reported(), plan.epochs(), batches);
        Callback[] callbacks = plan.callbacks().stream()
                .map(callback -> callback.begin(training))
                .toArray(Callback[]::new);
        plan.model().parameters().copyTo(lastGood);
        for (int epoch = firstEpoch; epoch <= plan.epochs() && training.stopReason().isEmpty(); epoch++) {
            training.beginEpoch(epoch);
            for (Callback callback : callbacks) {
                callback.onEpochBegin(training);
            }
            trainEpoch(training, callbacks);
            Map<String, Double> report = endEpoch(epoch);
            for (Callback callback : callbacks) {
                callback.onEpochEnd(training, report);
            }
            // Once more: a callback may have changed the learning rate.
            session.keep();
        }
        for (Callback callback : callbacks) {
            callback.onTrainingEnd(training);
        }
        return history(training.stopReason());
    }

    /** Names of what each epoch will report, and whether more of it is better. */
    private Map<String, Boolean> reported() {
        Map<String, Boolean> directions = new LinkedHashMap<>();
        tally.directions("", directions);
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
        if (plan.shuffle()) {
            Shuffle.permute(order, session.seed(), training.epoch() - 1L);
        } else {
            Shuffle.identity(order);
        }
        tally.reset();
        for (int first = 0; first < order.length; first += full.size()) {
            Batch batch = order.length - first >= full.size() ? full : last;
            batch.load(plan.training(), order, first);
            session.step(batch, tally);
            training.batchDone();
            if (!Double.isFinite(tally.batchLoss())) {
                throw diverged("The loss became " + tally.batchLoss() + " in epoch " + training.epoch() + ", batch "
                        + training.batch() + " of " + training.batches());
            }
            for (Callback callback : callbacks) {
                callback.onBatchEnd(training);
            }
        }
    }

    private Map<String, Double> endEpoch(int epoch) {
        if (!session.isFinite()) {
            throw diverged("A weight became NaN or infinite in epoch " + epoch);
        }
        Map<String, Double> report = new LinkedHashMap<>();
        tally.report("", report);
        if (validation != null) {
            validation.run(validationTally);
            validationTally.report("val_", report);
        }
        plan.model().parameters().copyTo(lastGood);
        session.epochDone();
        session.keep();
        reports.add(report);
        return report;
    }

    private History history(String stopped) {
        return new History(firstEpoch, reports, stopped);
    }

    /** Puts back the weights of the last good epoch; the optimizer's memory is spoilt and goes. */
    private DivergenceException diverged(String what) {
        lastGood.copyTo(plan.model().parameters());
        long good = session.epochsDone();
        return new DivergenceException(what + ". The model has its weights from "
                + (good == 0 ? "before the training" : "the end of epoch " + good)
                + "; try a smaller learning rate (now " + session.state().optimizer().learningRate()
                + "), clipping, for example .globalClipNorm(1), or look for outliers in the data", history(""));
    }
}
