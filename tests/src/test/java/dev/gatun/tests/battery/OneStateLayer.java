package dev.gatun.tests.battery;

import dev.gatun.layers.Initializer;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.tests.reference.RefRecurrentLayer;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Instances of recurrent layers with one state: one block of units and several, states in and out. */
final class OneStateLayer {

    private static final int TIME = 5;
    private static final int INPUTS = 3;

    private OneStateLayer() {}

    /** Every way to be called, and the options that all have. */
    static <L extends RecurrentLayer<L>> List<L> wiring(Function<Integer, L> layer) {
        List<L> all = new ArrayList<>();
        for (int units : new int[] {1, 16, 37, 70}) {
            for (boolean sequences : new boolean[] {false, true}) {
                L plain = layer.apply(units).returnSequences(sequences);
                all.addAll(List.of(plain, plain.goBackwards(), plain.returnState()));
            }
        }
        L small = layer.apply(5).returnSequences();
        all.add(small.noBias());
        all.add(small.dropout(0.25).recurrentDropout(0.5).kernelInitializer(Initializer.HE_NORMAL)
                .recurrentInitializer(new Initializer.Orthogonal(0.5)).biasInitializer(Initializer.ONES));
        return all;
    }

    /**
     * The layer, and again with a state to begin at if it returns its own.
     *
     * @param gates  how many
     * @param biases rows of the bias
     */
    static <L extends RecurrentLayer<L>> List<Instance> instances(
            L layer, int gates, int biases, RefRecurrentLayer reference) {
        Instance alone = instance(layer, gates, biases, reference, false, TIME);
        return layer.returnsState()
                ? List.of(alone, instance(layer, gates, biases, reference, true, TIME))
                : List.of(alone);
    }

    /** A layer with options that Keras does not have. */
    static <L extends RecurrentLayer<L>> List<Instance> beyondKeras(
            L layer, int gates, int biases, RefGraph.Node reference) {
        String name = Battery.NAME;
        return List.of(instance(layer, gates, biases,
                (graph, in) -> graph.add(reference, in, "y/" + name, "h/" + name), false, TIME));
    }

    static <L extends RecurrentLayer<L>> Instance instance(
            L layer, int gates, int biases, RefRecurrentLayer reference, boolean begins, int time) {
        return instance(layer, gates, biases, (graph, in) -> {
            Value[] states = in.subList(1, in.size()).toArray(Value[]::new);
            return graph.recurrent(reference, layer.returnsSequences(), in.getFirst(), states);
        }, begins, time);
    }

    private static <L extends RecurrentLayer<L>> Instance instance(
            L layer, int gates, int biases, Instance.Reference reference, boolean begins, int time) {
        long units = layer.units();
        Instance instance = Instance.of(layer, (graph, in) -> {
            List<Value> values = reference.of(graph, in);
            return layer.returnsState() ? values : values.subList(0, 1);
        }).takes(time, INPUTS).parameters(gates * units * (INPUTS + units + (layer.useBias() ? biases : 0))
                + (layer.learnsInitialState() ? units : 0));
        instance = begins ? instance.takes(units) : instance;
        instance = layer.returnsSequences() ? instance.gives(time, units) : instance.gives(units);
        instance = layer.goesBackwards() ? instance.notStepByStep() : instance;
        return layer.returnsState() ? instance.gives(units) : instance;
    }
}
