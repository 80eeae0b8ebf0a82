package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One batch size of a training or an evaluation: the execution, and native memory for targets and weights in the order of
 * the predictions' rows, t B + b. Made before the first step; a step allocates nothing.
 */
final class Batch {

    private final Network network;
    private final Objective objective;
    private final List<Shape> inputShapes;
    private final ExecutionMode mode;
    private final RowsView[] targets;
    private final RowsView[] weights;
    private final int size;
    private Execution execution;
    private boolean weighted;

    Batch(Network network, Objective objective, List<Shape> inputShapes, ExecutionMode mode, TensorArena arena) {
        this.network = network;
        this.objective = objective;
        this.inputShapes = inputShapes;
        this.mode = mode;
        this.size = Math.toIntExact(inputShapes.getFirst().dim(0));
        this.targets = new RowsView[objective.size()];
        this.weights = new RowsView[objective.size()];
        refresh();
        requireSeparate();
        for (int i = 0; i < targets.length; i++) {
            Value output = output(i);
            int columns = objective.losses().get(i).targetColumns(output.columns());
            targets[i] = rows(arena, output.rows(), columns, "targets");
            weights[i] = rows(arena, output.rows(), 1, "sample weights");
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

    private static RowsView rows(TensorArena arena, int rows, int columns, String purpose) {
        long rowBytes = (long) columns * Float.BYTES;
        return new RowsView(arena.allocate(Math.multiplyExact(rowBytes, rows), purpose), 0, rowBytes);
    }

    /** Asks the model for the execution again: between epochs others may have used the network, and executions go. */
    void refresh() {
        execution = network.execution(inputShapes, mode);
    }

    int size() {
        return size;
    }

    private Value output(int index) {
        return execution.output(objective.outputs().get(index));
    }

    /** Copies the samples {@code order[first ...]}, or {@code first ...} if there is no order. */
    void load(CheckedSamples samples, int[] order, int first) {
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
                execution.load(i, samples.inputs().get(i), first);
            } else {
                execution.load(i, samples.inputs().get(i), order, first);
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
        RowsView to = targets[index];
        int time = output(index).time();
        for (int t = 0; t < time; t++) {
            long at = from.baseBytes() + ((long) sample * time + t) * from.rowBytes();
            MemorySegment.copy(from.segment(), at, to.segment(), to.at((long) t * size + b), to.rowBytes());
        }
    }

    private void loadWeight(Tensor from, int sample, int index, int b) {
        RowsView to = weights[index];
        boolean perStep = from.shape().rank() == 2;
        for (int t = 0; t < output(index).time(); t++) {
            long at = from.baseBytes() + (perStep
                    ? sample * from.rowBytes() + (long) t * Float.BYTES
                    : (long) sample * Float.BYTES);
            float weight = from.segment().get(JAVA_FLOAT_UNALIGNED, at);
            to.segment().set(JAVA_FLOAT, to.at((long) t * size + b), weight);
        }
    }

    /** @param step number of the training step, from 0: a part of dropout's counter */
    void forward(long seed, long step) {
        execution.forward(seed, step);
    }

    /** Adds losses and metrics of this batch; with gradients, writes those of the outputs. */
    void measure(LossAccumulator tally) {
        tally.beginBatch();
        if (mode.gradients()) {
            clearOtherGradients();
        }
        for (int i = 0; i < targets.length; i++) {
            int index = objective.outputs().get(i);
            Value output = execution.output(index);
            RowsView predictions = execution.outputRows(index);
            Loss loss = objective.losses().get(i);
            for (int k = 0; k < objective.metrics().size(); k++) {
                double sum = objective.metrics().get(k).sum(loss, predictions, targets[i], output.rows(),
                        output.columns());
                tally.addMetric(i, k, sum);
            }
            RowsView gradient = mode.gradients() ? execution.outputGradient(index) : null;
            double scale = objective.weights().get(i) / output.rows();
            double sum = loss.sum(predictions, targets[i], weighted ? weights[i] : null, gradient, output.rows(),
                    output.columns(), scale);
            tally.addLoss(i, sum, output.rows());
        }
    }

    /** Outputs without a loss have a gradient of zero; the backward pass may have written over it. */
    private void clearOtherGradients() {
        for (int index = 0; index < execution.outputCount(); index++) {
            RowsView gradient = execution.outputGradient(index);
            if (gradient != null && !objective.outputs().contains(index)) {
                Value output = execution.output(index);
                for (int row = 0; row < output.rows(); row++) {
                    for (int column = 0; column < output.columns(); column++) {
                        RowCell.set(gradient, row, column, 0);
                    }
                }
            }
        }
    }

    void backward() {
        execution.backward();
    }
}
