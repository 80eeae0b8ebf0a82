package dev.gatun.layers.type.constantstate;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of {@link ConstantState}. */
public final class ConstantStateType extends LayerType<ConstantState> {

    /** The type. */
    public ConstantStateType() {
        super(new ConstantState(Configuration.of(ConstantState.OPTIONS)));
    }

    @Override
    public BuiltLayer build(ConstantState layer, String name, CallArguments<Shape> shapes) {
        return new BuiltConstantState(layer, name);
    }

    /** It looks at no step, so none has to be left out. */
    @Override
    public MaskRule masks(ConstantState layer) {
        return MaskRule.CONSUME;
    }

    @Override
    public Stepping stepping(ConstantState layer) {
        return new Stepping.RowByRow();
    }

    /** With a row for each sample a sample is what its place in the batch makes it. */
    @Override
    public Set<Law> laws(ConstantState layer) {
        return layer.rows() > 1 ? EnumSet.complementOf(EnumSet.of(Law.BATCH)) : EnumSet.allOf(Law.class);
    }

    @Override
    public List<String> onnx(ConstantState layer, OnnxCall call) {
        String numbers = call.initializer("value", Shape.of(layer.rows(), layer.units()), layer.numbers());
        if (layer.rows() > 1) {
            return List.of(numbers);
        }
        String batch = call.node("Slice", call.node("Shape", call.input()), call.constants(0), call.constants(1),
                call.constants(0), call.constants(1));
        String shape = call.node("Concat", List.of(batch, call.constants(layer.units())),
                Map.of("axis", OnnxAttribute.of(0)));
        return List.of(call.node("Expand", numbers, shape));
    }
}
