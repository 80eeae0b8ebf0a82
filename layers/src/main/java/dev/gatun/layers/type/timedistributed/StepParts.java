package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/** A layer that sees each step as a sample of its own: between two that make samples of steps and steps of samples. */
final class StepParts implements Parts {

    private final String who;
    /** Without names of their own, so that they step aside for a layer that a user calls so. */
    private final Layer fold = new Fold();
    private final Layer unfold = new Unfold();
    private final Layer inner;
    private final boolean runsOverTime;

    /** @param runsOverTime whether the layer within is one that carries a state from step to step */
    StepParts(TimeDistributed layer, String name, boolean runsOverTime) {
        this.runsOverTime = runsOverTime;
        this.who = "TimeDistributed '" + name + "'";
        this.inner = layer.layer();
    }

    @Override
    public void require(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        if (all.size() != 1) {
            throw new ShapeException(who + " takes one input, got " + all.size() + ": " + all);
        }
        Shape input = shapes.input();
        if (input.rank() != 3 && input.rank() != 4) {
            throw new ShapeException(who + " takes values [batch, time, features], or sequences [batch, time, steps, "
                    + "features] of which each is one step, got shape " + input
                    + "; if it follows a recurrent layer, let that one return sequences: .returnSequences()");
        }
        if (runsOverTime && input.rank() == 3) {
            throw new ShapeException(
                    who + " gives its " + inner.kind() + " each step by itself, and that takes a sequence "
                            + "[batch, steps, features], got shape " + input
                            + "; it already runs over time: put it in the model "
                            + "directly, or give sequences of sequences [batch, time, steps, features]");
        }
    }

    @Override
    public List<Layer> layers() {
        return List.of(fold, inner, unfold);
    }

    @Override
    public List<Node> call(CallArguments<Input> arguments) {
        Input whole = arguments.input();
        Node steps = inner.call(CallArguments.of(List.of(fold.on(whole)))).output(0);
        return List.of(unfold.call(new CallArguments<>(List.of(whole, steps), List.of(), arguments.mask())).output(0));
    }

    @Override
    public String kerasGroup(Layer part) {
        return "layer";
    }
}
