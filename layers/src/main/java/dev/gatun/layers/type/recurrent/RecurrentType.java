package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.GatedLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of all classes of recurrent layers.
 *
 * @param <L> one of them
 */
public abstract class RecurrentType<L extends RecurrentLayer<L>> extends LayerType<L> {

    private final List<String> states;

    /**
     * A type.
     *
     * @param prototype a layer of the class
     * @param states    names of what it carries, h first
     */
    protected RecurrentType(L prototype, List<String> states) {
        super(prototype);
        this.states = states;
    }

    /**
     * What the class is beside what all have.
     *
     * @param layer  its options
     * @param states names of what it carries
     * @return with the cell
     */
    protected abstract CellForm form(L layer, List<String> states);

    @Override
    public final BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        requireClippable(layer, name);
        return new BuiltRecurrent(layer, form(layer.named(name), states), name, shapes);
    }

    private void requireClippable(L layer, String name) {
        boolean ofRows = !layer.activation().isElementwise()
                || layer instanceof GatedLayer<?> gated && !gated.recurrentActivation().isElementwise();
        if (layer.clip() > 0 && ofRows) {
            throw new IllegalArgumentException(layer.kind() + " '" + name + "' has a clip of " + layer.clip()
                    + " and an activation that looks at whole rows, such as softmax, and no engine says what both mean "
                    + "together; leave one of them out");
        }
    }

    @Override
    public final List<String> outputs(L layer) {
        List<String> outputs = new ArrayList<>(List.of(""));
        if (layer.returnsState()) {
            outputs.addAll(states);
        }
        return List.copyOf(outputs);
    }

    @Override
    public final <T> CallArguments<T> arguments(List<T> values) {
        return CallArguments.of(values.getFirst(), values.subList(1, values.size()));
    }

    @Override
    public final MaskRule masks(L layer) {
        return MaskRule.CONSUME;
    }

    @Override
    public final Stepping stepping(L layer) {
        return layer.goesBackwards()
                ? new Stepping.WholeSequence("goes backwards: it needs the end of the sequence first", carried(layer))
                : new Stepping.Recurrent(carried(layer));
    }

    @Override
    public final List<Integer> keptStates(L layer) {
        return layer.isStateful() ? carried(layer) : List.of();
    }

    @Override
    public final List<Integer> shownStates(L layer) {
        return layer.stateWidths();
    }

    /** Rows of streams begin as zeros; one that begins at learned states has to know whether it has begun. */
    private List<Integer> carried(L layer) {
        List<Integer> widths = new ArrayList<>(layer.stateWidths());
        if (layer.learnsInitialState()) {
            widths.add(1);
        }
        return widths;
    }

    @Override
    public final String kerasWeights(L layer) {
        return "cell/vars";
    }
}
