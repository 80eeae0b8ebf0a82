package dev.gatun.layers.type.convolution;

import dev.gatun.engine.conv.ConvKernel;
import dev.gatun.engine.conv.Taps;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Padding;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Conv1D}. */
public final class Conv1DType extends LayerType<Conv1D> {

    /** The type. */
    public Conv1DType() {
        super(new Conv1D(Configuration.of(Conv1D.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Conv1D layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence("Conv1D", name, shapes);
        int inputs = InputShapes.features("Conv1D", name, input);
        int groups = layer.groups();
        if (inputs % groups != 0 || layer.filters() % groups != 0) {
            throw ConvolutionSizes.unfit("Conv1D", name, "cannot divide " + inputs + " features and " + layer.filters()
                    + " filters into groups=" + groups + "; both must be multiples of it, got shape " + input);
        }
        ConvolutionSizes.require(layer, name, inputs / groups, layer.filters() / groups);
        int taps = layer.kernelSize();
        return new BuiltConvolution(layer, name, inputs, Shape.of(taps, inputs / groups, layer.filters()),
                new ConvKernel(taps, inputs / groups, layer.filters() / groups, groups),
                new Taps(taps, layer.strides(), layer.dilationRate(), false), window(layer));
    }

    private static StepWindow window(Conv1D layer) {
        return new StepWindow(layer.kernelSize(), layer.strides(), layer.dilationRate(), layer.padding());
    }

    /** A step of the output is made of several, of which some may count and others not: Keras drops the mask. */
    @Override
    public MaskRule masks(Conv1D layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Conv1D layer) {
        if (layer.strides() > 1) {
            return new Stepping.WholeSequence("makes a step of every " + layer.strides() + " only (strides)");
        }
        if (layer.padding() != Padding.CAUSAL && layer.kernelSize() > 1) {
            return new Stepping.WholeSequence("reads steps that come later (padding '" + layer.padding().keyword()
                    + "'; 'causal' reads none)");
        }
        return new Stepping.Window((int) Math.min(Integer.MAX_VALUE, window(layer).span() - 1));
    }

    @Override
    public List<String> onnx(Conv1D layer, OnnxCall call) {
        return List.of(new ConvolutionNodes(layer, call).conv(window(layer), layer.groups()));
    }
}
