package dev.gatun.tests.battery;

import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.tests.own.LinearCell;
import dev.gatun.tests.own.MinimalGatedCell;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefLinear;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefRecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * RNN over cells of a user's own, from outside of Gatun's modules: one state that is also what a step returns, states of several
 * widths of which it is made, and a stack with one of Gatun's cells.
 */
final class OwnCellTest extends LayerBattery {

    private static final int TIME = 5;
    private static final int INPUTS = 3;

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (int units : new int[] {5, 16, 37}) {
            addWiring(MinimalGatedCell.units(units).named("within"), all);
        }
        addWiring(LinearCell.of(4).named("within"), all);
        addWiring(LinearCell.of(3, 3).named("within"), all);
        addWiring(LinearCell.of(5, 18, 2).named("within"), all);
        MinimalGatedCell cell = MinimalGatedCell.units(3).biasInitializer(Initializer.ONES).named("within");
        for (boolean begins : new boolean[] {false, true}) {
            all.add(instance(Rnn.of(cell).returnSequences().zeroOutputForMask(), begins));
        }
        all.add(stack(Rnn.stack(LstmCell.units(4).named("below"), MinimalGatedCell.units(5).named("above"))
                .returnSequences().returnState()));
        return all;
    }

    private static void addWiring(Layer cell, List<Instance> all) {
        Rnn rnn = Rnn.of(cell);
        all.add(instance(rnn, false));
        all.add(instance(rnn.returnSequences().returnState(), true));
        all.add(instance(rnn.returnState(), false));
        all.add(instance(rnn.returnSequences().goBackwards(), true));
        all.add(instance(rnn.goBackwards(), false));
    }

    private static Instance instance(Rnn rnn, boolean begins) {
        RecurrentCell cell = (RecurrentCell) rnn.cell();
        long columns = cell.stateSizes().stream().mapToLong(size -> size).sum();
        long parameters = cell instanceof MinimalGatedCell gated
                ? 2L * gated.units() * (INPUTS + gated.units() + 1)
                : columns * (INPUTS + cell.stateSizes().getFirst());
        Instance instance = Instance.of(rnn, (graph, in) -> {
            List<Value> values = reference(rnn, graph, in);
            return rnn.returnsState() ? values : values.subList(0, 1);
        }).takes(TIME, INPUTS).parameters(parameters);
        for (int size : cell.stateSizes()) {
            instance = begins ? instance.takes(size) : instance;
        }
        instance = rnn.returnsSequences() ? instance.gives(TIME, cell.outputSize()) : instance.gives(cell.outputSize());
        for (int size : cell.stateSizes()) {
            instance = rnn.returnsState() ? instance.gives(size) : instance;
        }
        return rnn.goesBackwards() ? instance.notStepByStep() : instance;
    }

    private static List<Value> reference(Rnn rnn, RefGraph graph, List<Value> in) {
        Value[] states = in.subList(1, in.size()).toArray(Value[]::new);
        if (rnn.cell() instanceof LinearCell linear) {
            String[] names = new String[1 + linear.stateSizes().size()];
            for (int name = 0; name < names.length; name++) {
                names[name] = name == 0 ? "y/" + NAME : "state/" + name;
            }
            return graph.add(new RefLinear(NAME, linear.stateSizes(), linear.adds(), rnn.returnsSequences(),
                    rnn.goesBackwards()), in, names);
        }
        return graph.recurrent(RefRecurrentLayer.minimalGated(NAME, rnn.goesBackwards()), rnn.returnsSequences(),
                in.getFirst(), states);
    }

    private static Instance stack(Rnn rnn) {
        return Instance.of(rnn, (graph, in) -> {
            LstmValues below = graph.lstm(NAME + "/below",
                    new RefLstm.Options(RefActivation.TANH, RefActivation.SIGMOID, false, false), true, in.getFirst());
            List<Value> above = graph.recurrent(RefRecurrentLayer.minimalGated(NAME + "/above", false), true,
                    below.y());
            return List.of(above.get(0), below.h(), below.c(), above.get(1));
        }).takes(TIME, INPUTS).parameters(16 * (INPUTS + 5) + 2 * 5 * (4 + 6)).gives(TIME, 5).gives(4).gives(4)
                .gives(5);
    }
}
