package dev.gatun.layers.type.activation;

import dev.gatun.layers.operation.ActivationOperation;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Activation;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Activation}. */
public final class ActivationType extends RowByRowType<Activation> {

    /** The type. */
    public ActivationType() {
        super(new Activation(Configuration.of(Activation.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Activation layer, String name, CallArguments<Shape> shapes) {
        if (layer.function().equals(ActivationFunction.GLU)) {
            return new BuiltGlu(layer.function(), name);
        }
        return new WeightlessLayer("Activation", name,
                context -> new ActivationOperation(layer.function(), context),
                mode -> layer.function().equals(ActivationFunction.LINEAR));
    }

    @Override
    public List<String> onnx(Activation layer, OnnxCall call) {
        return List.of(call.activation(layer.function(), call.input()));
    }
}
