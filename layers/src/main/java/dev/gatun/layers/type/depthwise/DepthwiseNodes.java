package dev.gatun.layers.type.depthwise;

import dev.gatun.layers.DepthwiseLayer;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.operation.WindowNodes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ONNX nodes of a convolution of single features: a group for each. */
final class DepthwiseNodes {

    private final OnnxCall call;
    private final WindowNodes nodes;

    DepthwiseNodes(DepthwiseLayer<?> layer, OnnxCall call) {
        this.call = call;
        this.nodes = new WindowNodes(call,
                new StepWindow(layer.kernelSize(), layer.strides(), layer.dilationRate(), layer.padding()));
    }

    String exchanged(String value) {
        return nodes.exchanged(value);
    }

    /** What the filters make, features before time. */
    String filtered(String weight, boolean hasBias) {
        Tensor kernel = call.weight(weight);
        int taps = (int) kernel.shape().dim(0);
        int columns = (int) (kernel.shape().elements() / taps);
        float[] from = kernel.toArray();
        float[] to = new float[from.length];
        for (int at = 0; at < from.length; at++) {
            to[at % columns * taps + at / columns] = from[at];
        }
        Map<String, OnnxAttribute> attributes = nodes.attributes(true);
        attributes.put("group", OnnxAttribute.of(kernel.shape().dim(1)));
        List<String> reads = new ArrayList<>(List.of(nodes.padded(nodes.exchanged(call.input()), 0),
                call.initializer("filters", Shape.of(columns, 1, taps), to)));
        if (hasBias) {
            reads.add(call.initializer("bias"));
        }
        return call.node("Conv", reads, attributes);
    }
}
