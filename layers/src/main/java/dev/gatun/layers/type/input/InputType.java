package dev.gatun.layers.type.input;

import dev.gatun.layers.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Input;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.memory.Shape;
import java.util.EnumSet;
import java.util.Set;

/** Where values enter a model; a graph begins with inputs and never builds them. */
public final class InputType extends LayerType<Input> {

    /** The type. */
    public InputType() {
        super(Input.class, Input.OPTIONS);
    }

    @Override
    public Input layer(Configuration configuration) {
        return new Input(configuration);
    }

    @Override
    public BuiltLayer build(Input layer, String name, CallArguments<Shape> shapes) {
        throw new IllegalArgumentException("Input '" + name + "' begins a model and takes no value");
    }

    @Override
    public MaskRule masks(Input layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Input layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public Set<Law> laws(Input layer) {
        return EnumSet.allOf(Law.class);
    }
}
