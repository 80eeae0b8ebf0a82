package dev.gatun.perf.paired;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.perf.workload.Net;
import dev.gatun.perf.workload.Stack;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that every engine is given: inputs, targets, weights; the same in every process.
 *
 * @param x      [B,T,I], or A of a product
 * @param y      targets of training in the output's shape, or B of a product
 * @param layers weights of each direction of the recurrent layers, from the input on, forward first
 * @param dense  kernel [I,N] and bias [N] of each dense layer, one after the other; all weights of a network without recurrent
 *               layers, as Keras has them
 */
public record Material(float[] x, float[] y, List<GateWeights> layers, List<float[]> dense) {

    public static Material of(Task task) {
        if (task.kind() == Kind.GEMM) {
            Task.Sizes sizes = task.sizes();
            return new Material(
                    uniform(sizes.m() * sizes.k(), 1), uniform(sizes.k() * sizes.n(), 2), List.of(), List.of());
        }
        Net net = task.net();
        try (Model model = net.model()) {
            List<GateWeights> gates = net instanceof Stack stack ? gates(stack, model.weights()) : List.of();
            int ofGates = net instanceof Stack stack ? parts(stack) * gates.size() : 0;
            return new Material(
                    uniform(Math.toIntExact(net.shape().elements()), 3),
                    uniform(Math.toIntExact(net.outputShape().elements()), 4), gates,
                    model.weights().stream().skip(ofGates).map(Material::numbers).toList());
        }
    }

    private static List<GateWeights> gates(Stack stack, List<Weight> weights) {
        List<GateWeights> all = new ArrayList<>();
        for (Stack.Side side : stack.directions()) {
            int first = parts(stack) * all.size();
            all.add(new GateWeights(side.units(), numbers(weights.get(first)), numbers(weights.get(first + 1)),
                    stack.hasBias() ? numbers(weights.get(first + 2)) : new float[0]));
        }
        return all;
    }

    /** Weights of one direction: kernel, recurrent kernel, bias. */
    private static int parts(Stack stack) {
        return stack.hasBias() ? 3 : 2;
    }

    private static float[] numbers(Weight weight) {
        return weight.get().toArray();
    }

    private static float[] uniform(int count, long stream) {
        Philox random = new Philox(stream, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.uniform(i) - 1;
        }
        return values;
    }
}
