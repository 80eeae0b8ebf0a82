package dev.gatun.tests.gradients;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Weight;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.StackPlan.Initial;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
        this(plan, model, inputs, UnaryOperator.identity());
    }

    /** With other numbers than the model's: each weight and input as {@code change} makes it. */
    StackReference(StackPlan plan, StackModel model, UnaryOperator<RefTensor> change) {
        this(plan, model, model.inputs(), change);
    }

    private StackReference(
            StackPlan plan, StackModel model, List<Tensor> inputs, UnaryOperator<RefTensor> change) {
        this.plan = plan;
        build();
        for (Weight weight : model.model().weights()) {
            given.put("w/" + weight.name(), change.apply(RefTensor.of(weight.get())));
        }
        for (int i = 0; i < inputs.size(); i++) {
            given.put(model.inputNames().get(i), change.apply(RefTensor.of(inputs.get(i))));
        }
        this.run = graph.run(given);
    }

    private void build() {
        Value x = graph.input("x");
        LstmValues last = null;
        List<LstmValues> all = new ArrayList<>();
        for (int i = 0; i < plan.lstms().size(); i++) {
            LstmPlan lstm = plan.lstms().get(i);
            String name = plan.name(i);
            if (plan.widens(i)) {
                x = graph.dense("widen" + i, RefActivation.LINEAR, x);
            }
            Value[] state = state(i, lstm, all);
            RefLstm.Options options = new RefLstm.Options(of(lstm.activation()), of(lstm.recurrent()), lstm.backwards(),
                    false);
            boolean sequences = plan.returnsSequences(i) || lstm.twice();
            last = graph.lstm(name, options, sequences, x, state);
            if (lstm.twice()) {
                last = graph.lstm(name, options, sequences, last.y());
            }
            all.add(last);
            x = last.y();
        }
        graph.outputs(head(x));
        if (plan.states()) {
            graph.outputs(last.h(), last.c());
        }
    }

    private Value[] state(int index, LstmPlan lstm, List<LstmValues> before) {
        if (lstm.initial() == Initial.INPUTS) {
            return new Value[] {graph.input(plan.name(index) + "_h"), graph.input(plan.name(index) + "_c")};
        }
        if (plan.origin(index) < 0) {
            return new Value[0];
        }
        LstmValues origin = before.get(plan.origin(index));
        if (!plan.bridges(index)) {
            return new Value[] {origin.h(), origin.c()};
        }
        return new Value[] {graph.dense("bridge_h" + index, RefActivation.LINEAR, origin.h()),
            graph.dense("bridge_c" + index, RefActivation.LINEAR, origin.c())};
    }

    private Value head(Value x) {
        RefActivation function = of(plan.head().function());
        return switch (plan.head().kind()) {
            case NONE -> x;
            case DENSE, TIME_DISTRIBUTED -> graph.dense("head", function, x);
            case ACTIVATION -> graph.activation("head", function, x);
        };
    }

    private static RefActivation of(ActivationFunction function) {
        return RefActivation.of(function);
    }

    public double kinkDistance() {
        return run.kinkDistance();
    }

    /** An output's numbers. */
    public double[] output(int index) {
        return outputTensor(index).values();
    }

    public RefTensor outputTensor(int index) {
        return run.value(graph.outputs().get(index));
    }

    /** Gradients of a loss of the first output. */
    public RefGraph.Gradients gradientsOfLoss(double[] cotangent) {
        return run.backward(Map.of(graph.outputs().getFirst(), cotangent));
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
