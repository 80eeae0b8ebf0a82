package dev.gatun.layers.type.bidirectional;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Map;

/** What is known of {@link Merge}. */
final class MergeType extends LayerType<Merge> {

    MergeType() {
        super(new Merge(Configuration.of(Merge.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Merge layer, String name, CallArguments<Shape> shapes) {
        return new BuiltMerge(layer, name);
    }

    @Override
    public List<String> outputs(Merge layer) {
        return layer.values() == 1 ? List.of("") : List.of("", "backward");
    }

    @Override
    public MaskRule masks(Merge layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Merge layer) {
        return new Stepping.WholeSequence("turns one half round: it needs the whole sequence");
    }

    @Override
    public List<String> onnx(Merge layer, OnnxCall call) {
        List<String> halves = call.arguments().inputs().stream().map(OnnxValue::name).toList();
        String back = counted(layer, call, layer.sequences() ? turned(call, halves.getFirst()) : halves.getFirst());
        String there = counted(layer, call, halves.get(1));
        return switch (layer.mode()) {
            case CONCAT -> List.of(call.node("Concat", List.of(there, back), Map.of("axis", OnnxAttribute.of(-1))));
            case SUM -> List.of(call.node("Add", there, back));
            case MUL -> List.of(call.node("Mul", there, back));
            case AVE -> List.of(call.node("Mul", call.node("Add", there, back), call.constant(0.5f)));
            case NONE -> List.of(there, back);
        };
    }

    /** Zeros in the place of steps that do not count. */
    private static String counted(Merge layer, OnnxCall call, String half) {
        Optional<OnnxValue> mask = call.mask(1);
        if (!layer.leavesMaskedStepsZero() || call.arguments().ignoresMask() || mask.isEmpty()) {
            return half;
        }
        String counts = call.node("Unsqueeze", mask.get().name(), call.constants(2));
        return call.node("Where", counts, half, call.constant(0));
    }

    private static String turned(OnnxCall call, String sequence) {
        return call.node("Slice", sequence, call.constants(-1), call.constants(Long.MIN_VALUE), call.constants(1),
                call.constants(-1));
    }
}
