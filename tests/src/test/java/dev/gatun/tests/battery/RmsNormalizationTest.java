package dev.gatun.tests.battery;

import dev.gatun.layers.RmsNormalization;
import dev.gatun.tests.reference.RefNorm.Formula;
import java.util.List;

/** Normalization by the root of the mean square along every axis. */
final class RmsNormalizationTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        RmsNormalization plain = RmsNormalization.of();
        Formula formula = Formula.ROOT_MEAN_SQUARE;
        return List.of(NormInstances.ofFeatures(plain, formula, 1e-6, 7).takes(7).gives(7),
                NormInstances.ofFeatures(plain.epsilon(0.3), formula, 0.3, 19).takes(4, 19).gives(4, 19),
                NormInstances.ofSteps(plain.axis(1), formula, 1e-6, 5).takes(5, 4).gives(5, 4),
                NormInstances.ofBoth(plain.axis(1, 2), formula, 1e-6, 4, 20).takes(5, 4).gives(5, 4));
    }
}
