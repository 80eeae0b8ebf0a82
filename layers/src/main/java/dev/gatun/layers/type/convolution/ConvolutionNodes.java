package dev.gatun.layers.type.convolution;

import dev.gatun.layers.ConvolutionLayer;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.operation.WindowNodes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ONNX nodes of a convolution.
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record ConvolutionNodes(ConvolutionLayer<?> layer, OnnxCall call) {

    String conv(StepWindow window, int groups) {
        WindowNodes nodes = new WindowNodes(call, window);
        Map<String, OnnxAttribute> attributes = nodes.attributes(true);
        attributes.put("group", OnnxAttribute.of(groups));
        return behind(nodes, nodes.padded(nodes.exchanged(call.input()), 0), "Conv", attributes);
    }

    String transposed(TransposedWindow window) {
        WindowNodes nodes = new WindowNodes(call,
                new StepWindow(layer.kernelSize(), layer.strides(), layer.dilationRate(), layer.padding()));
        Map<String, OnnxAttribute> attributes = nodes.attributes(true);
        attributes.remove("auto_pad");
        // Of one step of input so many steps of output are added to, and so many are there.
        long left = window.span() - window.steps(1);
        long before = window.before(1);
        attributes.put("pads", OnnxAttribute.all(before, Math.max(0, left - before)));
        attributes.put("output_padding", OnnxAttribute.all(Math.max(0, before - left)));
        return behind(nodes, nodes.exchanged(call.input()), "ConvTranspose", attributes);
    }

    private String behind(WindowNodes nodes, String first, String operator, Map<String, OnnxAttribute> attributes) {
        List<String> reads = new ArrayList<>(List.of(first, filters()));
        if (layer.useBias()) {
            reads.add(call.initializer("bias"));
        }
        return call.activation(layer.activation(), nodes.exchanged(call.node(operator, reads, attributes)));
    }

    /** The kernel with its axes in the opposite order, as ONNX has them. */
    private String filters() {
        Tensor kernel = call.weight("kernel");
        Shape shape = kernel.shape();
        int taps = (int) shape.dim(0);
        int rows = (int) shape.dim(1);
        int columns = (int) shape.dim(2);
        float[] from = kernel.toArray();
        float[] to = new float[from.length];
        for (int at = 0; at < from.length; at++) {
            int tap = at / (rows * columns);
            int row = at / columns % rows;
            to[(at % columns * rows + row) * taps + tap] = from[at];
        }
        return call.initializer("filters", Shape.of(columns, rows, taps), to);
    }
}
