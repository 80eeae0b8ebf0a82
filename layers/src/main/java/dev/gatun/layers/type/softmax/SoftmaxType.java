package dev.gatun.layers.type.softmax;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.KerasCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Softmax}. */
public final class SoftmaxType extends LayerType<Softmax> {

    private static final KerasCall CALL = new KerasCall(List.of("inputs", "mask"), List.of());

    /** The type. */
    public SoftmaxType() {
        super(new Softmax(Configuration.of(Softmax.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Softmax layer, String name, CallArguments<Shape> shapes) {
        return new BuiltSoftmax(layer, name);
    }

    /** Keras takes a mask of steps for one of numbers, and refuses it too. */
    @Override
    public MaskRule masks(Softmax layer) {
        return MaskRule.REFUSE;
    }

    @Override
    public KerasCall kerasCall() {
        return CALL;
    }

    @Override
    public Stepping stepping(Softmax layer) {
        return layer.isOfRows()
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("sums over axes " + layer.axes() + ": it needs all steps");
    }

    @Override
    public List<String> onnx(Softmax layer, OnnxCall call) {
        return List.of(new SoftmaxNodes(layer, call).output());
    }
}
