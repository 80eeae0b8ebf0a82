package dev.gatun.tests.battery;

import dev.gatun.layers.GruCell;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefRecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/** RNN over each cell that has a layer of its own, and over stacks of them: states in and out, both ways. */
final class RnnTest extends LayerBattery {

    private static final int TIME = 5;
    private static final int INPUTS = 3;

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (Layer cell : List.of(LstmCell.units(18), GruCell.units(18), GruCell.units(5).resetAfter(false),
                SimpleRnnCell.units(18),
                LstmCell.units(5).unitForgetBias(false).activation("relu").recurrentActivation("hard_sigmoid"),
                GruCell.units(3).noBias().dropout(0.25).recurrentDropout(0.5),
                SimpleRnnCell.units(4).activation("relu").kernelInitializer(Initializer.HE_NORMAL)
                        .recurrentInitializer(new Initializer.Orthogonal(0.5)).biasInitializer(Initializer.ONES))) {
            addWiring(Rnn.of(cell.named("within")), all);
        }
        Layer lstm = LstmCell.units(6).named("first");
        Layer gru = GruCell.units(5).named("second");
        Layer simple = SimpleRnnCell.units(18).named("third");
        addWiring(Rnn.stack(lstm.named("below"), lstm), all);
        addWiring(Rnn.stack(simple, gru.named("below"), gru), all);
        addWiring(Rnn.of(StackedRnnCells.of(lstm, StackedRnnCells.of(gru, simple).named("upper")).named("all")), all);
        all.add(instance(Rnn.stack(lstm, gru).returnSequences().zeroOutputForMask(), false));
        all.add(instance(Rnn.of(lstm).returnSequences().zeroOutputForMask(), false));
        return all;
    }

    private static void addWiring(Rnn rnn, List<Instance> all) {
        all.add(instance(rnn, false));
        all.add(instance(rnn.returnSequences().returnState(), true));
        all.add(instance(rnn.returnState(), false));
        all.add(instance(rnn.returnSequences().goBackwards(), true));
        all.add(instance(rnn.goBackwards(), false));
    }

    static Instance instance(Rnn rnn, boolean begins) {
        RecurrentCell cell = (RecurrentCell) rnn.cell();
        long parameters = 0;
        int inputs = INPUTS;
        for (Layer leaf : leaves(rnn.cell())) {
            parameters += parameters(leaf, inputs);
            inputs = ((RecurrentCell) leaf).outputSize();
        }
        Instance instance = Instance.of(rnn, (graph, in) -> reference(rnn, graph, in)).takes(TIME, INPUTS)
                .parameters(parameters);
        for (int size : cell.stateSizes()) {
            instance = begins ? instance.takes(size) : instance;
        }
        instance = rnn.returnsSequences() ? instance.gives(TIME, cell.outputSize()) : instance.gives(cell.outputSize());
        for (int size : cell.stateSizes()) {
            instance = rnn.returnsState() ? instance.gives(size) : instance;
        }
        return rnn.goesBackwards() ? instance.notStepByStep() : instance;
    }

    private static List<Layer> leaves(Layer cell) {
        List<Layer> leaves = new ArrayList<>();
        if (cell instanceof StackedRnnCells stack) {
            stack.cells().forEach(each -> leaves.addAll(leaves(each)));
        } else {
            leaves.add(cell);
        }
        return leaves;
    }

    private static long parameters(Layer cell, int inputs) {
        return switch (cell) {
            case LstmCell lstm -> 4L * lstm.units() * (inputs + lstm.units() + (lstm.useBias() ? 1 : 0));
            case GruCell gru -> 3L * gru.units()
                    * (inputs + gru.units() + (!gru.useBias() ? 0 : gru.resetAfter() ? 2 : 1));
            case SimpleRnnCell simple -> (long) simple.units() * (inputs + simple.units() + (simple.useBias() ? 1 : 0));
            default -> throw new AssertionError(cell);
        };
    }

    /** What goes backwards is in processing order after the first cell. */
    private static List<Value> reference(Rnn rnn, RefGraph graph, List<Value> in) {
        List<Layer> leaves = leaves(rnn.cell());
        Value sequence = in.getFirst();
        List<Value> states = new ArrayList<>();
        int begun = 1;
        for (Layer leaf : leaves) {
            boolean first = leaf == leaves.getFirst();
            boolean last = leaf == leaves.getLast();
            String name = rnn.cell() instanceof StackedRnnCells ? NAME + "/" + leaf.name() : NAME;
            int count = ((RecurrentCell) leaf).stateSizes().size();
            List<Value> initial = in.size() == 1 ? List.of() : in.subList(begun, begun + count);
            List<Value> made = reference(leaf, name, rnn.goesBackwards() && first, !last || rnn.returnsSequences(),
                    graph, sequence, initial.toArray(Value[]::new));
            sequence = made.getFirst();
            states.addAll(made.subList(1, made.size()));
            begun += count;
        }
        List<Value> outputs = new ArrayList<>(List.of(sequence));
        outputs.addAll(rnn.returnsState() ? states : List.of());
        return outputs;
    }

    private static List<Value> reference(Layer leaf, String name, boolean backwards, boolean sequences, RefGraph graph,
            Value x, Value... initial) {
        return switch (leaf) {
            case LstmCell lstm -> {
                LstmValues values = graph.lstm(name, new RefLstm.Options(RefActivation.of(lstm.activation()),
                        RefActivation.of(lstm.recurrentActivation()), backwards, false), sequences, x, initial);
                yield List.of(values.y(), values.h(), values.c());
            }
            case GruCell gru -> graph.recurrent(RefRecurrentLayer.gru(name, RefActivation.of(gru.activation()),
                    RefActivation.of(gru.recurrentActivation()), gru.resetAfter(), backwards), sequences, x, initial);
            case SimpleRnnCell simple -> graph.recurrent(
                    RefRecurrentLayer.simple(name, RefActivation.of(simple.activation()), backwards), sequences, x,
                    initial);
            default -> throw new AssertionError(leaf);
        };
    }
}
