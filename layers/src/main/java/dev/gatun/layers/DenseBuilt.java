package dev.gatun.layers;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.Site;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** A dense layer whose input width is known. */
final class DenseBuilt implements BuiltLayer {

    private final Dense config;
    private final String name;
    private final int inputs;

    DenseBuilt(Dense config, String name, List<Shape> inputs) {
        this.config = config;
        this.name = name;
        Shape input = InputShapes.single("Dense", name, inputs);
        this.inputs = InputShapes.features("Dense", name, input);
    }

    WeightLayout kernel() {
        return WeightLayout.plain(inputs, config.units());
    }

    Dense config() {
        return config;
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(new WeightSpec("kernel", Shape.of(inputs, config.units()), kernel(), config.kernelInitializer()));
        if (config.useBias()) {
            WeightLayout layout = WeightLayout.plain(1, config.units());
            specs.add(new WeightSpec("bias", Shape.of(config.units()), layout, config.biasInitializer()));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(List<Shape> shapes) {
        Shape input = InputShapes.single("Dense", name, shapes);
        if (InputShapes.features("Dense", name, input) != inputs) {
            throw new ShapeException(
                    "Dense '" + name + "' has weights for " + inputs + " features, but is now given shape "
                            + input + "; a layer used twice needs inputs of the same width");
        }
        return List.of(input.with(-1, config.units()));
    }

    @Override
    public Operation operation(Site site) {
        return new DenseOperation(this, site);
    }
}
