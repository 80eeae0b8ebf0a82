package dev.gatun.tests.gradients;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Weight;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.StackPlan.Head;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefLoss;
import dev.gatun.tests.reference.RefLoss.Kind;
import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** A step of training of any stack by any loss: what the loss is, and where the weights go, by the double reference. */
@Domain(Stacks.class)
@Domain(DomainContext.Global.class)
final class TrainingStepTest {

    private static final double LOSSES = 1e-5;
    private static final double GRADIENTS = 1e-4;
    /** So large that what is left of the old weight in the new one is rounding; a power of two, which rounds nothing. */
    private static final float RATE = 0x1p20f;

    /**
     * A loss.
     *
     * @param reference the same in double
     * @param head      whose numbers it takes; null for any
     */
    record LossCase(Loss loss, RefLoss reference, Head head) {}

    @Provide
    static Arbitrary<LossCase> losses() {
        Head sigmoid = Head.dense(ActivationFunction.SIGMOID);
        Head softmax = Head.dense(ActivationFunction.SOFTMAX);
        Head softmaxOfSteps = Head.timeDistributed(ActivationFunction.SOFTMAX);
        return Arbitraries.of(
                new LossCase(Loss.MSE, RefLoss.of(Kind.MSE), null),
                new LossCase(Loss.MAE, RefLoss.of(Kind.MAE), null),
                new LossCase(Loss.huber(0.5), RefLoss.huber(0.5), null),
                new LossCase(Loss.BINARY_CROSSENTROPY, RefLoss.of(Kind.BINARY_CROSSENTROPY), sigmoid),
                logits(Loss.BINARY_CROSSENTROPY.fromLogits(), Kind.BINARY_CROSSENTROPY),
                new LossCase(Loss.CATEGORICAL_CROSSENTROPY, RefLoss.of(Kind.CATEGORICAL_CROSSENTROPY), softmax),
                logits(Loss.CATEGORICAL_CROSSENTROPY.fromLogits(), Kind.CATEGORICAL_CROSSENTROPY),
                new LossCase(Loss.SPARSE_CATEGORICAL_CROSSENTROPY, RefLoss.of(Kind.SPARSE_CATEGORICAL_CROSSENTROPY),
                        softmaxOfSteps),
                logits(Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits(), Kind.SPARSE_CATEGORICAL_CROSSENTROPY));
    }

    private static LossCase logits(Loss loss, Kind kind) {
        return new LossCase(loss, RefLoss.logits(kind), null);
    }

    @Property
    void lossAndStep(@ForAll StackPlan any, @ForAll("losses") LossCase kind, @ForAll boolean weighted) {
        Assume.that(any.time() > 0 && !any.states());
        StackPlan plan = kind.head == null ? any : any.under(kind.head);
        Random random = new Random(plan.seed());
        try (StackModel stack = new StackModel(plan)) {
            StackReference reference = new StackReference(plan, stack);
            Assume.that(reference.kinkDistance() > 1e-5 && !stack.model().weights().isEmpty());
            RefTensor predicted = reference.outputTensor(0);
            float[] truth = truth(kind, predicted, random);
            float[] weights = new float[plan.batch()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = weighted ? 2 * random.nextFloat() : 1;
            }
            RefLoss.Result expected = kind.reference.evaluate(doubles(truth), predicted, doubles(weights), null);
            RefGraph.Gradients gradients = reference.gradientsOfLoss(expected.gradient());

            Map<String, float[]> before = new LinkedHashMap<>();
            stack.model().weights().forEach(weight -> before.put(weight.name(), weight.get().toArray()));
            Shape shape = plan.outputShape();
            shape = shape.with(-1, kind.loss.targetColumns((int) shape.last()));
            Samples samples = Samples.of(stack.inputs(), java.util.List.of(Tensor.of(truth, shape.toArray())));
            samples = weighted ? samples.weighted(Tensor.of(weights, weights.length)) : samples;
            double loss = Trainer.of(stack.model()).loss(kind.loss).optimizer(Sgd.rate(RATE)).trainOnBatch(samples)
                    .get("loss");
            Measure.within(LOSSES, "loss", new double[] {loss}, new double[] {expected.value()});
            for (Weight weight : stack.model().weights()) {
                float[] after = weight.get().toArray();
                double[] gradient = new double[after.length];
                for (int i = 0; i < after.length; i++) {
                    gradient[i] = ((double) before.get(weight.name())[i] - after[i]) / RATE;
                }
                String name = "w/" + weight.name();
                Measure.within(GRADIENTS, name, gradient,
                        gradients.has(name) ? gradients.of(name) : new double[after.length]);
            }
        }
    }

    /** Class numbers, shares, or numbers; those of MAE are far from what is predicted, away from its kink. */
    private static float[] truth(LossCase kind, RefTensor predicted, Random random) {
        int width = predicted.shape()[predicted.shape().length - 1];
        int count = predicted.values().length / width * kind.loss.targetColumns(width);
        float[] truth = new float[count];
        for (int i = 0; i < count; i++) {
            truth[i] = switch (kind.reference.kind()) {
                case SPARSE_CATEGORICAL_CROSSENTROPY -> random.nextInt(width);
                case MAE -> random.nextBoolean() ? 1e3f : -1e3f;
                default -> random.nextFloat();
            };
        }
        return truth;
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        Arrays.setAll(result, i -> values[i]);
        return result;
    }
}
