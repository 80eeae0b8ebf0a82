package dev.gatun.layers.type.pooling;

import java.util.List;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.AdaptivePoolingLayer;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/**
 * What poolings to so many steps share.
 *
 * @param <L> the class of layers
 */
abstract class AdaptivePoolingType<L extends AdaptivePoolingLayer<L>> extends LayerType<L> {

    private final boolean means;

    /** @param means whether it makes means, or else largest numbers */
    AdaptivePoolingType(L prototype, boolean means) {
        super(prototype);
        this.means = means;
    }

    @Override
    public BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        InputShapes.sequence(layer.kind(), name, shapes);
        return new BuiltAdaptivePooling(layer.kind(), name, layer.outputSize(), means);
    }

    /** A step of the output is made of several, of which some may count and others not: Keras drops the mask. */
    @Override
    public MaskRule masks(L layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(L layer) {
        return new Stepping.WholeSequence("divides the whole sequence");
    }

    @Override
    public List<String> onnx(L layer, OnnxCall call) {
        EvenWindowNodes nodes = new EvenWindowNodes(layer.outputSize(), call);
        return List.of(means ? nodes.mean() : nodes.largest());
    }
}
