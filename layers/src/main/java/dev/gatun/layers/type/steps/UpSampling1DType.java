package dev.gatun.layers.type.steps;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;

/** What is known of {@link UpSampling1D}. */
public final class UpSampling1DType extends StepMapType<UpSampling1D> {

    /** The type. */
    public UpSampling1DType() {
        super(new UpSampling1D(Configuration.of(UpSampling1D.OPTIONS)));
    }

    @Override
    StepMap map(UpSampling1D layer) {
        return new StepMap(layer.size(), 0, 0);
    }

    @Override
    public Stepping stepping(UpSampling1D layer) {
        return new Stepping.WholeSequence("makes several steps of each");
    }

    @Override
    public List<String> onnx(UpSampling1D layer, OnnxCall call) {
        String scales = call.initializer("scales", Shape.of(3), 1, layer.size(), 1);
        return List.of(call.node("Resize", List.of(call.input(), "", scales), Map.of("mode",
                OnnxAttribute.of("nearest"), "coordinate_transformation_mode", OnnxAttribute.of("asymmetric"),
                "nearest_mode", OnnxAttribute.of("floor"))));
    }
}
