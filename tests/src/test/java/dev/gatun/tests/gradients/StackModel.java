package dev.gatun.tests.gradients;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.StackPlan.Initial;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import java.util.ArrayList;
import java.util.List;

/** The model of a {@link StackPlan}, with random weights, and inputs for it. */
public final class StackModel implements AutoCloseable {

    private static final float WEIGHTS = 0.6f;

    private final StackPlan plan;
    private final List<Input> inputs = new ArrayList<>();
    private final Model model;

    public StackModel(StackPlan plan) {
        this.plan = plan;
        this.model = build();
        long seed = plan.seed() * 1000;
        for (Weight weight : model.weights()) {
            long[] dims = weight.shape().toArray();
            float size = (float) Math.min(WEIGHTS, 2 / Math.sqrt(dims[0]));
            weight.set(Tensor.of(EnginePass.uniform((int) weight.shape().elements(), size, ++seed), dims));
        }
    }

    public Model model() {
        return model;
    }

    /** The input sequence, then h and c for each LSTM that begins at inputs. */
    public List<Tensor> inputs() {
        List<Tensor> tensors = new ArrayList<>();
        for (Input input : inputs) {
            Shape shape = input.shape().with(0, plan.batch());
            float[] values = EnginePass.uniform((int) shape.elements(), 1.5f,
                    plan.seed() * 1000 + 500 + tensors.size());
            tensors.add(Tensor.of(values, shape.toArray()));
        }
        return tensors;
    }

    /** Names of the inputs, as in the reference. */
    public List<String> inputNames() {
        return inputs.stream().map(Input::name).toList();
    }

    private Input input(String name, long... dims) {
        inputs.add(Input.shape(dims).named(name));
        return inputs.getLast();
    }

    private Model build() {
        Node x = input("x", plan.time(), plan.inputs());
        RecurrentOutput last = null;
        List<RecurrentOutput> all = new ArrayList<>();
        for (int i = 0; i < plan.lstms().size(); i++) {
            LstmPlan lstm = plan.lstms().get(i);
            if (plan.widens(i)) {
                x = TimeDistributed.of(Dense.units(lstm.units())).named("widen" + i).on(x);
            }
            Lstm layer = layer(i, lstm);
            State state = state(i, lstm, all);
            if (lstm.twice()) {
                // A layer has one configuration: it returns sequences and state both times.
                x = state == null ? layer.on(x) : layer.on(x, state);
                state = null;
            }
            last = state == null ? layer.on(x) : layer.on(x, state);
            all.add(last);
            x = last;
        }
        List<Node> outputs = new ArrayList<>(List.of(head(x)));
        if (plan.states()) {
            outputs.add(last.state().h());
            outputs.add(last.state().c());
        }
        return Model.of(inputs, outputs);
    }

    private Lstm layer(int index, LstmPlan plan) {
        Lstm lstm = Lstm.units(plan.units())
                .named(this.plan.name(index))
                .activation(plan.activation())
                .recurrentActivation(plan.recurrent())
                .goBackwards(plan.backwards())
                .returnSequences(this.plan.returnsSequences(index) || plan.twice())
                .returnState(this.plan.returnsState(index));
        return plan.bias() ? lstm : lstm.noBias();
    }

    private State state(int index, LstmPlan lstm, List<RecurrentOutput> before) {
        if (lstm.initial() == Initial.INPUTS) {
            String name = plan.name(index);
            return State.of(input(name + "_h", lstm.units()), input(name + "_c", lstm.units()));
        }
        if (plan.origin(index) < 0) {
            return null;
        }
        State state = before.get(plan.origin(index)).state();
        if (!plan.bridges(index)) {
            return state;
        }
        return State.of(
                Dense.units(lstm.units()).named("bridge_h" + index).on(state.h()),
                Dense.units(lstm.units()).named("bridge_c" + index).on(state.c()));
    }

    private Node head(Node x) {
        ActivationFunction function = plan.head().function();
        Dense dense = Dense.units(StackPlan.HEAD).activation(function);
        boolean sequence = plan.outputShape().rank() == 3;
        return switch (plan.head().kind()) {
            case NONE -> x;
            case DENSE -> dense.named("head").on(x);
            case TIME_DISTRIBUTED -> sequence
                    ? TimeDistributed.of(dense).named("head").on(x)
                    : dense.named("head").on(x);
            case ACTIVATION -> Activation.of(function).named("head").on(x);
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
