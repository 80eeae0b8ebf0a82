package dev.gatun.tests.own;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Gain}; found as a service, named in META-INF/services. */
public final class GainType extends RowByRowType<Gain> {

    public GainType() {
        super(new Gain(Configuration.of(Gain.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Gain layer, String name, CallArguments<Shape> shapes) {
        int features = InputShapes.features("Gain", name, InputShapes.single("Gain", name, shapes));
        return new Built(layer, name, features);
    }

    @Override
    public List<String> onnx(Gain layer, OnnxCall call) {
        return List.of(call.node("Mul", call.input(), call.initializer("gain")));
    }

    private record Built(Gain layer, String name, int features) implements BuiltLayer {

        @Override
        public List<WeightSpec> weights() {
            return List.of(new WeightSpec(
                    "gain", Shape.of(features), WeightLayout.plain(1, features), layer.initializer()));
        }

        @Override
        public List<Shape> outputShapes(CallArguments<Shape> shapes) {
            Shape input = InputShapes.single("Gain", name, shapes);
            InputShapes.requireFeatures("Gain", name, input, features);
            return List.of(input);
        }

        @Override
        public Operation operation(PlanContext context) {
            return new GainOperation(context);
        }
    }
}
