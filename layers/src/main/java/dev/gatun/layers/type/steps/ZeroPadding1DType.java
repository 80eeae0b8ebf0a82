package dev.gatun.layers.type.steps;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ZeroPadding1D;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import java.util.List;

/** What is known of {@link ZeroPadding1D}. */
public final class ZeroPadding1DType extends StepMapType<ZeroPadding1D> {

    /** The type. */
    public ZeroPadding1DType() {
        super(new ZeroPadding1D(Configuration.of(ZeroPadding1D.OPTIONS)));
    }

    @Override
    StepMap map(ZeroPadding1D layer) {
        return new StepMap(1, layer.padding().getFirst(), layer.padding().getLast());
    }

    @Override
    public Stepping stepping(ZeroPadding1D layer) {
        return new Stepping.WholeSequence("adds steps at the ends of a sequence");
    }

    @Override
    public List<String> onnx(ZeroPadding1D layer, OnnxCall call) {
        String pads = call.constants(0, layer.padding().getFirst(), 0, 0, layer.padding().getLast(), 0);
        return List.of(call.node("Pad", call.input(), pads));
    }
}
