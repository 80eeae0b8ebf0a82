package dev.gatun.layers.type.lstm;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CallArguments;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.memory.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is known of {@link Lstm}. */
public final class LstmType extends LayerType<Lstm> {

    /** The type. */
    public LstmType() {
        super(Lstm.class, Lstm.OPTIONS);
    }

    @Override
    public Lstm layer(Configuration configuration) {
        return new Lstm(configuration);
    }

    @Override
    public BuiltLayer build(Lstm layer, String name, CallArguments<Shape> shapes) {
        return new BuiltLstm(layer, name, shapes);
    }

    @Override
    public List<String> outputs(Lstm layer) {
        return layer.returnsState() ? List.of("", "h", "c") : List.of("");
    }

    @Override
    public <T> CallArguments<T> arguments(List<T> values) {
        return CallArguments.of(values.getFirst(), values.subList(1, values.size()));
    }

    @Override
    public MaskRule masks(Lstm layer) {
        return MaskRule.CONSUME;
    }

    @Override
    public Stepping stepping(Lstm layer) {
        return layer.goesBackwards()
                ? new Stepping.WholeSequence("goes backwards: it needs the end of the sequence first")
                : new Stepping.Recurrent(List.of(layer.units(), layer.units()));
    }

    @Override
    public Set<Law> laws(Lstm layer) {
        return layer.goesBackwards() ? EnumSet.complementOf(EnumSet.of(Law.STEPS)) : EnumSet.allOf(Law.class);
    }

    @Override
    public String kerasWeights(Lstm layer) {
        return "cell/vars";
    }

    @Override
    public List<String> onnx(Lstm layer, OnnxCall call) {
        return new LstmNodes(layer, call).outputs();
    }
}
