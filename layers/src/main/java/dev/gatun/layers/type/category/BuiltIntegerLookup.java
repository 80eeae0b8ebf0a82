package dev.gatun.layers.type.category;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * An IntegerLookup in a model.
 *
 * @param layer its options
 * @param form  of what it makes
 * @param codes of its numbers
 */
record BuiltIntegerLookup(IntegerLookup layer, EncodedShape form, TokenCodes codes) implements BuiltLayer {

    static BuiltIntegerLookup of(IntegerLookup layer, String name, Shape ids) {
        return new BuiltIntegerLookup(layer, EncodedShape.of("IntegerLookup '" + name + "'", layer.outputMode(),
                layer.ids(), ids), codes(layer));
    }

    @Override
    public String unknown(int number) {
        return codes.code(number) == TokenCodes.UNKNOWN ? UnknownToken.SAID : null;
    }

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public ValueType reads() {
        return ValueType.INT32;
    }

    @Override
    public ValueType makes() {
        return layer.outputMode() == OutputMode.INT ? ValueType.INT32 : ValueType.FLOAT32;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> inputs = shapes.withoutMask().all();
        if (inputs.size() != 1) {
            throw new ShapeException(form.owner() + " takes one input, got " + inputs.size() + ": " + inputs);
        }
        return List.of(form.of(inputs.getFirst()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return layer.outputMode() == OutputMode.INT
                ? new LookupOperation(form.owner(), codes, context)
                : new EncodingOperation(form, codes,
                        outputShapes(context.arguments().map(Value::shape)).getFirst(), context);
    }

    private static TokenCodes codes(IntegerLookup layer) {
        if (!layer.isInverted()) {
            return new Vocabulary(layer);
        }
        int[] tokens = Vocabulary.tokens(layer);
        return id -> id >= 0 && id < tokens.length ? tokens[id] : layer.oovToken();
    }
}
