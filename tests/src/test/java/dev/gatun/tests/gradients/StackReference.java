package dev.gatun.tests.gradients;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.layers.model.Weight;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.StackPlan.Initial;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reference graph of a {@link StackPlan}, with the numbers of a {@link StackModel}. */
public final class StackReference {

    private final StackPlan plan;
    private final RefGraph graph = new RefGraph();
    private final Map<String, RefTensor> given = new HashMap<>();
    private final RefGraph.Run run;

    public StackReference(StackPlan plan, StackModel model) {
        this(plan, model, model.inputs());
    }

    public StackReference(StackPlan plan, StackModel model, List<Tensor> inputs) {
        this.plan = plan;
        build();
        for (Weight weight : model.model().weights()) {
            given.put("w/" + weight.name(), tensor(weight.get()));
        }
        for (int i = 0; i < inputs.size(); i++) {
            given.put(model.inputNames().get(i), tensor(inputs.get(i)));
        }
        this.run = graph.run(given);
    }

    private static RefTensor tensor(Tensor tensor) {
        Shape shape = tensor.shape();
        double[] values = new double[(int) shape.elements()];
        float[] floats = tensor.toArray();
        Arrays.setAll(values, i -> floats[i]);
        return new RefTensor(Arrays.stream(shape.toArray()).mapToInt(Math::toIntExact).toArray(), values);
    }

    private void build() {
        Value x = graph.input("x");
        LstmValues last = null;
        for (int i = 0; i < plan.lstms().size(); i++) {
            LstmPlan lstm = plan.lstms().get(i);
            String name = plan.name(i);
            if (plan.widens(i)) {
                x = graph.dense("widen" + i, RefActivation.LINEAR, x);
            }
            Value[] state = state(i, lstm, last);
            RefLstm.Options options = new RefLstm.Options(of(lstm.activation()), of(lstm.recurrent()), lstm.backwards(),
                    false);
            boolean sequences = plan.returnsSequences(i) || lstm.twice();
            last = graph.lstm(name, options, sequences, x, state);
            if (lstm.twice()) {
                last = graph.lstm(name, options, sequences, last.y());
            }
            x = last.y();
        }
        graph.outputs(head(x));
        if (plan.states()) {
            graph.outputs(last.h(), last.c());
        }
    }

    private Value[] state(int index, LstmPlan lstm, LstmValues previous) {
        if (lstm.initial() == Initial.INPUTS) {
            return new Value[] {graph.input(plan.name(index) + "_h"), graph.input(plan.name(index) + "_c")};
        }
        if (lstm.initial() == Initial.ZEROS || index == 0) {
            return new Value[0];
        }
        if (!plan.bridges(index)) {
            return new Value[] {previous.h(), previous.c()};
        }
        return new Value[] {graph.dense("bridge_h" + index, RefActivation.LINEAR, previous.h()),
            graph.dense("bridge_c" + index, RefActivation.LINEAR, previous.c())};
    }

    private Value head(Value x) {
        return switch (plan.head()) {
            case NONE -> x;
            case DENSE_TANH -> graph.dense("head", RefActivation.TANH, x);
            case DENSE_SOFTMAX -> graph.dense("head", RefActivation.SOFTMAX, x);
            case TIME_DISTRIBUTED -> graph.dense("head", RefActivation.GELU, x);
            case ACTIVATION -> graph.activation("head", RefActivation.SIGMOID, x);
        };
    }

    private static RefActivation of(ActivationFunction function) {
        return RefActivation.valueOf(function.name());
    }

    public double kinkDistance() {
        return run.kinkDistance();
    }

    /** An output's numbers. */
    public double[] output(int index) {
        return run.value(graph.outputs().get(index)).values();
    }

    /** Gradients of weights ({@code w/...}) and inputs (by name). */
    public RefGraph.Gradients gradients(List<float[]> cotangents) {
        Map<Value, double[]> byValue = new HashMap<>();
        for (int i = 0; i < cotangents.size(); i++) {
            float[] floats = cotangents.get(i);
            double[] cotangent = new double[floats.length];
            Arrays.setAll(cotangent, k -> floats[k]);
            byValue.merge(graph.outputs().get(i), cotangent, (a, b) -> {
                Arrays.setAll(a, k -> a[k] + b[k]);
                return a;
            });
        }
        return run.backward(byValue);
    }
}
