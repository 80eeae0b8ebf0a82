package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Constraint;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Regularizer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.tests.Positional;
import dev.gatun.tests.reference.RefNorm.Formula;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups of features, and of steps. */
final class GroupNormalizationTest extends LayerBattery {

    private static final int WIDTH = 1 << 8;

    @Override
    List<Instance> instances() {
        GroupNormalization two = GroupNormalization.groups(2);
        return List.of(features(two, 6).parameters(12).takes(6).gives(6),
                features(two.epsilon(0.1), 6).parameters(12).takes(5, 6).gives(5, 6),
                features(GroupNormalization.groups(GroupNormalization.INSTANCE), 4).parameters(8).takes(5, 4).gives(5,
                        4),
                features(GroupNormalization.groups(1).center(false), 18).parameters(18).takes(3, 18).gives(3, 18),
                features(GroupNormalization.groups(3).center(false).scale(false), 9).takes(3, 9).gives(3, 9),
                steps(GroupNormalization.groups(2).axis(1), 6).parameters(12).takes(6, 3).gives(6, 3),
                features(two.gammaInitializer(Initializer.HE_NORMAL).betaInitializer(Initializer.ONES)
                        .gammaRegularizer(Regularizer.l1(0.1)).betaRegularizer(Regularizer.l2(0.1))
                        .gammaConstraint(Constraint.nonNegative()).betaConstraint(Constraint.maxNorm(1)), 4)
                        .parameters(8).takes(4).gives(4));
    }

    private static int each(GroupNormalization layer, int size) {
        return layer.groups() < 0 ? 1 : size / layer.groups();
    }

    private static Instance features(GroupNormalization layer, int size) {
        int each = each(layer, size);
        return NormInstances.instance(layer, Formula.CENTERED, layer.epsilon(),
                index -> index[0] * WIDTH + index[index.length - 1] / each, index -> index[index.length - 1])
                .notStepByStep();
    }

    private static Instance steps(GroupNormalization layer, int size) {
        int each = each(layer, size);
        return NormInstances.instance(layer, Formula.CENTERED, layer.epsilon(),
                index -> index[0] * WIDTH + index[1] / each, index -> index[1]).notStepByStep();
    }

    @Test
    void groupsThatAreNotEvenAreRefused() {
        for (int groups : new int[] {4, 7}) {
            String said = assertThrows(ShapeException.class,
                    () -> Positional.build(GroupNormalization.groups(groups), NAME,
                            List.of(Shape.of(-1, 6))))
                    .getMessage();
            assertTrue(said.contains(QUOTED) && said.contains("" + groups) && said.contains("divides 6"), said);
        }
    }
}
