package dev.gatun.tests.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Extremes;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * NaN appears where the equations say and nowhere else: outputs and gradients are NaN in the places of the double
 * reference, given zeros of both signs, subnormals, infinities and NaN; and given the largest floats, as far as a double
 * and a float agree on what overflows.
 */
@Domain(Stacks.class)
@Domain(DomainContext.Global.class)
final class NanPlacesTest {

    private static final Set<ActivationFunction> BOUNDED = Set.of(ActivationFunction.TANH,
            ActivationFunction.SIGMOID,
            ActivationFunction.SOFTSIGN, ActivationFunction.HARD_SIGMOID, ActivationFunction.HARD_SIGMOID_KERAS2,
            ActivationFunction.RELU6);

    @Provide
    Arbitrary<Extremes> kinds() {
        return Arbitraries.of(Extremes.ZEROS, Extremes.SUBNORMALS, Extremes.INFINITIES, Extremes.NAN);
    }

    @Property
    void nanIsWhereTheEquationsSay(@ForAll StackPlan plan, @ForAll("kinds") Extremes kind) {
        check(plan, kind, 1);
    }

    /**
     * Where products and sums of the largest floats overflow, infinities cancel that a double does not know. Bounded
     * activations, and weights so small that none does, leave one answer: gates saturate, and nothing is NaN.
     */
    @Property
    void theLargestFloatsSaturate(@ForAll StackPlan plan) {
        Assume.that(plan.lstms().stream().allMatch(lstm -> BOUNDED.contains(lstm.activation())));
        check(plan, Extremes.LARGEST, 1 / 64f);
    }

    private static void check(StackPlan plan, Extremes kind, float scale) {
        try (StackModel stack = new StackModel(plan)) {
            for (Weight weight : stack.model().weights()) {
                float[] values = weight.get().toArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] *= scale;
                }
                weight.set(Tensor.of(values, weight.shape().toArray()));
            }
            List<Tensor> inputs = new ArrayList<>(stack.inputs());
            inputs.set(0, kind.into(inputs.getFirst()));
            StackReference reference = new StackReference(plan, stack, inputs);
            List<float[]> cotangents = EnginePass.cotangents(stack.model(), inputs, plan.seed() * 1000 + 700);
            EnginePass pass = EnginePass.of(stack.model(), inputs, cotangents);
            for (int i = 0; i < pass.outputs().size(); i++) {
                places("output " + i, pass.outputs().get(i), reference.output(i));
            }
            RefGraph.Gradients expected = reference.gradients(cotangents);
            pass.weights().forEach((name, gradient) -> places(name, gradient, expected, "w/" + name));
            for (int i = 0; i < inputs.size(); i++) {
                String name = stack.inputNames().get(i);
                places("gradient of " + name, pass.inputs().get(i), expected, name);
            }
        }
    }

    /** x f(x) as it stands, where f is 0 at minus infinity: NaN, as in the reference and in Keras's back ends. */
    @Example
    void aProductWithAnInfinityIsTakenAsItStands() {
        for (ActivationFunction function : List.of(ActivationFunction.GELU, ActivationFunction.SILU)) {
            RefActivation reference = RefActivation.of(function);
            try (Model model = Sequential.of(Input.shape(3), Activation.of(function))) {
                float[] x = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN};
                float[] y = model.predict(Tensor.of(x, 1, 3)).toArray();
                Bits.same(y, new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NaN}, function.toString());
                for (int i = 0; i < 3; i++) {
                    assertEquals((float) reference.value(x[i]), y[i]);
                    assertEquals((float) reference.derivative(x[i]),
                            ActivationFormula.of(function.keyword()).derivative(x[i], y[i]));
                }
            }
        }
    }

    /** The slopes of ELU and SELU at NaN once were those of their straight half. */
    @Example
    void slopesAtNan() {
        for (ActivationFunction function : ActivationFunction.all()) {
            if (function.isElementwise()) {
                ActivationFormula formula = ActivationFormula.of(function.keyword());
                double expected = RefActivation.of(function).derivative(Double.NaN);
                assertEquals((float) expected, formula.derivative(Float.NaN, Float.NaN), formula.toString());
            }
        }
    }

    private static void places(String what, float[] got, RefGraph.Gradients expected, String name) {
        if (expected.has(name)) {
            places(what, got, expected.of(name));
        }
    }

    private static void places(String what, float[] got, double[] expected) {
        for (int i = 0; i < got.length; i++) {
            if (Float.isNaN(got[i]) != Double.isNaN(expected[i])) {
                throw new AssertionError(what + ", number " + i + ": got " + got[i] + ", the equations say "
                        + expected[i]);
            }
        }
    }
}
