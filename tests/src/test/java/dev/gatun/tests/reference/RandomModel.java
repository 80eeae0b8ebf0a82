package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/**
 * A small random model: LSTM layers, wired in one of several ways, under a Dense head. Its shape is said by a
 * {@link Plan} of a few small numbers, so that a failing case shrinks to one a person can read; its numbers come from a
 * seed.
 */
public final class RandomModel {
    /** How the layers hang together. */
    public enum Wiring {
        /** Each layer reads the sequence of the one before. */
        STACK,
        /** Also its final states, as initial states. */
        STATES,
        /** The states go through a Dense layer each, because the widths differ. */
        STATES_THROUGH_DENSE,
        /** All layers but the first are the same layer, used again. */
        SHARED_LAYER,
        /** The states of every layer are outputs of the model. */
        STATES_ARE_OUTPUTS
    }

    /** The sizes and options. */
    public record Plan(
            Wiring wiring,
            int layers,
            int units,
            int inputs,
            int batch,
            int time,
            boolean bias,
            boolean masked,
            boolean dropout,
            boolean sequences,
            RefLstm.Options options,
            RefActivation head) {}

    private final Plan plan;
    private final Random random;
    private final RefGraph graph = new RefGraph();
    private final SequencedMap<String, RefTensor> given = new LinkedHashMap<>();

    /** The model of this plan, its numbers in {@code [-0.8, 0.8]}. */
    public RandomModel(Plan plan, long seed) {
        this.plan = plan;
        this.random = new Random(seed);
        build();
    }

    /** The model; its first output is the head's. */
    public RefGraph graph() {
        return graph;
    }

    /** Input, weights, initial states and masks. */
    public SequencedMap<String, RefTensor> given() {
        return given;
    }

    /** Names of the given numbers that have a gradient: all but the masks. */
    public List<String> differentiable() {
        return given.keySet().stream().filter(name -> !name.contains("mask")).toList();
    }

    private void build() {
        give("x", plan.batch, plan.time, plan.inputs);
        if (plan.masked) {
            give("mask", plan.batch, plan.time);
            choose(given.get("mask").values(), 0.6, 1);
        }
        Value sequence = graph.input("x");
        List<Value> outputs = new ArrayList<>();
        LstmValues last = null;
        int width = plan.inputs;
        for (int n = 0; n < plan.layers; n++) {
            boolean shared = plan.wiring == Wiring.SHARED_LAYER && n > 1;
            boolean alternate = plan.wiring == Wiring.STACK || plan.wiring == Wiring.STATES_THROUGH_DENSE;
            int units = alternate ? plan.units + n % 2 : plan.units;
            String name = "lstm_" + (shared ? 1 : n);
            Value[] states = n == 0 ? new Value[0] : states(last, n, units);
            if (!shared) {
                giveLstm(name, width, units, states.length == 0);
            }
            boolean sequences = plan.sequences || n < plan.layers - 1;
            last = graph.lstm(name, plan.options, sequences, sequence, states);
            if (plan.wiring == Wiring.STATES_ARE_OUTPUTS) {
                outputs.addAll(List.of(last.h(), last.c()));
            }
            sequence = last.y();
            width = units;
            if (plan.dropout && sequences) {
                give("dropmask/dropout_" + n, plan.batch, plan.time, units);
                choose(given.get("dropmask/dropout_" + n).values(), 0.5, 2);
                sequence = graph.dropout("dropout_" + n, sequence);
            }
        }
        giveDense("dense", width, 2);
        outputs.addFirst(graph.activation("activation", plan.head, graph.dense("dense", RefActivation.TANH, sequence)));
        graph.outputs(outputs.toArray(Value[]::new));
    }

    private Value[] states(LstmValues last, int n, int units) {
        return switch (plan.wiring) {
            case STATES -> new Value[] {last.h(), last.c()};
            case STATES_THROUGH_DENSE -> {
                int before = plan.units + (n - 1) % 2;
                giveDense("dense_h_" + n, before, units);
                giveDense("dense_c_" + n, before, units);
                yield new Value[] {graph.dense("dense_h_" + n, RefActivation.LINEAR, last.h()),
                    graph.dense("dense_c_" + n, RefActivation.TANH, last.c())};
            }
            default -> new Value[0];
        };
    }

    private void giveLstm(String name, int inputs, int units, boolean states) {
        give("w/" + name + "/kernel", inputs, 4 * units);
        give("w/" + name + "/recurrent_kernel", units, 4 * units);
        if (plan.bias) {
            give("w/" + name + "/bias", 4 * units);
        }
        if (states) {
            give("init/" + name + "/h", plan.batch, units);
            give("init/" + name + "/c", plan.batch, units);
        }
        if (plan.dropout) {
            give("dropmask/" + name + "/input", 4, plan.batch, inputs);
            choose(given.get("dropmask/" + name + "/input").values(), 0.5, 2);
            give("dropmask/" + name + "/recurrent", 4, plan.batch, units);
            choose(given.get("dropmask/" + name + "/recurrent").values(), 0.5, 2);
        }
    }

    private void giveDense(String name, int inputs, int units) {
        give("w/" + name + "/kernel", inputs, units);
        give("w/" + name + "/bias", units);
    }

    private void give(String name, int... shape) {
        RefTensor tensor = RefTensor.zeros(shape);
        for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = 1.6 * random.nextDouble() - 0.8;
        }
        given.put(name, tensor);
    }

    /** Each number becomes {@code kept} with this probability, else zero. */
    private void choose(double[] values, double probability, double kept) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < probability ? kept : 0;
        }
    }
}
