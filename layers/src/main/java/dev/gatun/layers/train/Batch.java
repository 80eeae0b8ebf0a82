package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch size of a training or an evaluation: the execution, and native memory for targets and weights in the order of
 * the predictions' rows, t B + b. Made before the first step; a step allocates nothing.
 */
final class Batch {

    private final Network network;
    private final Objective objective;
    private final List<Integer> masked;
    private final List<Shape> inputShapes;
    private final ExecutionMode mode;
    private final BatchRows[] predictions;
    private final BatchRows[] gradients;
    private final BatchRows[] targets;
    private final BatchRows[] weights;
    private final StepWeights[] steps;
    private final List<BatchRows> otherGradients = new ArrayList<>();
    private final int size;
    private Execution execution;
    private boolean weighted;
    private final boolean isPart;
    /** Where a part of longer sequences begins. */
    private int firstStep;
    /** What recurrent layers carry from part to part; null for whole sequences. */
    private RowsView states;
    private boolean counts;

    Batch(Network network, Objective objective, BatchShapes shapes, ExecutionMode mode, TensorArena arena) {
        this.network = network;
        this.objective = objective;
        this.masked = shapes.masked();
        this.inputShapes = shapes.inputs();
        this.isPart = shapes.isPart();
        this.mode = mode;
        this.size = Math.toIntExact(inputShapes.getFirst().dim(0));
        this.predictions = new BatchRows[objective.size()];
        this.gradients = new BatchRows[objective.size()];
        this.targets = new BatchRows[objective.size()];
        this.weights = new BatchRows[objective.size()];
        this.steps = new StepWeights[objective.size()];
        refresh();
        requireSeparate();
        for (int i = 0; i < targets.length; i++) {
            Value output = output(i);
            int columns = objective.losses().get(i).targetColumns(output.columns());
            targets[i] = rows(arena, output.rows(), columns, "targets");
            weights[i] = rows(arena, output.rows(), 1, "sample weights");
            steps[i] = execution.outputMask(objective.outputs().get(i)) == null
                    ? null
                    : new StepWeights(rows(arena, output.rows(), 1, "masks"), weights[i]);
        }
    }

    /** Two losses on one value would each write its only gradient. */
    private void requireSeparate() {
        for (int i = 0; mode.gradients() && i < objective.size(); i++) {
            for (int k = 0; k < i; k++) {
                RowsView one = execution.outputGradient(objective.outputs().get(i));
                if (one != null && one.equals(execution.outputGradient(objective.outputs().get(k)))) {
                    throw new IllegalArgumentException("Outputs '" + objective.names().get(k) + "' and '"
                            + objective.names().get(i) + "' of model '" + network.name()
                            + "' are the same value; give a loss to one of them only");
                }
            }
        }
    }

    private static BatchRows rows(TensorArena arena, int rows, int columns, String purpose) {
        long rowBytes = (long) columns * Float.BYTES;
        MemorySegment segment = arena.allocate(Math.multiplyExact(rowBytes, rows), purpose);
        return BatchRows.of(segment, 0, rowBytes, rows, columns);
    }

    /** @param rows null for none, which stays none */
    private static BatchRows view(RowsView rows, Value output) {
        return rows == null
                ? null
                : BatchRows.of(rows.segment(), rows.at(0), rows.rowBytes(), output.rows(), output.columns());
    }

    /** Asks the model for the execution again: between epochs others may have used the network, and executions go. */
    void refresh() {
        execution = isPart
                ? network.executionOfSteps(masked, inputShapes, mode)
                : network.execution(masked, inputShapes, mode);
        for (int i = 0; i < objective.size(); i++) {
            int index = objective.outputs().get(i);
            predictions[i] = view(execution.outputRows(index), output(i));
            gradients[i] = mode.gradients() ? view(execution.outputGradient(index), output(i)) : null;
        }
        otherGradients.clear();
        for (int index = 0; mode.gradients() && index < execution.outputCount(); index++) {
            if (!objective.outputs().contains(index) && execution.outputGradient(index) != null) {
                otherGradients.add(view(execution.outputGradient(index), execution.output(index)));
            }
        }
    }

    int size() {
        return size;
    }

    private Value output(int index) {
        return execution.output(objective.outputs().get(index));
    }

    /** Copies the samples {@code order[first ...]}, or {@code first ...} if there is no order. */
    void load(CheckedSamples samples, int[] order, int first) {
        load(samples, order, first, 0, null);
    }

