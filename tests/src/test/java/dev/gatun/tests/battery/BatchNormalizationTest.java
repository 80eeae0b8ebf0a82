package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Law;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.tests.reference.RefNorm;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batch normalization as a model serves it; what a training does is in {@code train.BatchStatisticsTest}. */
final class BatchNormalizationTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        BatchNormalization plain = BatchNormalization.of();
        return List.of(ofFeatures(plain, 7).takes(7).gives(7), ofFeatures(plain, 19).takes(4, 19).gives(4, 19),
                ofFeatures(plain.axis(2).epsilon(0.2), 3).takes(70, 3).gives(70, 3),
                ofFeatures(plain.center(false), 5).takes(5).gives(5),
                ofFeatures(plain.scale(false).momentum(0.5), 5).takes(3, 5).gives(3, 5),
                ofFeatures(plain.scale(false).center(false), 5).takes(5).gives(5),
                ofFeatures(plain.axis(1), 5).takes(5).gives(5).notStepByStep(),
                ofSteps(plain.axis(1), 6).takes(6, 3).gives(6, 3).notStepByStep(),
                ofSteps(plain.axis(-2).scale(false), 3).takes(3, 18).gives(3, 18).notStepByStep(),
                ofFeatures(plain.gammaInitializer(Initializer.HE_NORMAL).betaInitializer(Initializer.ONES)
                        .movingMeanInitializer(Initializer.ONES).movingVarianceInitializer(new Initializer.Constant(2))
                        .gammaRegularizer(Regularizer.l1(0.1)).betaRegularizer(Regularizer.l2(0.1))
                        .gammaConstraint(Constraint.nonNegative()).betaConstraint(Constraint.maxNorm(1))
                        .activityRegularizer(Regularizer.l2(0.1)), 3).takes(3).gives(3));
    }

    private static Instance ofFeatures(BatchNormalization layer, int features) {
        return instance(layer, features, features);
    }

    private static Instance ofSteps(BatchNormalization layer, int steps) {
        return instance(layer, steps, 0);
    }

    /** @param features of the last axis, or 0 if the channels are steps */
    private static Instance instance(BatchNormalization layer, int channels, int features) {
        int axis = features == 0 ? 1 : -1;
        RefNorm reference = new RefNorm(NAME, RefNorm.Formula.MOVING, layer.epsilon(),
                index -> index[axis < 0 ? index.length - 1 : axis], index -> index[axis < 0 ? index.length - 1 : axis],
                true);
        int weights = 2 + (layer.center() ? 1 : 0) + (layer.scale() ? 1 : 0);
        return Instance.of(layer, (graph, in) -> graph.add(reference, in, "y/" + NAME))
                .parameters((long) weights * channels);
    }

    /** In a training rows meet, and the type says so; in predictions they do not. */
    @Test
    void itSaysWhichLawsATrainingDoesNotKeep() {
        BatchNormalization layer = BatchNormalization.of();
        assertEquals(EnumSet.of(Law.THREADS, Law.STEPS), BuiltInTypes.ALL.of(layer).lawsInTraining(layer));
        TimeDistributed around = TimeDistributed.of(layer);
        assertEquals(EnumSet.of(Law.THREADS, Law.STEPS), BuiltInTypes.ALL.of(around).lawsInTraining(around));
        assertEquals(EnumSet.allOf(Law.class), BuiltInTypes.ALL.of(around).laws(around));
    }
}
