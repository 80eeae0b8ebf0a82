package dev.gatun.layers.type.dense;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CallArguments;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.memory.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is known of {@link Dense}. */
public final class DenseType extends LayerType<Dense> {

    /** The type. */
    public DenseType() {
        super(Dense.class, Dense.OPTIONS);
    }

    @Override
    public Dense layer(Configuration configuration) {
        return new Dense(configuration);
    }

    @Override
    public BuiltLayer build(Dense layer, String name, CallArguments<Shape> shapes) {
        return new BuiltDense(layer, name, shapes);
    }

    @Override
    public MaskRule masks(Dense layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Dense layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public Set<Law> laws(Dense layer) {
        return EnumSet.allOf(Law.class);
    }

    @Override
    public List<String> onnx(Dense layer, OnnxCall call) {
        String product = call.node("MatMul", call.input(), call.initializer("kernel"));
        String sum = layer.useBias() ? call.node("Add", product, call.initializer("bias")) : product;
        return List.of(call.activation(layer.activation(), sum));
    }
}
