package dev.gatun.layers.type.convolution;

import dev.gatun.engine.conv.ConvKernel;
import dev.gatun.engine.conv.Taps;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Conv1DTranspose}. */
public final class Conv1DTransposeType extends LayerType<Conv1DTranspose> {

    /** The type. */
    public Conv1DTransposeType() {
        super(new Conv1DTranspose(Configuration.of(Conv1DTranspose.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Conv1DTranspose layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence("Conv1DTranspose", name, shapes);
        int inputs = InputShapes.features("Conv1DTranspose", name, input);
        int added = layer.outputPadding().orElse(-1);
        if (added >= layer.strides()) {
            throw ConvolutionSizes.unfit("Conv1DTranspose", name, "has output_padding=" + added
                    + ", which must be less than strides=" + layer.strides());
        }
        ConvolutionSizes.require(layer, name, inputs, layer.filters());
        int taps = layer.kernelSize();
        return new BuiltConvolution(layer, name, inputs, Shape.of(taps, layer.filters(), inputs),
                new ConvKernel(taps, layer.filters(), inputs, 1),
                new Taps(taps, layer.strides(), layer.dilationRate(), true),
                window(layer));
    }

    private static TransposedWindow window(Conv1DTranspose layer) {
        return new TransposedWindow((layer.kernelSize() - 1L) * layer.dilationRate() + 1, layer.strides(),
                layer.padding(), layer.outputPadding().orElse(-1));
    }

    /** A step of the output is made of several: Keras drops the mask. */
    @Override
    public MaskRule masks(Conv1DTranspose layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Conv1DTranspose layer) {
        return new Stepping.WholeSequence("adds several steps to each step that it makes");
    }

    @Override
    public List<String> onnx(Conv1DTranspose layer, OnnxCall call) {
        return List.of(new ConvolutionNodes(layer, call).transposed(window(layer)));
    }
}
