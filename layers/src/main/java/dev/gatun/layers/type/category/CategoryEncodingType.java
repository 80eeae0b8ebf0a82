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
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
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

    @Override
    public List<String> onnx(CategoryEncoding layer, OnnxCall call) {
        EncodingNodes nodes = new EncodingNodes(layer.outputMode(), layer.tokens(), call);
        return List.of(nodes.output(nodes.ids()));
    }
}
