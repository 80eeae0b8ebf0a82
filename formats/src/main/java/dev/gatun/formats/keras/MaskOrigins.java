package dev.gatun.formats.keras;

import dev.gatun.layers.Input;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Node;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the masks of values come from in a wired model, by Gatun's rules, as {@link dev.gatun.layers.graph.Graph#masks} has them.
 * Each call is looked at once, on a stack of its own: a graph may be deeper than a thread's.
 */
final class MaskOrigins {

    /** Null for no mask. */
    private final Map<LayerCall, LayerCall> origins = new IdentityHashMap<>();

    /** The call that makes the mask a value carries; null for none. */
    LayerCall maker(Node value) {
        LayerCall origin = origin(value);
        return origin != null && isData(origin) ? null : origin;
    }

    /** Where the mask of a value comes from: a call that makes it, or an input, of which only the caller knows; null for none. */
    LayerCall origin(Node value) {
        Deque<LayerCall> open = new ArrayDeque<>(List.of(value.call()));
        while (!open.isEmpty()) {
            LayerCall call = open.peek();
            List<LayerCall> needed = needed(call).stream().filter(each -> !origins.containsKey(each)).toList();
            if (origins.containsKey(call)) {
                open.pop();
            } else if (needed.isEmpty()) {
                origins.put(call, found(call));
                open.pop();
            } else {
                needed.forEach(open::push);
            }
        }
        return origins.get(value.call());
    }

    static MaskRule rule(LayerCall call) {
        return BuiltInTypes.ALL.of(call.layer()).masks(call.layer());
    }

    private static boolean isSource(LayerCall call) {
        return call.layer() instanceof Input || call.layer() instanceof StepMask;
    }

    private static boolean isData(LayerCall call) {
        return call.layer() instanceof Input input && input.type() != ValueType.MASK;
    }

    /** The calls whose masks say which this one's result has. */
    private static List<LayerCall> needed(LayerCall call) {
        if (isSource(call)) {
            return List.of();
        }
        Node named = call.arguments().mask();
        return switch (rule(call)) {
            case PRODUCE, REFUSE, DROP -> List.of();
            case COMBINE, COMBINE_ALL -> call.arguments().inputs().stream().map(Node::call).toList();
            case PASS, CONSUME -> List.of((named == null ? call.arguments().input() : named).call());
        };
    }

    /** Once all it needs is known. */
    private LayerCall found(LayerCall call) {
        if (isSource(call)) {
            return call;
        }
        return switch (rule(call)) {
            case PRODUCE -> call;
            case REFUSE, DROP -> null;
            case PASS, CONSUME -> origins.get(needed(call).getFirst());
            case COMBINE -> ofSeveral(call, false);
            case COMBINE_ALL -> ofSeveral(call, true);
        };
    }

    /** The call itself if it makes one of several masks; an input if only whoever calls the model knows that. */
    private LayerCall ofSeveral(LayerCall call, boolean all) {
        LayerCall data = null;
        boolean makes = false;
        for (LayerCall each : needed(call)) {
            LayerCall origin = origins.get(each);
            if (origin == null && all) {
                return null;
            }
            if (origin != null && isData(origin)) {
                data = origin;
            } else {
                makes |= origin != null;
            }
        }
        return makes && (data == null || !all) ? call : data;
    }
}
