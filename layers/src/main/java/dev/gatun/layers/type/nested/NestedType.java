package dev.gatun.layers.type.nested;

import dev.gatun.layers.CompositeType;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.Parts;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.nested.Nested;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is known of {@link Nested}: that of the layers within. */
public final class NestedType extends CompositeType<Nested> {

    private final OptionSet options;
    private final LayerTypes types;

    /**
     * A type that holds no layers yet.
     *
     * @param options those of a graph, or of a chain
     */
    public NestedType(OptionSet options) {
        this(options, new LayerTypes(List.of()));
    }

    private NestedType(OptionSet options, LayerTypes types) {
        super(new Nested(Configuration.of(options)));
        this.options = options;
        this.types = types;
    }

    @Override
    public LayerType<Nested> among(LayerTypes all) {
        return new NestedType(options, all);
    }

    @Override
    public Optional<Parts> parts(Nested layer, String name) {
        return Optional.of(new NestedParts(layer, name));
    }

    @Override
    public List<String> outputs(Nested layer) {
        return IntStream.range(0, layer.model().outputs().size())
                .mapToObj(output -> output == 0 ? "" : String.valueOf(output)).toList();
    }

    /** Each layer within has its own rule; what comes out carries what they make of it. */
    @Override
    public MaskRule masks(Nested layer) {
        return MaskRule.CONSUME;
    }

    @Override
    public List<Integer> keptStates(Nested layer) {
        List<Integer> widths = new ArrayList<>();
        for (LayerCall call : layer.model().calls()) {
            if (!(call.layer() instanceof Input)) {
                widths.addAll(types.of(call.layer()).keptStates(call.layer()));
            }
        }
        return widths;
    }

    /** As a model is refused as a stream, or carries the states of its layers. */
    @Override
    public Stepping stepping(Nested layer) {
        List<Integer> widths = new ArrayList<>();
        boolean carries = false;
        Set<Layer> called = Collections.newSetFromMap(new IdentityHashMap<>());
        for (LayerCall call : layer.model().calls()) {
            Layer part = call.layer();
            if (part instanceof Input) {
                continue;
            }
            Stepping stepping = types.of(part).stepping(part);
            if (stepping instanceof Stepping.WholeSequence whole) {
                return new Stepping.WholeSequence("holds a " + part.kind() + " that " + whole.reason());
            }
            if (stepping instanceof Stepping.Recurrent || stepping instanceof Stepping.Window) {
                if (!call.arguments().initialState().isEmpty() || !called.add(part)) {
                    return new Stepping.WholeSequence("holds a " + part.kind()
                            + " that is called twice or begins at a state of the graph");
                }
                carries = true;
                widths.addAll(stepping.widths());
            }
        }
        return carries ? new Stepping.Recurrent(widths) : new Stepping.RowByRow();
    }
}
