package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Regularizer;
import dev.gatun.tests.reference.RefActivation;
import java.util.ArrayList;
import java.util.List;

/** Dense on rows and on sequences, with every activation. */
final class DenseTest extends LayerBattery {

    private static final int TIME = 4;

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (int units : new int[] {1, 16, 67}) {
            for (int inputs : new int[] {1, 19}) {
                all.add(onRows(Dense.units(units), inputs));
                all.add(onSequences(Dense.units(units), inputs));
            }
        }
        for (ActivationFunction function : ActivationFunction.all()) {
            all.add(onRows(Dense.units(5).activation(function), 3));
        }
        for (int half : new int[] {1, 9}) {
            Dense gated = Dense.units(2 * half).activation(ActivationFunction.GLU);
            all.add(instance(gated, 3).takes(3).gives(half));
            all.add(instance(gated.noBias(), 17).takes(TIME, 17).gives(TIME, half));
        }
        all.add(onSequences(Dense.units(5).activation("softmax").noBias(), 3));
        all.add(onRows(Dense.units(5).kernelInitializer(Initializer.HE_NORMAL).biasInitializer(Initializer.ONES), 3));
        Dense held = Dense.units(5).kernelRegularizer(new Regularizer.Orthogonal(0.05, false))
                .biasRegularizer(Regularizer.l1(0.1)).activityRegularizer(new Regularizer.L1L2(0.1, 0.2));
        all.add(onRows(held, 3));
        all.add(onSequences(held.kernelConstraint(new Constraint.MinMaxNorm(0.1, 2, 0.5, List.of(0, -1)))
                .biasConstraint(Constraint.nonNegative()), 3));
        all.add(onRows(Dense.units(5).kernelRegularizer(Regularizer.l2(0.1)).kernelConstraint(Constraint.unitNorm())
                .biasConstraint(Constraint.maxNorm(3)), 3));
        return all;
    }

    private static Instance onRows(Dense dense, int inputs) {
        return instance(dense, inputs).takes(inputs).gives(dense.units());
    }

    private static Instance onSequences(Dense dense, int inputs) {
        return instance(dense, inputs).takes(TIME, inputs).gives(TIME, dense.units());
    }

    private static Instance instance(Dense dense, int inputs) {
        RefActivation activation = RefActivation.of(dense.activation());
        return Instance.of(dense, (graph, in) -> List.of(graph.dense(NAME, activation, in.getFirst())))
                .parameters((long) dense.units() * (inputs + (dense.useBias() ? 1 : 0)));
    }
}
