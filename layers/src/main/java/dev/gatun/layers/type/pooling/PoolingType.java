package dev.gatun.layers.type.pooling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.PoolingLayer;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.operation.WindowNodes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What poolings over windows share.
 *
 * @param <L> the class of layers
 */
abstract class PoolingType<L extends PoolingLayer<L>> extends LayerType<L> {

    private final boolean means;

    /** @param means whether it makes means, or else largest numbers */
    PoolingType(L prototype, boolean means) {
        super(prototype);
        this.means = means;
    }

    private StepWindow window(L layer) {
        return new StepWindow(layer.poolSize(), layer.strides(), 1, layer.padding());
    }

    @Override
    public BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        InputShapes.sequence(layer.kind(), name, shapes);
        return new BuiltPooling(layer.kind(), name, window(layer), means);
    }

    /** A step of the output is made of several, of which some may count and others not: Keras drops the mask. */
    @Override
    public MaskRule masks(L layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(L layer) {
        return new Stepping.WholeSequence("makes one step of several, some of which come later");
    }

    @Override
    public List<String> onnx(L layer, OnnxCall call) {
        WindowNodes nodes = new WindowNodes(call, window(layer));
        String first = nodes.exchanged(call.input());
        if (!means) {
            return List.of(nodes.exchanged(pooled(call, nodes, "MaxPool",
                    nodes.padded(first, Float.NEGATIVE_INFINITY))));
        }
        String mean = pooled(call, nodes, "AveragePool", nodes.padded(first, 0));
        if (nodes.pads()) {
            // Steps that only pad do not count: the mean of ones says which share of a window does.
            String ones = call.node("Expand", call.constant(1), call.node("Shape", first));
            mean = call.node("Div", mean, pooled(call, nodes, "AveragePool", nodes.padded(ones, 0)));
        }
        return List.of(nodes.exchanged(mean));
    }

    private static String pooled(OnnxCall call, WindowNodes nodes, String operator, String value) {
        return call.node(operator, List.of(value), nodes.attributes(false));
    }
}
