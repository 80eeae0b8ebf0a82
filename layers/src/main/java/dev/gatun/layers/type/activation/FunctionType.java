package dev.gatun.layers.type.activation;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Elu;
import dev.gatun.layers.FunctionLayer;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Relu;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.operation.ActivationOperation;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What is known of layers that are one function of each number.
 *
 * @param <L> the class of layers
 */
public final class FunctionType<L extends FunctionLayer<L>> extends RowByRowType<L> {

    private FunctionType(L prototype) {
        super(prototype);
    }

    /** {@return what is known of {@link LeakyRelu}} */
    public static FunctionType<LeakyRelu> leakyRelu() {
        return new FunctionType<>(new LeakyRelu(Configuration.of(LeakyRelu.OPTIONS)));
    }

    /** {@return what is known of {@link Elu}} */
    public static FunctionType<Elu> elu() {
        return new FunctionType<>(new Elu(Configuration.of(Elu.OPTIONS)));
    }

    /** {@return what is known of {@link Relu}} */
    public static FunctionType<Relu> relu() {
        return new FunctionType<>(new Relu(Configuration.of(Relu.OPTIONS)));
    }

    @Override
    public BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer(layer.kind(), name,
                context -> new ActivationOperation(layer.function(), context), mode -> false);
    }

    @Override
    public List<String> onnx(L layer, OnnxCall call) {
        return List.of(call.activation(layer.function(), call.input()));
    }
}
