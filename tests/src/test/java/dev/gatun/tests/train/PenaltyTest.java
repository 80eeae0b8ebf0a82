package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What regularizers add to losses and gradients of a training, and what constraints make of its weights. */
final class PenaltyTest {

    private static final int SAMPLES = 6;
    private static final Tensor X = NormalTensor.of(3, SAMPLES, 5);
    private static final Tensor Y = NormalTensor.of(4, SAMPLES, 19);
    private static final double RATE = 0.05;

    private static Model model(UnaryOperator<Dense> change) {
        Model model = Sequential.of(Input.shape(5), change.apply(Dense.units(19).named("held")));
        model.initialize(8);
        return model;
    }

    private static double step(Model model) {
        return Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(RATE)).trainOnBatch(Samples.of(X, Y)).get("loss");
    }

    private static double loss(Model model) {
        return Trainer.of(model).loss(Loss.MSE).batchSize(4).evaluate(X, Y).get("loss");
    }

    private static Tensor kernel(Model model) {
        return model.weight("held/kernel").get();
    }

    private static List<Regularizer> penalties() {
        return List.of(Regularizer.l1(0.3), Regularizer.l2(0.2), new Regularizer.L1L2(0.1, 0.4),
                new Regularizer.Orthogonal(2, true), new Regularizer.Orthogonal(2, false));
    }

    @Test
    void aPenaltyIsAddedToTheLossAndItsGradientToTheStep() {
        for (Regularizer penalty : penalties()) {
            try (Model plain = model(dense -> dense); Model held = model(dense -> dense.kernelRegularizer(penalty))) {
                Tensor before = kernel(held);
                double added = penalty.penalty(before);
                assertTrue(added > 0.01, penalty + " " + added);
                assertEquals(loss(plain) + added, loss(held), 1e-6 * (1 + added), penalty.toString());
                assertEquals(step(plain) + added, step(held), 1e-6 * (1 + added), penalty.toString());
                Tensor gradient = Tensor.zeros(5, 19);
                penalty.addGradient(before, 1, gradient);
                for (int i = 0; i < 5; i++) {
                    for (int u = 0; u < 19; u++) {
                        assertEquals(kernel(plain).get(i, u) - RATE * gradient.get(i, u), kernel(held).get(i, u), 1e-6,
                                penalty.toString());
                    }
                }
            }
        }
    }

    @Test
    void gradientsAreSlopesOfThePenalty() {
        Tensor weight = NormalTensor.of(9, 4, 3);
        for (Regularizer penalty : penalties()) {
            Tensor gradient = Tensor.zeros(4, 3);
            penalty.addGradient(weight, 0.5, gradient);
            for (int i = 0; i < 4; i++) {
                for (int k = 0; k < 3; k++) {
                    float there = weight.get(i, k);
                    weight.set(there + 1e-3f, i, k);
                    double above = penalty.penalty(weight);
                    weight.set(there - 1e-3f, i, k);
                    double below = penalty.penalty(weight);
                    weight.set(there, i, k);
                    assertEquals(0.5 * (above - below) / 2e-3, gradient.get(i, k), 1e-3, penalty.toString());
                }
            }
        }
    }

    @Test
    void frozenWeightsHaveNoPenalty() {
        try (Model plain = model(dense -> dense);
                Model held = model(dense -> dense.kernelRegularizer(Regularizer.l2(1)).trainable(false))) {
            assertEquals(loss(plain), loss(held));
        }
    }

    /** Held to right after each step, in the loop of one's own too. */
    @Test
    void constraintsHoldAfterEveryStep() {
        try (Model model = model(dense -> dense.kernelConstraint(Constraint.maxNorm(0.2))
                .biasConstraint(Constraint.nonNegative()))) {
            for (int i = 0; i < 4; i++) {
                step(model);
                Tensor kernel = kernel(model);
                for (int u = 0; u < 19; u++) {
                    double squares = 0;
                    for (int k = 0; k < 5; k++) {
                        squares += kernel.get(k, u) * kernel.get(k, u);
                    }
                    assertTrue(Math.sqrt(squares) <= 0.2 + 1e-6, "unit " + u + ": " + Math.sqrt(squares));
                }
                for (float bias : model.weight("held/bias").get().toArray()) {
                    assertTrue(bias >= 0, "bias " + bias);
                }
            }
        }
    }

    /** A layer's output, read by another one, read by nobody else, and given by the model. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatALayerReturnsHasItsPenalty(boolean isLast) {
        Regularizer penalty = new Regularizer.L1L2(0.3, 0.2);
        try (Model plain = stack(isLast, Regularizer.NONE);
                Model held = stack(isLast, penalty);
                Model inner = Sequential.of(Input.shape(5), Dense.units(19).named("held").activation("tanh"))) {
            inner.weight("held/kernel").set(kernel(plain));
            Tensor returned = inner.predict(X);
            double added = penalty.penalty(returned) / SAMPLES;
            assertEquals(loss(plain) + added, loss(held), 1e-6);
            assertEquals(step(plain) + added, step(held), 1e-6);
            // d tanh of what the penalty asks for, through the kernel.
            Tensor slope = Tensor.zeros(SAMPLES, 19);
            penalty.addGradient(returned, 1.0 / SAMPLES, slope);
            for (int i = 0; i < 5; i++) {
                for (int u = 0; u < 19; u++) {
                    double gradient = 0;
                    for (int b = 0; b < SAMPLES; b++) {
                        double y = returned.get(b, u);
                        gradient += X.get(b, i) * slope.get(b, u) * (1 - y * y);
                    }
                    assertEquals(kernel(plain).get(i, u) - RATE * gradient, kernel(held).get(i, u), 1e-6);
                }
            }
        }
    }

    private static Model stack(boolean isLast, Regularizer penalty) {
        Layer held = Dense.units(19).named("held").activation("tanh").activityRegularizer(penalty);
        Model model = isLast
                ? Sequential.of(Input.shape(5), held)
                : Sequential.of(Input.shape(5), held, Activation.of("sigmoid"), Dense.units(19));
        model.initialize(8);
        return model;
    }

    @Test
    void whatDoesNotFitIsRefusedWhereTheModelIsBuilt() {
        String told = assertThrows(ShapeException.class,
                () -> model(dense -> dense.biasRegularizer(new Regularizer.Orthogonal(1, true)))).getMessage();
        assertTrue(told.contains("'held'") && told.contains("'bias'") && told.contains("(19"), told);
        told = assertThrows(ShapeException.class,
                () -> model(dense -> dense.biasConstraint(new Constraint.MaxNorm(1, List.of(1))))).getMessage();
        assertTrue(told.contains("axis 1") && told.contains("[0]"), told);
        Layer rows = Dense.units(2).activityRegularizer(new Regularizer.Orthogonal(1, true));
        told = assertThrows(ShapeException.class, () -> Sequential.of(Input.shape(4, 5), rows)).getMessage();
        assertTrue(told.contains("rank 2") && told.contains("Dense"), told);
        assertThrows(IllegalArgumentException.class, () -> Regularizer.l1(-1));
        assertThrows(IllegalArgumentException.class, () -> Regularizer.l2(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Constraint.maxNorm(-1));
        assertThrows(IllegalArgumentException.class, () -> new Constraint.MinMaxNorm(2, 1, 1, List.of(0)));
        assertThrows(IllegalArgumentException.class, () -> new Constraint.MinMaxNorm(0, 1, 2, List.of(0)));
        assertThrows(IllegalArgumentException.class, () -> new Constraint.UnitNorm(List.of()));
    }

    @Test
    void whereNobodyCountsItAPenaltyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Input.shape(3).activityRegularizer(Regularizer.l2(1)));
        String told = assertThrows(IllegalArgumentException.class,
                () -> TimeDistributed.of(Dense.units(2).activityRegularizer(Regularizer.l2(1)))).getMessage();
        assertTrue(told.contains("TimeDistributed") && told.contains("activity"), told);
    }

    /** A call that plans of predictions leave out is counted there as in training. */
    @Test
    void whatIsLeftOutOfPredictionsHasItsPenaltyAllTheSame() {
        Regularizer penalty = Regularizer.l2(0.5);
        for (Layer idle : List.of(Activation.of("linear"), Dropout.rate(0.5))) {
            try (Model plain = Sequential.of(Input.shape(5), Dense.units(19));
                    Model held = Sequential.of(Input.shape(5), Dense.units(19),
                            idle instanceof Dropout dropout
                                    ? dropout.activityRegularizer(penalty)
                                    : ((Activation) idle).activityRegularizer(penalty))) {
                double added = penalty.penalty(plain.predict(X)) / SAMPLES;
                assertEquals(loss(plain) + added, loss(held), 1e-6, idle.kind());
            }
        }
    }

    /** A chain of recurrent layers backwards and forwards cannot run as one: later values could take the places of earlier ones. */
    @Test
    void whatHasAPenaltyKeepsItsPlaceInEvaluations() {
        Regularizer penalty = Regularizer.l2(0.5);
        Tensor x = NormalTensor.of(5, SAMPLES, 4, 19);
        Tensor y = NormalTensor.of(6, SAMPLES, 4, 19);
        try (Model plain = deep(Regularizer.NONE); Model held = deep(penalty)) {
            double added = 0;
            for (String name : List.of("a", "b", "c")) {
                added += penalty.penalty(plain.upTo(name).predict(x)) / SAMPLES;
            }
            double without = Trainer.of(plain).loss(Loss.MSE).evaluate(x, y).get("loss");
            assertEquals(without + added, Trainer.of(held).loss(Loss.MSE).evaluate(x, y).get("loss"),
                    1e-5 * (1 + added));
        }
    }

    private static Model deep(Regularizer penalty) {
        return Sequential.of(Input.shape(4, 19), held("a", penalty), turned(), held("b", penalty), turned(),
                held("c", penalty), turned(), turned());
    }

    private static Lstm held(String name, Regularizer penalty) {
        return Lstm.units(19).returnSequences().named(name).activityRegularizer(penalty);
    }

    private static Lstm turned() {
        return Lstm.units(19).returnSequences().goBackwards();
    }

    @Test
    void aLayerMadeOfOthersRefusesWhatNobodyWouldCount() {
        for (Layer whole : List.of(Bidirectional.of(Lstm.units(2)).activityRegularizer(Regularizer.l2(1)),
                TimeDistributed.of(Lstm.units(2)).activityRegularizer(Regularizer.l2(1)))) {
            Input input = whole instanceof TimeDistributed ? Input.shape(3, 4, 5) : Input.shape(4, 5);
            String told = assertThrows(IllegalArgumentException.class, () -> Sequential.of(input, whole)).getMessage();
            assertTrue(told.contains(whole.kind()) && told.contains("linear"), told);
        }
        try (Model model = Sequential.of(Input.shape(4, 5), Bidirectional.of(Lstm.units(2)
                .activityRegularizer(Regularizer.l2(1)).kernelRegularizer(Regularizer.l2(1))))) {
            Tensor x = NormalTensor.of(5, SAMPLES, 4, 5);
            double plain = Trainer.of(model).loss(Loss.MSE).evaluate(x, model.predict(x)).get("loss");
            double squares = Regularizer.l2(1).penalty(model.predict(x)) / SAMPLES;
            for (Weight weight : model.weights()) {
                squares += weight.name().endsWith("/kernel") ? Regularizer.l2(1).penalty(weight.get()) : 0;
            }
            assertEquals(squares, plain, 1e-5 * squares);
        }
    }

    @Test
    void vectorsOfIdsHaveTheirsToo() {
        try (Model model = Sequential.of(Embedding.of(7, 3).embeddingsRegularizer(Regularizer.l2(2))
                .embeddingsConstraint(new Constraint.UnitNorm(List.of(1))), Lstm.units(2))) {
            Tensor x = Tensor.ofInts(new int[][] {{1, 2, 3}, {4, 5, 6}});
            Trainer trainer = Trainer.of(model).loss(Loss.MSE);
            double before = Regularizer.l2(2).penalty(model.weights().getFirst().get());
            assertEquals(before, trainer.evaluate(x, model.predict(x)).get("loss"), 1e-6);
            trainer.trainOnBatch(Samples.of(x, model.predict(x)));
            assertEquals(2 * 7, Regularizer.l2(2).penalty(model.weights().getFirst().get()), 1e-4, "seven of length 1");
        }
    }
}
