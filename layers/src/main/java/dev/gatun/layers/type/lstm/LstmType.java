package dev.gatun.layers.type.lstm;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Lstm}. */
public final class LstmType extends LayerType<Lstm> {

    /** The type. */
    public LstmType() {
        super(new Lstm(Configuration.of(Lstm.OPTIONS)));
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
    public String kerasWeights(Lstm layer) {
        return "cell/vars";
    }

    @Override
    public List<String> onnx(Lstm layer, OnnxCall call) {
        return new LstmNodes(layer, call).outputs();
    }
}
