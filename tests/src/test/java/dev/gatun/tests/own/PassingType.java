package dev.gatun.tests.own;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.Collections;
import java.util.List;

/** What is known of {@link Passing}. */
public final class PassingType extends RowByRowType<Passing> {

    public PassingType() {
        super(new Passing(Configuration.of(Passing.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Passing layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Passing", name, context -> {
            throw new UnsupportedOperationException("only for predictions, which leave it out");
        }, mode -> true);
    }

    @Override
    public List<String> onnx(Passing layer, OnnxCall call) {
        return switch (layer.values()) {
            case 0 -> super.onnx(layer, call);
            case Passing.RANDOM -> List.of(call.node("RandomNormalLike", call.input()));
            case Passing.NEGATIVE -> List.of(call.node("Neg", call.input()));
            default -> Collections.nCopies(layer.values(), call.input());
        };
    }
}
