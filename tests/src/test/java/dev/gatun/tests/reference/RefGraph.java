package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A small graph of reference layers, sequential or functional; states are values like any other. It holds no numbers:
 * {@link #run} takes them by name ({@code x}, {@code w/<layer>/kernel}, {@code init/<layer>/h}, {@code mask}, ... as in
 * the fixtures) and {@link Run#backward} returns gradients under the same names, in reverse order accumulation.
 * A layer that is used twice has one set of weights, and its gradients add up.
 */
public final class RefGraph {
    /** What one node gives: output {@code output} of node {@code node}. */
    public record Value(int node, int output) {}

    /** What an LSTM gives: the sequence or the last output, and the final states. */
    public record LstmValues(Value y, Value h, Value c) {}

    /** A layer in a graph: it computes, and hands back what it needs to go backward. */
    public interface Node {
        /**
         * @param inputs the values wired to it
         * @param mask {@code [B][T]} of the first input, or null
         * @param given all given numbers
         */
        Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given);
    }

    /** One run of a node. */
    public interface Step {
        /** The node's outputs. */
        List<RefTensor> outputs();

        /** The mask that travels on with output 0, or null. */
        boolean[][] mask();

        /**
         * Gradients of the inputs from those of the outputs; gradients of given numbers are added to {@code gradients}.
         */
        List<RefTensor> backward(List<RefTensor> gOutputs, Gradients gradients);

        /** Distance to the nearest kink of an activation in this run. */
        double kinkDistance();

        /** The largest number in this run. */
        double largest();
    }

    /** Gradients by the name of the given number, summed over all uses. */
    public static final class Gradients {
        private final SequencedMap<String, RefTensor> byName = new LinkedHashMap<>();
        private final SequencedMap<String, RefTensor> sizes = new LinkedHashMap<>();

        /** Adds a gradient; null is passed over. */
        public void add(String name, RefTensor gradient) {
            add(byName, name, gradient);
        }

        /** Adds to the sizes of a weight's terms. */
        void addSizes(String name, RefTensor size) {
            add(sizes, name, size);
        }

        private static void add(Map<String, RefTensor> sums, String name, RefTensor part) {
            if (part != null) {
                sums.computeIfAbsent(name, key -> RefTensor.zeros(part.shape())).add(part);
            }
        }

        /** For each element of a weight's gradient the sum of the absolute values of the terms it is the sum of. */
        public double[] sizes(String name) {
            return sizes.get(name).values();
        }

        /** Whether anything was added under this name. */
        public boolean has(String name) {
            return byName.containsKey(name);
        }

        /** The gradient of this given number; throws when there is none. */
        public double[] of(String name) {
            if (!has(name)) {
                throw new IllegalArgumentException("no gradient of " + name + "; there are " + byName.keySet());
            }
            return byName.get(name).values();
        }

        /** The gradients of all weights, {@code w/...}, as an optimizer takes them. */
        public SequencedMap<String, double[]> weights() {
            SequencedMap<String, double[]> weights = new LinkedHashMap<>();
            byName.forEach((name, gradient) -> {
                if (name.startsWith("w/")) {
                    weights.put(name, gradient.values());
                }
            });
            return weights;
        }
    }

    private record Placed(Node node, List<Value> inputs) {}

    private final List<Placed> nodes = new ArrayList<>();
    private final SequencedMap<String, Value> names = new LinkedHashMap<>();
    private final List<Value> outputs = new ArrayList<>();

    /** Adds a node; its first output gets {@code outputNames[0]}, and so on. A name that is taken goes to the newer. */
    public List<Value> add(Node node, List<Value> inputs, String... outputNames) {
        nodes.add(new Placed(node, List.copyOf(inputs)));
        List<Value> values = new ArrayList<>();
        for (int output = 0; output < outputNames.length; output++) {
            values.add(new Value(nodes.size() - 1, output));
            names.put(outputNames[output], values.getLast());
        }
        return values;
    }

    /** The input whose numbers are given under {@code name}. */
    public Value input(String name) {
        return add(RefLayers.input(name), List.of(), name).getFirst();
    }

    /** An LSTM; {@code states} is empty or h and c. Without wired states {@code init/<layer>/h|c} or zeros are used. */
    public LstmValues lstm(String layer, RefLstm.Options options, boolean sequences, Value x, Value... states) {
        List<Value> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(List.of(states));
        List<Value> y = add(RefLayers.lstm(layer, options, sequences), inputs, "y/" + layer, "h/" + layer,
                "c/" + layer);
        return new LstmValues(y.get(0), y.get(1), y.get(2));
    }

    /** A layer of one state; {@code states} is empty or h. What it gives: the sequence or the last output, and the final h. */
    public List<Value> recurrent(RefRecurrentLayer layer, boolean sequences, Value x, Value... states) {
        List<Value> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(List.of(states));
        return add(layer.node(sequences), inputs, "y/" + layer.name(), "h/" + layer.name());
    }

    /** A Dense layer, on a sequence step by step. */
    public Value dense(String layer, RefActivation activation, Value x) {
        return add(RefLayers.dense(layer, activation), List.of(x), "y/" + layer).getFirst();
    }

    /** A Masking layer. */
    public Value masking(String layer, double value, Value x) {
        return add(RefLayers.masking(value), List.of(x), "y/" + layer).getFirst();
    }

    /** An Embedding of whole numbers. */
    public Value embedding(String layer, boolean masksZero, Value ids) {
        return add(new RefEmbedding(layer, masksZero), List.of(ids), "y/" + layer).getFirst();
    }

    /** An Activation layer. */
    public Value activation(String layer, RefActivation activation, Value x) {
        return add(RefLayers.activation(activation), List.of(x), "y/" + layer).getFirst();
    }

    /** A Dropout layer; its mask is given as {@code dropmask/<layer>}, and without one nothing is dropped. */
    public Value dropout(String layer, Value x) {
        return add(RefLayers.dropout(layer), List.of(x), "y/" + layer).getFirst();
    }

    /** Declares the graph's outputs, in order. */
    public RefGraph outputs(Value... values) {
        outputs.addAll(List.of(values));
        return this;
    }

    /** The graph's outputs. */
    public List<Value> outputs() {
        return List.copyOf(outputs);
    }

    /** The value of this name ({@code y/<layer>}, {@code h/<layer>}, {@code c/<layer>}, an input's name). */
    public Value named(String name) {
        Value value = names.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value " + name + "; there are " + names.keySet());
        }
        return value;
    }

    /** Computes every node in order. */
    public Run run(Map<String, RefTensor> given) {
        Run run = new Run();
        for (Placed placed : nodes) {
            List<RefTensor> inputs = placed.inputs.stream().map(run::value).toList();
            boolean[][] mask = placed.inputs.isEmpty() ? null : run.mask(placed.inputs.getFirst());
            run.steps.add(placed.node.forward(inputs, mask, given));
        }
        return run;
    }

    /** One forward run, ready to go backward. */
    public final class Run {
        private final List<Step> steps = new ArrayList<>();

        private Run() {}

        /** The number behind a value. */
        public RefTensor value(Value value) {
            return steps.get(value.node).outputs().get(value.output);
        }

        /** The numbers behind a name. */
        public double[] values(String name) {
            return value(named(name)).values();
        }

        /** The mask that travels with a value, or null. */
        public boolean[][] mask(Value value) {
            return value.output == 0 ? steps.get(value.node).mask() : null;
        }

        /** Distance to the nearest kink of an activation. */
        public double kinkDistance() {
            return steps.stream().mapToDouble(Step::kinkDistance).min().orElse(Double.POSITIVE_INFINITY);
        }

        /** The largest number of the run, pre-activations and cell states included. */
        public double largest() {
            return steps.stream().mapToDouble(Step::largest).max().orElse(0);
        }

        /** Gradients of everything given, from the cotangents of some values. */
        public Gradients backward(Map<Value, double[]> cotangents) {
            Map<Value, RefTensor> gradients = new HashMap<>();
            cotangents.forEach((value, cotangent) -> accumulate(gradients, value, cotangent));
            Gradients result = new Gradients();
            for (int n = nodes.size() - 1; n >= 0; n--) {
                List<RefTensor> gOutputs = new ArrayList<>();
                for (int output = 0; output < steps.get(n).outputs().size(); output++) {
                    Value value = new Value(n, output);
                    gOutputs.add(gradients.getOrDefault(value, RefTensor.zeros(value(value).shape())));
                }
                List<RefTensor> gInputs = steps.get(n).backward(gOutputs, result);
                for (int i = 0; i < gInputs.size(); i++) {
                    accumulate(gradients, nodes.get(n).inputs.get(i), gInputs.get(i).values());
                }
            }
            return result;
        }

        private void accumulate(Map<Value, RefTensor> gradients, Value value, double[] gradient) {
            RefTensor sum = gradients.computeIfAbsent(value, key -> RefTensor.zeros(value(key).shape()));
            sum.add(new RefTensor(sum.shape(), gradient));
        }
    }
}
