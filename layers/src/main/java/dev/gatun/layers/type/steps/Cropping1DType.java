package dev.gatun.layers.type.steps;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import java.util.List;

/** What is known of {@link Cropping1D}. */
public final class Cropping1DType extends StepMapType<Cropping1D> {

    /** The type. */
    public Cropping1DType() {
        super(new Cropping1D(Configuration.of(Cropping1D.OPTIONS)));
    }

    @Override
    StepMap map(Cropping1D layer) {
        return new StepMap(1, -layer.cropping().getFirst(), -layer.cropping().getLast());
    }

    @Override
    public Stepping stepping(Cropping1D layer) {
        return new Stepping.WholeSequence("leaves out steps at the ends of a sequence");
    }

    @Override
    public List<String> onnx(Cropping1D layer, OnnxCall call) {
        int behind = layer.cropping().getLast();
        return List.of(call.node("Slice", call.input(), call.constants(layer.cropping().getFirst()),
                call.constants(behind == 0 ? Long.MAX_VALUE : -behind), call.constants(1), call.constants(1)));
    }
}
