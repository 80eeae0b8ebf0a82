package dev.gatun.perf.paired;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.BatchRows;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.OptimizerState;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.perf.workload.Net;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One training step of Gatun: input copied in, forward, mean squared error, backward, Adam. */
public final class OurTraining extends OurModel {

    /** What the peers have by default. */
    public static final float EPSILON = 1e-8f;
    public static final float RATE = 1e-3f;

    private final Execution execution;
    private final Tensor x;
    private final BatchRows predictions;
    private final BatchRows gradient;
    private final BatchRows targets;
    private final OptimizerState state;
    private double loss;

    /** @param y [B,N], the targets of the last step, or [B,T,N] if every step has an output */
    public OurTraining(Net net, int threads, float[] x, float[] y) {
        super(net, threads);
        this.execution = model.network().execution(List.of(net.shape()), ExecutionMode.TRAINING);
        this.x = arena.tensor("x", net.shape());
        Tensor.of(x, net.shape().toArray()).copyTo(this.x);
        Shape out = net.outputShape();
        int columns = Math.toIntExact(out.last());
        int rows = Math.toIntExact(out.elements()) / columns;
        MemorySegment segment = arena.allocate((long) rows * columns * Float.BYTES, "targets");
        // Outputs of a sequence lie step by step.
        float[] ordered = net.perStep()
                ? Axes.swapped(y, Math.toIntExact(out.dim(0)), Math.toIntExact(out.dim(1)), columns)
                : y;
        MemorySegment.copy(ordered, 0, segment, JAVA_FLOAT, 0, rows * columns);
        this.targets = BatchRows.of(segment, 0, (long) columns * Float.BYTES, rows, columns);
        this.predictions = view(execution.outputRows(0));
        this.gradient = view(execution.outputGradient(0));
        this.state = OptimizerState.start(Adam.rate(RATE).epsilon(EPSILON), model.network().parameters(), arena);
        Kernels.await();
    }

    private BatchRows view(RowsView rows) {
        return BatchRows.of(rows.segment(), rows.at(0), rows.rowBytes(), targets.count(), targets.columns());
    }

    @Override
    public void run() {
        pass();
        state.step(model.network().parameters(), model.network().gradients(), model.network().team());
    }

    private void pass() {
        execution.load(0, x, 0);
        execution.forward();
        loss = Loss.MSE.sum(predictions, targets, null, gradient, 1.0 / targets.count()) / targets.count();
        model.network().gradients().clear();
        execution.backward();
    }

    @Override
    public float[] result() {
        pass();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        append(bytes, (float) loss);
        model.weights().forEach(weight -> append(bytes, weight.get(model.network().gradients()).toArray()));
        float[] result = new float[bytes.size() / Float.BYTES];
        ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.nativeOrder()).asFloatBuffer().get(result);
        return result;
    }

    private static void append(ByteArrayOutputStream bytes, float... values) {
        bytes.writeBytes(MemorySegment.ofArray(values).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }
}
