package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.gatun.layers.Input;
import dev.gatun.layers.UnitNormalization;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.reference.RefNorm.Formula;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors of length 1 along every axis. */
final class UnitNormalizationTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        UnitNormalization plain = UnitNormalization.of();
        return List.of(NormInstances.ofFeatures(plain, Formula.LENGTH, 0, 0).takes(7).gives(7),
                NormInstances.ofFeatures(plain, Formula.LENGTH, 0, 0).takes(4, 19).gives(4, 19),
                NormInstances.ofSteps(plain.axis(1), Formula.LENGTH, 0, 0).takes(5, 4).gives(5, 4),
                NormInstances.ofBoth(plain.axis(1, 2), Formula.LENGTH, 0, 4, 0).takes(5, 4).gives(5, 4));
    }

    @Test
    void zerosStayZeros() {
        try (Model model = Sequential.of(Input.shape(2), UnitNormalization.of())) {
            float[] y = model.predict(Tensor.of(new float[] {0, 0, 3, 4, 0, -1e-30f}, 3, 2)).toArray();
            assertArrayEquals(new float[] {0, 0, 0.6f, 0.8f, 0, -1e-18f}, y);
        }
    }
}
