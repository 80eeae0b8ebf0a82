package dev.gatun.formats.onnx.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a model is made of.
 *
 * @param name    of the model
 * @param inputs  whose layers are inputs; each of them leads to an output
 * @param outputs what it gives
 */
public record PlannedModel(String name, List<Ref> inputs, List<Ref> outputs) {

    List<PlannedCall> order() {
        return order(outputs);
    }

    /** Calls that outputs need, each behind what it reads; without recursion, since a file may have a chain of any length. */
    public static List<PlannedCall> order(List<Ref> outputs) {
        List<PlannedCall> order = new ArrayList<>();
        Set<PlannedCall> entered = new HashSet<>();
        Set<PlannedCall> left = new HashSet<>();
        Deque<PlannedCall> open = new ArrayDeque<>();
        for (Ref output : outputs) {
            open.push(output.call());
            while (!open.isEmpty()) {
                PlannedCall call = open.peek();
                if (entered.add(call)) {
                    call.reads().reversed().forEach(ref -> {
                        if (!entered.contains(ref.call())) {
                            open.push(ref.call());
                        }
                    });
                } else {
                    open.pop();
                    if (left.add(call)) {
                        order.add(call);
                    }
                }
            }
        }
        return order;
    }

    /** The same with other values in the place of some. */
    public PlannedModel with(Map<Ref, Ref> others) {
        Map<PlannedCall, PlannedCall> calls = new HashMap<>();
        List<Ref> replaced = new ArrayList<>(others.values());
        replaced.addAll(outputs);
        for (PlannedCall call : order(replaced)) {
            UnaryOperator<Ref> now = ref -> now(ref, others, calls);
            List<Ref> inputs = call.inputs().stream().map(now).toList();
            List<Ref> states = call.states().stream().map(now).toList();
            Ref mask = call.mask() == null ? null : now.apply(call.mask());
            boolean isSame = inputs.equals(call.inputs()) && states.equals(call.states())
                    && Objects.equals(mask, call.mask());
            calls.put(call, isSame ? call : new PlannedCall(call.layer(), inputs, states, mask));
        }
        return new PlannedModel(name, inputs, outputs.stream().map(ref -> now(ref, others, calls)).toList());
    }

    private static Ref now(Ref ref, Map<Ref, Ref> others, Map<PlannedCall, PlannedCall> calls) {
        Ref other = others.getOrDefault(ref, ref);
        return new Ref(calls.getOrDefault(other.call(), other.call()), other.output());
    }
}
