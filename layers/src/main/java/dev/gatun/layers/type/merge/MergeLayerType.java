package dev.gatun.layers.type.merge;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.MergeLayer;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What is known of a layer that merges values number by number.
 *
 * @param <L> its class
 */
final class MergeLayerType<L extends MergeLayer<L>> extends LayerType<L> {

    private final MergeFunction function;

    MergeLayerType(L prototype, MergeFunction function) {
        super(prototype);
        this.function = function;
    }

    @Override
    public BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltMergeLayer(function, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(L layer) {
        return MaskRule.COMBINE_ALL;
    }

    @Override
    public Stepping stepping(L layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(L layer, OnnxCall call) {
        return new MergeNodes(function, call).outputs();
    }
}
