package dev.gatun.layers.type.norms;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What the types of this folder share: all that follows from a layer's {@link NormForm}.
 *
 * @param <L> the class of layers
 */
abstract class NormType<L extends Layer> extends LayerType<L> {

    private static final int FEATURES = -1;
    /** That of the features of a sequence. */
    private static final int LAST = 2;

    NormType(L prototype) {
        super(prototype);
    }

    abstract NormForm form(L layer);

    @Override
    public final BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        return BuiltNorm.of(form(layer), name, shapes);
    }

    /** As in Keras what a step that does not count holds takes part where steps are normalized together. */
    @Override
    public MaskRule masks(L layer) {
        return MaskRule.PASS;
    }

    @Override
    public final Stepping stepping(L layer) {
        NormForm form = form(layer);
        if (form.groups() != NormForm.NO_GROUPS) {
            return new Stepping.WholeSequence("normalizes all steps of a sample together: it needs them all");
        }
        boolean ofFeatures = form.axes().equals(List.of(FEATURES)) || form.axes().equals(List.of(LAST));
        return ofFeatures
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("normalizes along axis " + form.axes().getFirst()
                        + ", where the steps of a sequence are: it needs them all");
    }

    @Override
    public final boolean countsAxes(L layer) {
        return !form(layer).axes().equals(List.of(FEATURES));
    }

    @Override
    public final List<String> onnx(L layer, OnnxCall call) {
        return NormNodes.of(form(layer), call).outputs();
    }
}
