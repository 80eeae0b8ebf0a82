package dev.gatun.layers.type.batchnormalization;

import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Set;

/** What is known of {@link BatchNormalization}. */
public final class BatchNormalizationType extends LayerType<BatchNormalization> {

    private static final int FEATURES = -1;
    /** That of the features of a sequence. */
    private static final int LAST = 2;

    /** The type. */
    public BatchNormalizationType() {
        super(new BatchNormalization(Configuration.of(BatchNormalization.OPTIONS)));
    }

    @Override
    public BuiltLayer build(BatchNormalization layer, String name, CallArguments<Shape> shapes) {
        return BuiltBatchNormalization.of(layer, name, shapes);
    }

    @Override
    public MaskRule masks(BatchNormalization layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(BatchNormalization layer) {
        return layer.axis() == FEATURES || layer.axis() == LAST
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("has statistics along axis " + layer.axis()
                        + ", where the steps of a sequence are: it needs them all");
    }

    /** Rows of a batch meet in its mean and its variance. */
    @Override
    public Set<Law> lawsInTraining(BatchNormalization layer) {
        Set<Law> laws = laws(layer);
        laws.remove(Law.BATCH);
        laws.remove(Law.ROWS_APART);
        return laws;
    }

    @Override
    public boolean countsAxes(BatchNormalization layer) {
        return layer.axis() != FEATURES;
    }

    /** As predictions run it: what divides is one number with gamma. */
    @Override
    public List<String> onnx(BatchNormalization layer, OnnxCall call) {
        float[] variance = call.weight("moving_variance").toArray();
        float[] scale = layer.scale() ? call.weight("gamma").toArray() : new float[variance.length];
        for (int channel = 0; channel < variance.length; channel++) {
            double gamma = layer.scale() ? scale[channel] : 1;
            scale[channel] = (float) (gamma / Math.sqrt(variance[channel] + layer.epsilon()));
        }
        int rank = call.arguments().input().shape().rank();
        boolean ofSteps = rank == LAST + 1 && (layer.axis() == 1 || layer.axis() == -LAST);
        Shape shape = ofSteps ? Shape.of(variance.length, 1) : Shape.of(variance.length);
        String apart = call.node("Sub", call.input(),
                call.initializer("moving_mean", shape, call.weight("moving_mean").toArray()));
        String scaled = call.node("Mul", apart, call.initializer("scale", shape, scale));
        return List.of(layer.center()
                ? call.node("Add", scaled, call.initializer("beta", shape, call.weight("beta").toArray()))
                : scaled);
    }
}
