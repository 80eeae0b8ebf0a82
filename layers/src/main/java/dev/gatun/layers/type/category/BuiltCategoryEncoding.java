package dev.gatun.layers.type.category;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CategoryEncoding;
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
 * A CategoryEncoding in a model.
 *
 * @param layer its options
 * @param form  of what it makes
 */
record BuiltCategoryEncoding(CategoryEncoding layer, EncodedShape form) implements BuiltLayer {

    static BuiltCategoryEncoding of(CategoryEncoding layer, String name, Shape ids) {
        return new BuiltCategoryEncoding(layer, EncodedShape.of("CategoryEncoding '" + name + "'",
                layer.outputMode(), layer.tokens(), ids));
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
    public ValueType reads(int input) {
        return input == 0 ? ValueType.INT32 : ValueType.FLOAT32;
    }

    @Override
    public int ids() {
        return layer.tokens();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> inputs = shapes.withoutMask().all();
        int most = layer.outputMode() == OutputMode.COUNT ? 2 : 1;
        if (inputs.size() > most) {
            throw new ShapeException(form.owner() + " takes " + (most == 1 ? "one input" : "ids and their weights")
                    + ", got " + inputs.size() + ": " + inputs
                    + (most == 1 ? "; weights are for output_mode count" : ""));
        }
        Shape ids = inputs.getFirst();
        Shape made = form.of(ids);
        if (inputs.size() == 2 && !ids.accepts(inputs.get(1))) {
            throw new ShapeException(form.owner() + " takes a weight for each of its ids " + ids + ", got "
                    + inputs.get(1) + "; give floats of the same shape");
        }
        return List.of(made);
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape made = outputShapes(context.arguments().map(Value::shape)).getFirst();
        int count = layer.tokens();
        return new EncodingOperation(form, id -> id >= 0 && id < count ? id : TokenCodes.UNKNOWN, made, context);
    }
}
