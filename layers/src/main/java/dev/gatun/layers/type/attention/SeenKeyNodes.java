package dev.gatun.layers.type.attention;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Which keys each query sees, as ONNX nodes.
 *
 * @param form how the attention goes
 * @param call takes the nodes
 */
record SeenKeyNodes(AttentionForm form, OnnxCall call) {

    private static final int ATTENTION_MASK = 3;

    /** The name of a value that fits the scores, true where a key is seen; empty if all are. */
    String seen() {
        List<OnnxValue> read = call.arguments().inputs();
        List<String> all = new ArrayList<>();
        call.mask(1).ifPresent(mask -> all.add(ofKeys(mask)));
        if (form.projected() && read.size() > 2) {
            call.mask(2).ifPresent(mask -> all.add(ofKeys(mask)));
        }
        if (form.projected() && call.arguments().mask() != null) {
            all.add(call.node("Unsqueeze", call.arguments().mask().name(), call.constants(1, 3)));
        }
        if (read.size() > ATTENTION_MASK) {
            all.add(call.node("Unsqueeze", read.get(ATTENTION_MASK).name(), call.constants(1)));
        }
        if (form.causal() || form.window() > 0) {
            addPlaces(all);
        }
        return all.stream().reduce((one, other) -> call.node("And", one, other)).orElse("");
    }

    /** [B,S] as a row for all queries, and all heads. */
    private String ofKeys(OnnxValue mask) {
        return call.node("Unsqueeze", mask.name(), form.projected() ? call.constants(1, 2) : call.constants(1));
    }

    /** Not later than the query, or not too far away, [T,S]. */
    private void addPlaces(List<String> all) {
        List<OnnxValue> read = call.arguments().inputs();
        String keys = call.indices(call.size(read.get(1).name(), 1));
        String steps = call.node("Unsqueeze", call.indices(call.size(read.getFirst().name(), 1)), call.constants(1));
        if (form.causal()) {
            all.add(call.node("LessOrEqual", keys, steps));
        }
        if (form.window() > 0) {
            String away = call.node("Abs", call.node("Sub", keys, steps));
            all.add(call.node("Less", away, call.constants(form.window())));
        }
    }
}