    /** As {@link #load(CheckedSamples, int[], int)}, the steps from one on, and the rows of what recurrent layers carry. */
    void load(CheckedSamples samples, int[] order, int first, int fromStep, RowsView carried) {
        firstStep = fromStep;
        states = carried;
        if (execution.isOpen()) {
            execution.resize(inputShapes);
        } else {
            // Between steps a callback may have predicted at so many sizes that this execution had to go.
            refresh();
        }
        try {
            copy(samples, order, first);
        } catch (IllegalStateException failed) {
            // Another thread may have freed the memory since it was looked at.
            samples.requireAlive();
            throw failed;
        }
    }

    private void copy(CheckedSamples samples, int[] order, int first) {
        for (int i = 0; i < samples.inputs().size(); i++) {
            if (order == null) {
                execution.load(i, samples.inputs().get(i), first, firstStep);
            } else {
                execution.load(i, samples.inputs().get(i), order, first, firstStep);
            }
        }
        weighted = samples.weights() != null;
        for (int i = 0; i < targets.length; i++) {
            for (int b = 0; b < size; b++) {
                int sample = order == null ? first + b : order[first + b];
                loadTarget(samples.targets().get(i), sample, i, b);
                if (weighted) {
                    loadWeight(samples.weights().get(i), sample, i, b);
                }
            }
        }
    }

    private void loadTarget(Tensor from, int sample, int index, int b) {
        BatchRows to = targets[index];
        int time = output(index).time();
        long inStep = inStep(from.shape());
        long inSample = from.shape().rank() > 2 ? from.shape().dim(1) * inStep : 1;
        for (int t = 0; t < time; t++) {
            long at = from.baseBytes() + (sample * inSample + firstStep * inStep + t) * from.rowBytes();
            to.load(t * size + b, from.segment(), at);
        }
    }

    /** Rows of a step. */
    private static long inStep(Shape shape) {
        return shape.rank() > 3 ? shape.dim(2) : 1;
    }

    private void loadWeight(Tensor from, int sample, int index, int b) {
        boolean perStep = from.shape().rank() == 2;
        long inStep = inStep(output(index).shape());
        for (int t = 0; t < output(index).time(); t++) {
            long at = from.baseBytes() + (perStep
                    ? sample * from.rowBytes() + (firstStep + t / inStep) * Float.BYTES
                    : (long) sample * Float.BYTES);
            weights[index].load(t * size + b, from.segment(), at);
        }
    }

    /** @param step number of the training step, from 0: a part of dropout's counter */
    void forward(long seed, long step) {
        execution.forward(states, seed, step);
        if (states != null) {
            execution.keepState();
        }
    }

    /** What stateful layers have come to is where they go on, and statistics move: once the loss is known to be a number. */
    void keepStates() {
        execution.keepRunStates();
        execution.learnBuffers();
    }

    /** Whether it is a part behind the first of which no step counts, so that there is nothing to learn from. */
    boolean isIdle() {
        return firstStep > 0 && !counts;
    }

    /** Adds losses and metrics of this batch; with gradients, writes those of the outputs. */
    void measure(LossAccumulator losses) {
        losses.beginBatch();
        counts = false;
        // Outputs without a loss have a gradient of zero; the backward pass may have written over it.
        for (int i = 0; i < otherGradients.size(); i++) {
            otherGradients.get(i).clear();
        }
        for (int i = 0; i < targets.length; i++) {
            measure(i, losses);
        }
    }

    /** What the layers' outputs add to the loss of this batch. */
    double activityPenalty() {
        return execution.activityPenalty();
    }

    private void measure(int i, LossAccumulator losses) {
        StepWeights left = steps[i];
        int rows = predictions[i].count();
        int counted = left == null
                ? rows
                : left.read(output(i), execution.outputMask(objective.outputs().get(i)), weighted);
        counts |= counted > 0;
        losses.addMetrics(i, predictions[i], targets[i], left == null ? null : left.counted());
        BatchRows effective = left == null ? weighted ? weights[i] : null : left.effective(weighted);
        double scale = counted == 0 ? 0 : objective.weights().get(i) / counted;
        double sum = objective.losses().get(i).sum(predictions[i], targets[i], effective, gradients[i], scale);
        losses.addLoss(i, counted == 0 ? 0 : sum * ((double) rows / counted), rows);
    }

    void backward() {
        execution.backward();
    }
}
