package dev.gatun.layers.type.bidirectional;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Input;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** The two halves, under Keras's names, and what puts together what they make. */
final class BidirectionalParts implements Parts {

    private final String name;
    private final Layer forward;
    private final Layer backward;
    private final int forwardOutputs;
    private final int backwardOutputs;
    private final boolean sequences;
    private final boolean apart;
    private final Merge merge;

    /** @param forwardOutputs how many values the forward half makes: one, and its states if it returns them */
    BidirectionalParts(Bidirectional layer, String name, int forwardOutputs, int backwardOutputs) {
        this.name = name;
        this.forward = prefixed("forward_", layer.halves().getFirst());
        this.backward = prefixed("backward_", layer.halves().getLast());
        this.forwardOutputs = forwardOutputs;
        this.backwardOutputs = backwardOutputs;
        this.sequences = layer.returnsSequences();
        this.apart = layer.mergeMode() == MergeMode.NONE;
        this.merge = Merge.of(layer);
    }

    /** A layer that was read from a file has its prefix already. */
    private static Layer prefixed(String prefix, Layer half) {
        String own = half.name() == null ? half.configuration().options().defaultName() : half.name();
        return half.named(own.startsWith(prefix) ? own : prefix + own);
    }

    @Override
    public void require(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        String who = "Bidirectional '" + name + "' ";
        if (shapes.inputs().size() != 1) {
            throw new ShapeException(who + "takes one sequence, got " + all.size() + " values: " + all);
        }
        if (shapes.input().rank() != 3) {
            throw new ShapeException(who + "takes a sequence [batch, time, features] (expected ndim=3), got shape "
                    + shapes.input() + " (ndim=" + shapes.input().rank()
                    + "); if it follows a recurrent layer, let that "
                    + "one return sequences: .returnSequences()");
        }
        InputShapes.features("Bidirectional", name, shapes.input());
        int states = shapes.initialState().size();
        boolean alike = forward.kind().equals(backward.kind());
        if (states == 1 || alike && states % 2 == 1) {
            throw new ShapeException(who + "begins at the states of both halves, first those of the forward one, got "
                    + all.size() + " values: " + all + "; give as many states for each half: of LSTMs "
                    + "on(x, State.of(h, c, h, c))");
        }
    }

    @Override
    public List<Layer> layers() {
        return List.of(forward, backward, merge);
    }

    /**
     * The backward half is wired first, and so comes last on the way back: what it adds to the gradient of the sequence is a sum
     * of its own, with the same bits whether there is a mask or not.
     */
    @Override
    public List<Node> call(CallArguments<Input> arguments) {
        List<Input> state = arguments.initialState();
        int half = state.size() / 2;
        LayerCall back = backward.call(given(arguments, state.subList(half, state.size())));
        LayerCall there = forward.call(given(arguments, state.subList(0, half)));
        List<Node> outputs = new ArrayList<>();
        if (apart && !sequences) {
            outputs.add(there.output(0));
            outputs.add(back.output(0));
        } else {
            LayerCall merged = merge.call(new CallArguments<>(List.of(back.output(0), there.output(0)), List.of(), null,
                    arguments.ignoresMask()));
            outputs.add(merged.output(0));
            if (apart) {
                outputs.add(merged.output(1));
            }
        }
        addStates(there, forwardOutputs, outputs);
        addStates(back, backwardOutputs, outputs);
        return outputs;
    }

    private static CallArguments<Node> given(CallArguments<Input> arguments, List<Input> state) {
        return new CallArguments<>(List.of(arguments.input()), List.copyOf(state), arguments.mask(),
                arguments.ignoresMask());
    }

    private static void addStates(LayerCall call, int count, List<Node> outputs) {
        for (int output = 1; output < count; output++) {
            outputs.add(call.output(output));
        }
    }

    @Override
    public String kerasGroup(Layer part) {
        return part == forward ? "forward_layer" : "backward_layer";
    }
}
