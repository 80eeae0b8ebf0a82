package dev.gatun.tests.battery;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.MergeMode;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefMerge;
import java.util.ArrayList;
import java.util.List;

/** Bidirectional: every merge mode on sequences and last steps, states in and out, and a backward half of its own. */
final class BidirectionalTest extends LayerBattery {

    private static final int TIME = 5;
    private static final int INPUTS = 3;

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (boolean sequences : new boolean[] {false, true}) {
            for (MergeMode mode : MergeMode.values()) {
                Lstm lstm = Lstm.units(5).named("within").returnSequences(sequences);
                all.add(instance(Bidirectional.of(lstm).merge(mode), false));
                all.add(instance(Bidirectional.of(lstm.returnState()).merge(mode), true));
            }
            Lstm wide = Lstm.units(33).named("within").returnSequences(sequences);
            all.add(instance(Bidirectional.of(wide), false));
            all.add(instance(Bidirectional.of(wide, other(4).returnSequences(sequences)), false));
            all.add(instance(Bidirectional.of(wide, other(33).returnSequences(sequences)).merge("sum"), false));
        }
        Lstm lstm = Lstm.units(3).named("within").returnSequences();
        all.add(instance(Bidirectional.of(lstm.dropout(0.5)), false));
        all.add(instance(Bidirectional.of(lstm).zeroOutputForMask(false), false));
        return all;
    }

    private static Lstm other(int units) {
        return Lstm.units(units).named("other").activation("relu").noBias().goBackwards();
    }

    private static Instance instance(Bidirectional layer, boolean begins) {
        Lstm forward = (Lstm) layer.layer();
        Lstm backward = (Lstm) layer.backwardLayer();
        Instance instance = Instance.of(layer, (graph, in) -> reference(layer, graph, in)).notStepByStep()
                .takes(TIME, INPUTS).parameters(parameters(forward) + parameters(backward));
        for (Lstm half : List.of(forward, backward)) {
            instance = begins ? instance.takes(half.units()).takes(half.units()) : instance;
        }
        boolean side = layer.mergeMode() == MergeMode.CONCAT;
        instance = gives(instance, forward, side ? forward.units() + backward.units() : forward.units());
        instance = layer.mergeMode() == MergeMode.NONE ? gives(instance, backward, backward.units()) : instance;
        for (Lstm half : List.of(forward, backward)) {
            instance = half.returnsState() ? instance.gives(half.units()).gives(half.units()) : instance;
        }
        return instance;
    }

    private static Instance gives(Instance instance, Lstm half, long units) {
        return half.returnsSequences() ? instance.gives(TIME, units) : instance.gives(units);
    }

    private static long parameters(Lstm half) {
        return 4L * half.units() * (INPUTS + half.units() + (half.useBias() ? 1 : 0));
    }

    private static List<Value> reference(Bidirectional layer, RefGraph graph, List<Value> in) {
        int states = (in.size() - 1) / 2;
        LstmValues there = half(graph, "forward_", (Lstm) layer.layer(), in, 1, states);
        LstmValues back = half(graph, "backward_", (Lstm) layer.backwardLayer(), in, 1 + states, states);
        boolean apart = layer.mergeMode() == MergeMode.NONE;
        String[] names = apart ? new String[] {"y/" + NAME, "y/back"} : new String[] {"y/" + NAME};
        List<Value> outputs = new ArrayList<>(graph.add(
                new RefMerge(layer.mergeMode().keyword()), List.of(there.y(), back.y()), names));
        if (layer.returnsState()) {
            outputs.addAll(List.of(there.h(), there.c(), back.h(), back.c()));
        }
        return outputs;
    }

    private static LstmValues half(RefGraph graph, String side, Lstm half, List<Value> in, int first, int states) {
        RefLstm.Options options = new RefLstm.Options(RefActivation.of(half.activation()),
                RefActivation.of(half.recurrentActivation()), half.goesBackwards(), false);
        return graph.lstm(NAME + "/" + side + half.name(), options, half.returnsSequences(), in.getFirst(),
                in.subList(first, first + states).toArray(Value[]::new));
    }
}
