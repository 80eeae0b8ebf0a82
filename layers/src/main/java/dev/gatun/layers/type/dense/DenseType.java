package dev.gatun.layers.type.dense;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dense;
import dev.gatun.layers.RowByRowType;
import dev.gatun.memory.Shape;
import java.util.List;

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

    @Override
    public List<String> onnx(Dense layer, OnnxCall call) {
        String product = call.node("MatMul", call.input(), call.initializer("kernel"));
        String sum = layer.useBias() ? call.node("Add", product, call.initializer("bias")) : product;
        return List.of(call.activation(layer.activation(), sum));
    }
}
