package dev.gatun.tests.own;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;
import java.util.Map;

/** What is known of {@link FixedVectors}. */
public final class FixedVectorsType extends LayerType<FixedVectors> {

    public FixedVectorsType() {
        super(new FixedVectors(Configuration.of(FixedVectors.OPTIONS)));
    }

    @Override
    public BuiltLayer build(FixedVectors layer, String name, CallArguments<Shape> shapes) {
        return new Built(layer, name);
    }

    @Override
    public MaskRule masks(FixedVectors layer) {
        return MaskRule.PRODUCE;
    }

    @Override
    public Stepping stepping(FixedVectors layer) {
        return new Stepping.RowByRow();
    }

    /** The vectors, and the mask: words that are not 0. */
    @Override
    public List<String> onnx(FixedVectors layer, OnnxCall call) {
        return List.of(call.node("Gather", call.initializer("table"), call.input()),
                call.node("Cast", List.of(call.input()), Map.of("to", OnnxAttribute.of(OnnxType.BOOL.number()))));
    }

    private record Built(FixedVectors layer, String name) implements BuiltLayer {

        private WeightLayout layout() {
            return WeightLayout.plain(layer.words(), layer.features());
        }

        @Override
        public List<WeightSpec> weights() {
            return List.of(new WeightSpec("table", Shape.of(layer.words(), layer.features()), layout(),
                    Initializer.GLOROT_UNIFORM, WeightRole.BUFFER));
        }

        @Override
        public ValueType reads() {
            return ValueType.INT32;
        }

        @Override
        public List<Shape> outputShapes(CallArguments<Shape> shapes) {
            Shape words = shapes.input();
            if (words.rank() != 2) {
                throw new ShapeException("FixedVectors '" + name + "' reads words [batch, time], got shape " + words);
            }
            return List.of(Shape.of(words.dim(0), words.dim(1), layer.features()));
        }

        @Override
        public Operation operation(PlanContext context) {
            return new FixedVectorsOperation(context, layer, layout());
        }
    }
}
