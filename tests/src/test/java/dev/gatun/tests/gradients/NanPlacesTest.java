package dev.gatun.tests.gradients;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.layers.Activation;
import dev.gatun.layers.model.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Extremes;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefGraph;
import java.util.ArrayList;
import java.util.List;
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
 * reference, given zeros of both signs, subnormals, infinities and NaN. Not the largest floats: their products overflow in
 * float, and infinities cancel, where a double goes on. Nor infinities through GELU, where the engine takes the limit, 0 at
 * minus infinity, and the formula x Phi(x) gives NaN.
 */
@Domain(Stacks.class)
@Domain(DomainContext.Global.class)
final class NanPlacesTest {

    @Provide
    Arbitrary<Extremes> kinds() {
        return Arbitraries.of(Extremes.ZEROS, Extremes.SUBNORMALS, Extremes.INFINITIES, Extremes.NAN);
    }

    @Property
    void nanIsWhereTheEquationsSay(@ForAll StackPlan plan, @ForAll("kinds") Extremes kind) {
        Assume.that(kind != Extremes.INFINITIES || !hasGelu(plan));
        try (StackModel stack = new StackModel(plan)) {
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

    @Example
    void geluTakesItsLimits() {
        try (Model model = Sequential.of(Input.shape(3), Activation.of(ActivationFunction.GELU))) {
            Tensor x = Tensor.of(new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN}, 1, 3);
            Bits.same(model.predict(x).toArray(), new float[] {0, Float.POSITIVE_INFINITY, Float.NaN}, "gelu");
        }
    }

    private static boolean hasGelu(StackPlan plan) {
        return plan.head() == StackPlan.Head.TIME_DISTRIBUTED || plan.lstms().stream()
                .anyMatch(lstm -> lstm.activation() == ActivationFunction.GELU);
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
