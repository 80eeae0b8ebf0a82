package dev.gatun.layers.type.dense;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A dense layer whose input width is known.
 *
 * @param config its options
 * @param name   of the layer
 * @param inputs I
 */
record BuiltDense(Dense config, String name, int inputs) implements BuiltLayer {

    BuiltDense(Dense config, String name, CallArguments<Shape> shapes) {
        this(config, name, InputShapes.features("Dense", name, InputShapes.single("Dense", name, shapes)));
    }

    WeightLayout kernel() {
        return WeightLayout.plain(inputs, config.units());
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(new WeightSpec("kernel", Shape.of(inputs, config.units()), kernel(), config.kernelInitializer())
                .held(config.kernelRegularizer(), config.kernelConstraint()));
        if (config.useBias()) {
            WeightLayout layout = WeightLayout.plain(1, config.units());
            specs.add(new WeightSpec("bias", Shape.of(config.units()), layout, config.biasInitializer())
                    .held(config.biasRegularizer(), config.biasConstraint()));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("Dense", name, shapes);
        InputShapes.requireFeatures("Dense", name, input, inputs);
        return List.of(input.with(-1, InputShapes.activated("Dense", name, config.activation(), config.units())));
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape shape = outputShapes(context.arguments().map(Value::shape)).getFirst();
        Value output = context.output("", shape);
        if (config.activation().equals(ActivationFunction.GLU)) {
            Value before = context.output(" before glu", shape.with(-1, config.units()));
            return new GatedDenseOperation(
                    new DenseOperation(kernel(), ActivationFormula.LINEAR, before, context), before, output);
        }
        ActivationFormula formula = config.activation().formula();
        return new DenseOperation(kernel(), formula, output, context);
    }
}
