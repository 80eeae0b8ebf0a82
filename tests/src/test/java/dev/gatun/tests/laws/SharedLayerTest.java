package dev.gatun.tests.laws;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A layer used twice is two layers with equal weights: bits, forward and back to the inputs. The gradient of its weights is
 * the sum of the two, but for rounding: one chain of 2 B T terms instead of two of B T and a sum.
 */
class SharedLayerTest {

    @Property
    void anLstm(
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll @IntRange(min = 1, max = 6) int batch,
            @ForAll @IntRange(min = 1, max = 6) int time, @ForAll boolean backwards) {
        Lstm lstm = Lstm.units(units).returnSequences().goBackwards(backwards);
        check(lstm.named("one"), lstm.named("two"), units, batch, time);
    }

    @Property
    void aDense(
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll @IntRange(min = 1, max = 6) int batch,
            @ForAll @IntRange(min = 1, max = 6) int time) {
        Dense dense = Dense.units(units).activation("tanh");
        check(dense.named("one"), dense.named("two"), units, batch, time);
        check(TimeDistributed.of(dense).named("one"), TimeDistributed.of(dense).named("two"), units, batch, time);
    }

    private static void check(Layer first, Layer second, int width, int batch, int time) {
        try (Model shared = model(first, first, width); Model two = model(first, second, width)) {
            Tensor x = Tensor.of(EnginePass.uniform(batch * time * width, 1.5f, 1), batch, time, width);
            List<float[]> cotangents = EnginePass.cotangents(shared, List.of(x), 2);
            EnginePass one = EnginePass.of(shared, List.of(x), cotangents);
            EnginePass other = EnginePass.of(two, List.of(x), cotangents);
            Bits.same(one.outputs().getFirst(), other.outputs().getFirst(), "output");
            Bits.same(one.inputs().getFirst(), other.inputs().getFirst(), "gradient of x");
            RefGraph.Gradients reference = reference(first, shared, x, cotangents.getFirst());
            for (Weight weight : shared.weights()) {
                String name = weight.name().substring(weight.name().indexOf('/'));
                sum(weight.name(), one.weights().get("one" + name), other.weights().get("one" + name),
                        other.weights().get("two" + name), 2 * batch * time, reference.sizes("w/" + weight.name()));
            }
        }
    }

    /**
     * A chain of n additions is off by at most gamma(n) = n u / (1 - n u) times the sum of the absolute values of its terms, u
     * half an ulp of 1 (Higham 2002, section 3.1): the shared layer's chain has all terms, the two layers' half of them each.
     * Those sums come from the reference, whose terms are the engine's to better than a thousandth.
     */
    private static void sum(String what, float[] got, float[] first, float[] second, int terms, double[] sizes) {
        double gamma = terms * 0x1p-24 / (1 - terms * 0x1p-24);
        for (int i = 0; i < got.length; i++) {
            double apart = Math.abs((double) got[i] - first[i] - second[i]);
            double allowed = 2 * gamma * sizes[i] * 1.001 + Float.MIN_VALUE;
            if (!(apart <= allowed)) {
                throw new AssertionError("%s, element %d: off by %.3g, allowed %.3g".formatted(what, i, apart,
                        allowed));
            }
        }
    }

    /** The shared layer in doubles. */
    private static RefGraph.Gradients reference(Layer layer, Model shared, Tensor x, float[] cotangent) {
        RefGraph graph = new RefGraph();
        RefGraph.Value y = graph.input("x");
        for (int use = 0; use < 2; use++) {
            y = layer instanceof Lstm lstm
                    ? graph.lstm("one", new RefLstm.Options(RefActivation.TANH, RefActivation.SIGMOID,
                            lstm.goesBackwards(), false), true, y).y()
                    : graph.dense("one", RefActivation.TANH, y);
        }
        Map<String, RefTensor> given = new HashMap<>(Map.of("x", RefTensor.of(x)));
        shared.weights().forEach(weight -> given.put("w/" + weight.name(), RefTensor.of(weight.get())));
        double[] wide = new double[cotangent.length];
        Arrays.setAll(wide, i -> cotangent[i]);
        return graph.run(given).backward(Map.of(y, wide));
    }

    private static Model model(Layer first, Layer second, int width) {
        Input x = Input.sequence(width);
        Node y = second.on(first.on(x));
        Model model = Model.of(x, y);
        for (Weight weight : model.weights()) {
            String name = weight.name().substring(weight.name().indexOf('/'));
            weight.set(Tensor.of(EnginePass.uniform((int) weight.shape().elements(), 0.6f, name.hashCode()),
                    weight.shape().toArray()));
        }
        return model;
    }
}
