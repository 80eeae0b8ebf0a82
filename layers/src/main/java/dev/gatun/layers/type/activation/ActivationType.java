package dev.gatun.layers.type.activation;

import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CallArguments;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.memory.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is known of {@link Activation}. */
public final class ActivationType extends LayerType<Activation> {

    /** The type. */
    public ActivationType() {
        super(Activation.class, Activation.OPTIONS);
    }

    @Override
    public Activation layer(Configuration configuration) {
        return new Activation(configuration);
    }

    @Override
    public BuiltLayer build(Activation layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Activation", name,
                site -> new ActivationOperation(layer.function(), site),
                mode -> layer.function() == ActivationFunction.LINEAR);
    }

    @Override
    public MaskRule masks(Activation layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Activation layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public Set<Law> laws(Activation layer) {
        return EnumSet.allOf(Law.class);
    }

    @Override
    public List<String> onnx(Activation layer, OnnxCall call) {
        return List.of(call.activation(layer.function(), call.input()));
    }
}
