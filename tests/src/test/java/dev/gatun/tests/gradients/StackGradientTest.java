package dev.gatun.tests.gradients;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import dev.gatun.tests.reference.RefGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;

/** Outputs and gradients of random stacks, against the double reference and against differences of the engine itself. */
@Domain(Stacks.class)
final class StackGradientTest {

    private static final double OUTPUTS = 1e-5;
    private static final double GRADIENTS = 1e-4;
    private static final double SLOPE = 1e-3;
    private static double worstOutput;
    private static double worstGradient;
    private static double worstDifference;

    @AfterContainer
    static void say() {
        System.out.printf("random stacks: worst output %.2e, gradient %.2e against the reference; %.2e against "
                + "differences of the engine%n", worstOutput, worstGradient, worstDifference);
    }

    @Property
    void theEngineIsTheReference(@ForAll StackPlan plan) {
        try (StackModel stack = new StackModel(plan)) {
            StackReference reference = new StackReference(plan, stack);
            Assume.that(reference.kinkDistance() > 1e-5);
            List<float[]> cotangents = EnginePass.cotangents(stack.model(), stack.inputs(), plan.seed() * 1000 + 700);
            EnginePass pass = EnginePass.of(stack.model(), stack.inputs(), cotangents);
            for (int i = 0; i < pass.outputs().size(); i++) {
                Measure.within(OUTPUTS, "output " + i, pass.outputs().get(i), reference.output(i));
                worstOutput = Math.max(worstOutput, Measure.relative(pass.outputs().get(i), reference.output(i)));
            }
            RefGraph.Gradients expected = reference.gradients(cotangents);
            pass.weights().forEach((name, gradient) -> check(name, gradient, expected, "w/" + name));
            for (int i = 0; i < pass.inputs().size(); i++) {
                String name = stack.inputNames().get(i);
                check("input " + name, pass.inputs().get(i), expected, name);
            }
        }
    }

    private static void check(String what, float[] got, RefGraph.Gradients expected, String name) {
        double[] gradient = expected.has(name) ? expected.of(name) : new double[got.length];
        Measure.within(GRADIENTS, "gradient of " + what, got, gradient);
        worstGradient = Math.max(worstGradient, Measure.relative(got, gradient));
    }

    /**
     * The engine's loss along a random direction through all weights and inputs: its slope by 4-point differences is the
     * gradient's component, relative to it or to the sum of the loss's parts, if that is larger. A step s leaves some
     * 1e-7 / s of rounding; where the loss bends too much for a step, a smaller one decides.
     */
    @Property
    void theGradientIsTheSlope(@ForAll StackPlan plan) {
        Assume.that(plan.lstms().stream().allMatch(lstm -> smooth(lstm.activation()) && smooth(lstm.recurrent())));
        Assume.that(smooth(plan.head().function()));
        try (StackModel stack = new StackModel(plan)) {
            Line line = new Line(stack, plan.seed() * 1000 + 700);
            double expected = line.slope();
            double error = Double.POSITIVE_INFINITY;
            for (double step = 1.0 / 64; step >= 1.0 / 1024 && !(error <= SLOPE); step /= 4) {
                double slope = (line.loss(-2 * step) - 8 * line.loss(-step) + 8 * line.loss(step)
                        - line.loss(2 * step)) / (12 * step);
                error = Math.abs(slope - expected)
                        / Math.max(Double.MIN_NORMAL, Math.max(Math.abs(expected), line.size()));
            }
            worstDifference = Math.max(worstDifference, error);
            if (!(error <= SLOPE)) {
                throw new AssertionError("the gradient says " + expected + ", differences are off by " + error);
            }
        }
    }

    private static boolean smooth(ActivationFunction function) {
        return switch (function) {
            case TANH, SIGMOID, LINEAR, SOFTPLUS, GELU, SILU, EXPONENTIAL, SOFTMAX -> true;
            default -> false;
        };
    }

    /** A straight line through the space of weights and inputs; its direction has length 1. */
    private static final class Line {
        private final Model model;
        private final List<Tensor> inputs;
        private final List<float[]> cotangents;
        private final List<float[]> at = new ArrayList<>();
        private final List<float[]> direction = new ArrayList<>();
        private double size;

        Line(StackModel stack, long seed) {
            this.model = stack.model();
            this.inputs = stack.inputs();
            this.cotangents = EnginePass.cotangents(model, inputs, seed);
            model.weights().forEach(weight -> at.add(weight.get().toArray()));
            inputs.forEach(input -> at.add(input.toArray()));
            double squares = 0;
            for (float[] part : at) {
                direction.add(EnginePass.uniform(part.length, 1, ++seed));
                squares += dot(direction.getLast(), direction.getLast());
            }
            for (float[] part : direction) {
                for (int i = 0; i < part.length; i++) {
                    part[i] /= (float) Math.sqrt(squares);
                }
            }
        }

        private static double dot(float[] a, float[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += (double) a[i] * b[i];
            }
            return sum;
        }

        private EnginePass pass(double distance) {
            List<Tensor> moved = new ArrayList<>();
            for (int i = 0; i < at.size(); i++) {
                float[] values = at.get(i).clone();
                for (int k = 0; k < values.length; k++) {
                    values[k] += (float) (distance * direction.get(i)[k]);
                }
                int input = i - model.weights().size();
                if (input < 0) {
                    model.weights().get(i).set(Tensor.of(values, model.weights().get(i).shape().toArray()));
                } else {
                    moved.add(Tensor.of(values, inputs.get(input).shape().toArray()));
                }
            }
            return EnginePass.of(model, moved, cotangents);
        }

        double loss(double distance) {
            List<float[]> outputs = pass(distance).outputs();
            double loss = 0;
            size = 0;
            for (int i = 0; i < outputs.size(); i++) {
                loss += dot(outputs.get(i), cotangents.get(i));
                for (int k = 0; k < outputs.get(i).length; k++) {
                    size += Math.abs(outputs.get(i)[k] * cotangents.get(i)[k]);
                }
            }
            return loss;
        }

        /** The size of the loss's parts: what rounding is relative to. */
        double size() {
            return size;
        }

        double slope() {
            EnginePass pass = pass(0);
            List<float[]> gradients = new ArrayList<>(pass.weights().values());
            gradients.addAll(pass.inputs());
            double slope = 0;
            for (int i = 0; i < gradients.size(); i++) {
                slope += dot(gradients.get(i), direction.get(i));
            }
            return slope;
        }
    }

    /** The smallest stacks that could go wrong each in its own way, whatever the random ones do. */
    @Property(tries = 1)
    void theSimplestOfEachKind() {
        for (StackPlan.Head.Kind kind : StackPlan.Head.Kind.values()) {
            for (ActivationFunction function : ActivationFunction.values()) {
                theEngineIsTheReference(new StackPlan(2, 3, 2, List.of(LstmPlan.of(2)), true,
                        new StackPlan.Head(kind, function), true, 1));
            }
        }
        for (StackPlan.Initial initial : StackPlan.Initial.values()) {
            for (Map.Entry<Integer, Boolean> second : List.of(Map.entry(2, false), Map.entry(3, true))) {
                LstmPlan lstm = new LstmPlan(second.getKey(), ActivationFunction.TANH, ActivationFunction.SIGMOID, true,
                        second.getValue(), initial, second.getValue());
                theEngineIsTheReference(new StackPlan(2, 3, 2, List.of(LstmPlan.of(2), LstmPlan.of(3), lstm), false,
                        StackPlan.Head.dense(ActivationFunction.TANH), true, 2));
            }
        }
    }
}
