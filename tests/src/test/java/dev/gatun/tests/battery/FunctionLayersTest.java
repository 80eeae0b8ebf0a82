package dev.gatun.tests.battery;

import dev.gatun.layers.Elu;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.Relu;
import dev.gatun.tests.reference.RefFunction;
import java.util.List;

/** Layers that are one function with its arguments: LeakyReLU, ELU, ReLU. */
final class FunctionLayersTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        RefFunction relu = new RefFunction(x -> Math.max(x, 0), x -> x > 0 ? 1 : 0, 0);
        return List.of(of(LeakyRelu.slope(0.3), leaky(0.3)).takes(7).gives(7),
                of(LeakyRelu.slope(0.05), leaky(0.05)).takes(4, 18).gives(4, 18),
                of(LeakyRelu.slope(0), relu).takes(7).gives(7),
                of(Elu.alpha(1), elu(1)).takes(7).gives(7), of(Elu.alpha(0.4), elu(0.4)).takes(4, 18).gives(4, 18),
                of(Relu.of(), relu).takes(7).gives(7), of(Relu.of(), relu).takes(4, 18).gives(4, 18),
                of(Relu.of().maxValue(0.8), new RefFunction(x -> Math.min(Math.max(x, 0), 0.8),
                        x -> x > 0 && x < 0.8 ? 1 : 0, 0, 0.8)).takes(9).gives(9),
                of(Relu.of().negativeSlope(0.2), leaky(0.2)).takes(9).gives(9),
                of(Relu.of().negativeSlope(0.2).maxValue(0.9).threshold(0.4),
                        new RefFunction(x -> x > 0.4 ? Math.min(x, 0.9) : 0.2 * (x - 0.4),
                                x -> x > 0.4 ? x < 0.9 ? 1 : 0 : 0.2, 0.4, 0.9))
                        .takes(4, 18).gives(4, 18));
    }

    private static RefFunction leaky(double slope) {
        return new RefFunction(x -> x < 0 ? slope * x : x, x -> x < 0 ? slope : 1, 0);
    }

    private static RefFunction elu(double alpha) {
        return new RefFunction(x -> x < 0 ? alpha * Math.expm1(x) : x, x -> x < 0 ? alpha * Math.exp(x) : 1, 0);
    }

    private static Instance of(Layer layer, RefFunction function) {
        return Instance.of(layer, (graph, in) -> graph.add(function, in, "y/" + NAME));
    }
}
