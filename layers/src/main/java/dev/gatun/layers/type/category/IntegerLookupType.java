package dev.gatun.layers.type.category;

import java.util.List;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Input;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.Optional;

/** What is known of {@link IntegerLookup}. */
public final class IntegerLookupType extends LayerType<IntegerLookup> {

    /** The type. */
    public IntegerLookupType() {
        super(new IntegerLookup(Configuration.of(IntegerLookup.OPTIONS)));
    }

    @Override
    public BuiltLayer build(IntegerLookup layer, String name, CallArguments<Shape> shapes) {
        return BuiltIntegerLookup.of(layer, name, shapes.input());
    }

    /** Whole numbers of any length. */
    @Override
    public Optional<Input> input(IntegerLookup layer) {
        return Optional.of(Input.ints(Shape.UNKNOWN));
    }

    /** What all numbers of a sample become has no steps. */
    @Override
    public MaskRule masks(IntegerLookup layer) {
        return layer.outputMode().isOfSample() ? MaskRule.CONSUME : MaskRule.PASS;
    }

    @Override
    public Stepping stepping(IntegerLookup layer) {
        return layer.outputMode().isOfSample()
                ? new Stepping.WholeSequence("says what occurs in a whole sequence")
                : new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(IntegerLookup layer, OnnxCall call) {
        return List.of(new LookupNodes(layer, call).output());
    }
}
