package dev.gatun.layers.type.category;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Input;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of {@link CategoryEncoding}. */
public final class CategoryEncodingType extends LayerType<CategoryEncoding> {

    /** The type. */
    public CategoryEncodingType() {
        super(new CategoryEncoding(Configuration.of(CategoryEncoding.OPTIONS)));
    }

    @Override
    public BuiltLayer build(CategoryEncoding layer, String name, CallArguments<Shape> shapes) {
        return BuiltCategoryEncoding.of(layer, name, shapes.input());
    }

    /** Ids of any length. */
    @Override
    public Optional<Input> input(CategoryEncoding layer) {
        return Optional.of(Input.ints(Shape.UNKNOWN));
    }

    /** What all ids of a sample become has no steps. */
    @Override
    public MaskRule masks(CategoryEncoding layer) {
        return layer.outputMode().isOfSample() ? MaskRule.CONSUME : MaskRule.PASS;
    }

    @Override
    public Stepping stepping(CategoryEncoding layer) {
        return layer.outputMode().isOfSample()
                ? new Stepping.WholeSequence("says what occurs in a whole sequence")
                : new Stepping.RowByRow();
    }

    /** The largest over the steps of vectors with one 1. */
    @Override
    public List<String> onnx(CategoryEncoding layer, OnnxCall call) {
        if (layer.outputMode() == OutputMode.COUNT) {
            throw new IllegalArgumentException("CategoryEncoding '" + call.name()
                    + "' cannot be written as ONNX with output_mode count; use multi_hot, or save the model as .gatun");
        }
        if (call.arguments().mask() != null) {
            throw new IllegalArgumentException("CategoryEncoding '" + call.name()
                    + "' cannot be written as ONNX with a mask; leave the mask out, or save the model as .gatun");
        }
        String vectors = call.node("OneHot", call.input(), call.constants(layer.tokens()),
                call.initializer("off and on", Shape.of(2), 0, 1));
        if (layer.outputMode() == OutputMode.ONE_HOT) {
            boolean alone = EncodedShape.of("", layer.outputMode(), 1, call.arguments().input().shape()).alone();
            return List.of(alone ? call.node("Squeeze", vectors, call.constants(1)) : vectors);
        }
        return List.of(call.node("ReduceMax", List.of(vectors),
                Map.of("axes", OnnxAttribute.all(1), "keepdims", OnnxAttribute.of(0))));
    }
}
