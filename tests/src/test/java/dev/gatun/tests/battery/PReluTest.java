package dev.gatun.tests.battery;

import dev.gatun.layers.Constraint;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.Regularizer;
import dev.gatun.tests.reference.RefPRelu;
import java.util.List;

/** An alpha for each number, or shared. */
final class PReluTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        PRelu plain = PRelu.of();
        return List.of(instance(plain, 7).notStepByStep().takes(7).gives(7),
                instance(plain, 20).notStepByStep().takes(5, 4).gives(5, 4),
                instance(plain.sharedAxes(1), 18).takes(4, 18).gives(4, 18),
                instance(plain.sharedAxes(2), 5).notStepByStep().takes(5, 4).gives(5, 4),
                instance(plain.sharedAxes(1, 2), 1).takes(5, 4).gives(5, 4),
                instance(plain.sharedAxes(1), 1).takes(6).gives(6),
                instance(plain.sharedAxes(1).alphaInitializer(Initializer.HE_NORMAL)
                        .alphaRegularizer(Regularizer.l1(0.1))
                        .alphaConstraint(Constraint.nonNegative()), 3).takes(5, 3).gives(5, 3));
    }

    private static Instance instance(PRelu layer, long alphas) {
        return Instance.of(layer, (graph, in) -> graph.add(new RefPRelu(NAME), in, "y/" + NAME)).parameters(alphas);
    }
}
