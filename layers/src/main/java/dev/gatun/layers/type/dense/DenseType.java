package dev.gatun.layers.type.dense;

import dev.gatun.layers.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dense;
import dev.gatun.layers.RowByRowType;
import dev.gatun.memory.Shape;

/** What is known of {@link Dense}. */
public final class DenseType extends RowByRowType<Dense> {

    /** The type. */
    public DenseType() {
        super(new Dense(Configuration.of(Dense.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Dense layer, String name, CallArguments<Shape> shapes) {
        return new BuiltDense(layer, name, shapes);
    }
}
