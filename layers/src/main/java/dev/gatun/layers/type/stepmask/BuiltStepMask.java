package dev.gatun.layers.type.stepmask;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A StepMask in a model.
 *
 * @param name in the model, for messages
 */
record BuiltStepMask(String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    /** Of whole numbers and masks too. */
    @Override
    public boolean takes(int input, ValueType type) {
        Arguments.required(type, "BuiltLayer.takes", "type", "for example ValueType.FLOAT32");
        return true;
    }

    @Override
    public ValueType makes() {
        return ValueType.MASK;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        if (all.size() != 1 || all.getFirst().rank() != 2) {
            throw new ShapeException("StepMask '" + name + "' makes a mask of one value [batch, time], got "
                    + all.size() + (all.size() == 1 ? " of shape " : " of shapes ") + all + "; give it one");
        }
        return all;
    }

    @Override
    public Operation operation(PlanContext context) {
        return new StepMaskOperation(context);
    }
}
