package dev.gatun.layers.type.noise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/** What is known of {@link SpatialDropout1D}. */
public final class SpatialDropout1DType extends RowByRowType<SpatialDropout1D> {

    /** The type. */
    public SpatialDropout1DType() {
        super(new SpatialDropout1D(Configuration.of(SpatialDropout1D.OPTIONS)));
    }

    @Override
    public BuiltLayer build(SpatialDropout1D layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("SpatialDropout1D", name, shapes);
        if (input.rank() != 3) {
            throw new ShapeException(
                    "SpatialDropout1D '" + name + "' drops features of a sequence [batch, time, features],"
                            + " got shape " + input + "; use Dropout, or give it a sequence");
        }
        return new WeightlessLayer("SpatialDropout1D", name, context -> new FeatureNoise(layer, context),
                mode -> !mode.dropout());
    }

    /** What falls, falls in all steps of a sequence. */
    @Override
    public boolean countsAxes(SpatialDropout1D layer) {
        return true;
    }

    @Override
    public List<String> onnx(SpatialDropout1D layer, OnnxCall call) {
        return List.of(call.input());
    }
}
