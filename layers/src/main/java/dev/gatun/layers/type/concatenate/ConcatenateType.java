package dev.gatun.layers.type.concatenate;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is known of {@link Concatenate}. */
public final class ConcatenateType extends LayerType<Concatenate> {

    /** The type. */
    public ConcatenateType() {
        super(Concatenate.of());
    }

    @Override
    public BuiltLayer build(Concatenate layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltConcatenate(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(Concatenate layer) {
        return layer.dropsMasks() ? MaskRule.DROP : MaskRule.COMBINE;
    }

    /** Axis 1 of a sequence are its steps. Of flat values it are features, but which of the two are given is not known here. */
    @Override
    public Stepping stepping(Concatenate layer) {
        return layer.axis() == -1
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("concatenates along axis " + layer.axis()
                        + ", which may be the steps of a sequence; axis -1 are the features");
    }

    @Override
    public List<String> onnx(Concatenate layer, OnnxCall call) {
        List<OnnxValue> values = call.arguments().inputs();
        Map<String, OnnxAttribute> axis = Map.of("axis", OnnxAttribute.of(layer.axis()));
        String joined = call.node("Concat", values.stream().map(OnnxValue::name).toList(), axis);
        boolean isMasked = IntStream.range(0, values.size()).anyMatch(i -> call.mask(i).isPresent());
        if (!isMasked || layer.dropsMasks()) {
            return List.of(joined);
        }
        List<String> masks = IntStream.range(0, values.size()).mapToObj(i -> mask(call, i)).toList();
        return List.of(joined, layer.axis() == 1
                ? call.node("Concat", masks, axis)
                : masks.stream().reduce((one, other) -> call.node("Or", one, other)).orElseThrow());
    }

    /** Of a value without a mask every step counts. */
    private static String mask(OnnxCall call, int value) {
        return call.mask(value).map(OnnxValue::name).orElseGet(() -> {
            String shape = call.node("Slice", call.node("Shape", call.arguments().inputs().get(value).name()),
                    call.constants(0), call.constants(2), call.constants(0), call.constants(1));
            return call.cast(call.node("Expand", call.constant(1), shape), OnnxType.BOOL);
        });
    }
}
