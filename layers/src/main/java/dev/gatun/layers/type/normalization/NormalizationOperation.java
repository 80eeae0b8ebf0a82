package dev.gatun.layers.type.normalization;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/** Rows of x to rows of y. Means that are weights are read anew in each run, since somebody may have set them. */
final class NormalizationOperation extends OneToOneOperation {

    private static final int MEAN = 0;
    private static final int VARIANCE = 1;

    private final PlanContext context;
    private final KeptAxes axes;
    private final boolean isGiven;
    private final boolean isInverted;
    private final WeightLayout layout;
    private final Moments moments;
    private MemorySegment buffers;

    NormalizationOperation(BuiltNormalization built, PlanContext context) {
        super(context, context.arguments().input().shape());
        this.context = context;
        this.axes = built.axes();
        this.isGiven = built.isGiven();
        this.isInverted = built.layer().isInverted();
        this.layout = built.layout();
        this.moments = isGiven
                ? new Moments(built.given(built.layer().mean()),
                        Moments.deviations(built.given(built.layer().variance())))
                : new Moments(new float[axes.places()], new float[axes.places()]);
    }

    @Override
    protected void bound(Memory memory) {
        buffers = memory.buffers();
    }

    private void readMoments() {
        for (int place = 0; place < axes.places(); place++) {
            moments.means()[place] = buffer(MEAN, place);
            moments.deviations()[place] = Moments.deviation(buffer(VARIANCE, place));
        }
    }

    private float buffer(int index, int place) {
        return buffers.get(JAVA_FLOAT, context.weights().buffers().get(index).baseBytes()
                + layout.strips().index(place / layout.columns(), place % layout.columns()) * Float.BYTES);
    }

    @Override
    public void forward(RunContext run) {
        if (!isGiven) {
            readMoments();
        }
        for (int row = 0; row < output.rows(); row++) {
            int place = row / output.batch() * axes.stepStride();
            for (int column = 0; column < output.columns(); column++) {
                long at = (long) column * Float.BYTES;
                float value = x.segment().get(JAVA_FLOAT, x.at(row) + at);
                float mean = moments.means()[place];
                float deviation = moments.deviations()[place];
                y.segment().set(JAVA_FLOAT, y.at(row) + at,
                        isInverted ? value * deviation + mean : (value - mean) / deviation);
                place += axes.featureStride();
            }
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            int place = row / output.batch() * axes.stepStride();
            for (int column = 0; column < output.columns(); column++) {
                long at = dy.at(row) + (long) column * Float.BYTES;
                float value = dy.segment().get(JAVA_FLOAT, at);
                float deviation = moments.deviations()[place];
                dy.segment().set(JAVA_FLOAT, at, isInverted ? value * deviation : value / deviation);
                place += axes.featureStride();
            }
            RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
        }
    }
}
