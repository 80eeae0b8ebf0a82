package dev.gatun.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.reference.RandomModel.Plan;
import dev.gatun.tests.reference.RandomModel.Wiring;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * The reference's gradients against 4-point central differences, relative 1e-7 per tensor.
 *
 * <p>A difference across a kink (relu at 0, hard_sigmoid at its corners, ...) measures nothing, so the numbers of a case
 * are drawn again until every pre-activation and every c keeps {@link #AWAY} from every kink; and until none is larger
 * than {@link #LARGE}, as exponential gates explode. Where a steep model still crosses a kink, or its fifth derivative
 * is large, a smaller step decides: rounding leaves room for {@link #STEPS} down to 5e-6.
 */
class ReferenceGradientTest {
    private static final double[] STEPS = {5e-4, 1e-4, 2e-5, 5e-6};
    private static final double LIMIT = 1e-7;
    private static final double AWAY = 0.01;
    private static final double LARGE = 4;
    private static final int DRAWS = 1000;

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void gradientsOfModels(
            @ForAll Wiring wiring,
            @ForAll @IntRange(min = 1, max = 3) int layers,
            @ForAll @IntRange(min = 1, max = 3) int units,
            @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll @IntRange(min = 1, max = 2) int batch,
            @ForAll @IntRange(min = 1, max = 4) int time,
            @ForAll("options") RefLstm.Options options,
            @ForAll("heads") RefActivation head,
            @ForAll boolean sequences,
            @ForAll("switches") List<Boolean> biasMaskedDropout,
            @ForAll RefLoss.Kind loss,
            @ForAll long seed) {
        Plan plan = new Plan(wiring, layers, units, inputs, batch, time, biasMaskedDropout.get(0),
                biasMaskedDropout.get(1), biasMaskedDropout.get(2), sequences, options, head);
        for (int draw = 0; draw < DRAWS; draw++) {
            RandomModel model = new RandomModel(plan, seed + draw);
            RefGraph.Run run = model.graph().run(model.given());
            if (run.kinkDistance() > AWAY && run.largest() < LARGE) {
                check(model, run, loss, seed);
                return;
            }
        }
        Assume.that(false);
    }

    /** The loss of the first output, in its form on logits; of every other output a sum with random factors. */
    private static void check(RandomModel model, RefGraph.Run run, RefLoss.Kind kind, long seed) {
        RefLoss loss = new RefLoss(kind, true, 10); // Huber's corner is out of reach; MAE's is avoided by the truth
        Random random = new Random(seed);
        List<RefGraph.Value> outputs = model.graph().outputs();
        RefTensor first = run.value(outputs.getFirst());
        double[] truth = truth(kind, first, random);
        Map<RefGraph.Value, double[]> cotangents = new HashMap<>();
        cotangents.put(outputs.getFirst(), loss.evaluate(truth, first).gradient());
        for (RefGraph.Value output : outputs.subList(1, outputs.size())) {
            cotangents.put(output, random.doubles(run.value(output).values().length, -1, 1).toArray());
        }
        DoubleSupplier f = () -> {
            RefGraph.Run again = model.graph().run(model.given());
            double sum = loss.evaluate(truth, again.value(outputs.getFirst())).value();
            for (RefGraph.Value output : outputs.subList(1, outputs.size())) {
                sum += dot(again.value(output).values(), cotangents.get(output));
            }
            return sum;
        };
        RefGraph.Gradients gradients = run.backward(cotangents);
        for (String name : model.differentiable()) {
            within(name, f, model.given().get(name).values(), gradients.of(name));
        }
    }

    /** A truth for the loss; MAE's is far below what is predicted, or far above. */
    private static double[] truth(RefLoss.Kind kind, RefTensor prediction, Random random) {
        int width = prediction.shape()[prediction.shape().length - 1];
        int size = prediction.values().length;
        return switch (kind) {
            case SPARSE_CATEGORICAL_CROSSENTROPY -> random.ints(size / width, 0, width).asDoubleStream().toArray();
            case MAE -> random.doubles(size).map(v -> v < 0.5 ? -2 * LARGE : 2 * LARGE).toArray();
            default -> random.doubles(size, 0, 1).toArray();
        };
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void gradientsOfLosses(
            @ForAll RefLoss.Kind kind,
            @ForAll boolean fromLogits,
            @ForAll @IntRange(min = 1, max = 4) int samples,
            @ForAll @IntRange(min = 2, max = 5) int width,
            @ForAll boolean weighted,
            @ForAll boolean masked,
            @ForAll long seed) {
        Random random = new Random(seed);
        boolean logits = fromLogits && kind.name().endsWith("ENTROPY");
        // Probabilities keep away from 0 and 1, where they are clipped; they need not sum to 1.
        double low = logits ? -4 : 0.05;
        double high = logits ? 4 : 0.95;
        RefTensor p = new RefTensor(new int[] {samples, width}, random.doubles(samples * width, low, high).toArray());
        boolean sparse = kind == RefLoss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY;
        double[] truth = sparse
                ? random.ints(samples, 0, width).asDoubleStream().toArray()
                : random.doubles(samples * width, 0, 1).toArray();
        RefLoss loss = new RefLoss(kind, fromLogits, 0.3);
        double[] weights = weighted ? random.doubles(samples, 0, 2).toArray() : null;
        double[] mask = masked ? random.ints(samples, 0, 2).asDoubleStream().toArray() : null;
        Assume.that(!masked || Arrays.stream(mask).sum() > 0);
        for (int i = 0; i < p.values().length && truth.length == p.values().length; i++) {
            double distance = Math.abs(p.values()[i] - truth[i]);
            boolean corner = kind == RefLoss.Kind.MAE && distance < AWAY
                    || kind == RefLoss.Kind.HUBER && Math.abs(distance - 0.3) < AWAY;
            p.values()[i] += corner ? 2 * AWAY : 0;
        }
        double[] gradient = loss.evaluate(truth, p, weights, mask).gradient();
        within(kind.name(), () -> loss.evaluate(truth, p, weights, mask).value(), p.values(), gradient);
    }

    @Property
    void derivativesOfActivations(@ForAll RefActivation activation, @ForAll @DoubleRange(min = -8, max = 8) double at) {
        Assume.that(!activation.isOfRows() && activation.kinkDistance(at) > AWAY);
        double[] x = {at};
        within(activation.name(), () -> activation.value(x[0]), x, new double[] {activation.derivative(at)});
    }

    @Property
    void gradientsOfSoftmaxRows(@ForAll @IntRange(min = 1, max = 6) int width, @ForAll long seed) {
        Random random = new Random(seed);
        double[] x = random.doubles(width, -3, 3).toArray();
        double[] factors = random.doubles(width, -1, 1).toArray();
        for (RefActivation rows : List.of(RefActivation.SOFTMAX, RefActivation.LOG_SOFTMAX)) {
            double[] gradient = rows.rowGradient(x, factors);
            within(rows.name(), () -> dot(rows.row(x), factors), x, gradient);
        }
    }

    @Example
    void theDifferencesThemselves() {
        double[] x = {0.3, -1.2};
        double[] expected = {Math.cos(0.3) * Math.exp(-1.2), Math.sin(0.3) * Math.exp(-1.2)};
        double[] got = FiniteDifference.gradient(() -> Math.sin(x[0]) * Math.exp(x[1]), x);
        assertEquals(expected[0], got[0], 1e-12);
        assertEquals(expected[1], got[1], 1e-12);
        assertEquals(0.3, x[0]);
    }

    @Example
    void geluIsTheExactOne() {
        assertEquals(0.8413447460685429, RefActivation.GELU.value(1), 1e-15); // Phi(1)
        assertEquals(-3 * 0.0013498980316300957, RefActivation.GELU.value(-3), 1e-15); // -3 Phi(-3)
        assertEquals(0, RefActivation.GELU.value(-20), 0);
    }

    /** One of the steps has to meet the gradient; a wrong gradient meets none. */
    private static void within(String name, DoubleSupplier f, double[] at, double[] gradient) {
        double error = Double.POSITIVE_INFINITY;
        for (int n = 0; n < STEPS.length && !(error <= LIMIT); n++) {
            error = Math.min(error, error(f, at, gradient, STEPS[n]));
        }
        assertTrue(error <= LIMIT, name + ": " + error + " away from finite differences");
    }

    /** Error against the largest gradient of the tensor, or against a thousandth of f where all are smaller. */
    private static double error(DoubleSupplier f, double[] at, double[] gradient, double step) {
        double largest = 1e-3 * Math.max(1, Math.abs(f.getAsDouble()));
        double difference = 0;
        double[] expected = FiniteDifference.gradient(f, at, step);
        assertEquals(expected.length, gradient.length);
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(gradient[i] - expected[i]));
        }
        return difference / largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Provide
    Arbitrary<RefLstm.Options> options() {
        Arbitrary<RefActivation> gates = Arbitraries.of(RefActivation.class).filter(a -> !a.isOfRows());
        Arbitrary<Boolean> flag = Arbitraries.of(false, true);
        return Combinators.combine(gates, gates, flag, flag).as(RefLstm.Options::new);
    }

    @Provide
    Arbitrary<RefActivation> heads() {
        // The slopes of sparsemax jump where no distance here tells.
        return Arbitraries.of(RefActivation.class)
                .filter(head -> head != RefActivation.SPARSEMAX && head != RefActivation.GLU);
    }

    @Provide
    Arbitrary<List<Boolean>> switches() {
        return Arbitraries.of(false, true).list().ofSize(3);
    }
}
