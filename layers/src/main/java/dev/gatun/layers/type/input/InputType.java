package dev.gatun.layers.type.input;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Input;
import dev.gatun.layers.RowByRowType;
import dev.gatun.memory.Shape;

/** Where values enter a model; a graph begins with inputs and never builds them. */
public final class InputType extends RowByRowType<Input> {

    /** The type. */
    public InputType() {
        super(new Input(Configuration.of(Input.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Input layer, String name, CallArguments<Shape> shapes) {
        throw new IllegalArgumentException("Input '" + name + "' begins a model and takes no value");
    }
}
