package dev.gatun.tests.battery;

import dev.gatun.layers.Constraint;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.Regularizer;
import dev.gatun.tests.reference.RefNorm.Formula;
import java.util.List;

/** Layer normalization along every axis, with and without its weights. */
final class LayerNormalizationTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        LayerNormalization plain = LayerNormalization.of();
        return List.of(rows(plain, 14).takes(7).gives(7), rows(plain, 38).takes(4, 19).gives(4, 19),
                rows(plain.axis(2).epsilon(0.2), 6).takes(5, 3).gives(5, 3),
                rows(plain.center(false), 5).takes(5).gives(5), rows(plain.scale(false), 5).takes(3, 5).gives(3, 5),
                rows(plain.center(false).scale(false), 0).takes(3, 5).gives(3, 5),
                rows(plain.axis(1), 10).takes(5).gives(5).notStepByStep(),
                NormInstances.ofFeatures(plain.rmsScaling(true), Formula.SCALED, 1e-3, 6).takes(4, 6).gives(4, 6),
                NormInstances.ofFeatures(plain.rmsScaling(true).scale(false).center(false), Formula.SCALED, 1e-3, 6)
                        .takes(6).gives(6),
                NormInstances.ofSteps(plain.axis(1), Formula.CENTERED, 1e-3, 10).takes(5, 4).gives(5, 4),
                NormInstances.ofSteps(plain.axis(-2).center(false).scale(false), Formula.CENTERED, 1e-3, 0)
                        .takes(5, 4).gives(5, 4),
                NormInstances.ofBoth(plain.axis(1, 2), Formula.CENTERED, 1e-3, 18, 108).takes(3, 18).gives(3, 18),
                NormInstances.ofBoth(plain.axis(-1, -2).rmsScaling(true), Formula.SCALED, 1e-3, 3, 15)
                        .takes(5, 3).gives(5, 3),
                rows(plain.gammaInitializer(Initializer.HE_NORMAL).betaInitializer(Initializer.ONES)
                        .gammaRegularizer(Regularizer.l1(0.1)).betaRegularizer(Regularizer.l2(0.1))
                        .gammaConstraint(Constraint.nonNegative()).betaConstraint(Constraint.maxNorm(1))
                        .activityRegularizer(Regularizer.l2(0.1)), 6).takes(3).gives(3));
    }

    private static Instance rows(LayerNormalization layer, long weights) {
        return NormInstances.ofFeatures(layer, Formula.CENTERED, layer.epsilon(), weights);
    }
}
