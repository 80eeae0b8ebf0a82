package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.AttentionLayer;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.MergeLayer;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.State;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.value.CallArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One call of a layer.
 *
 * @param layer    that is called
 * @param json     its args and kwargs
 * @param hasMasks whether there are masks in the model, which Keras 3 forgets where a call is given a state and no mask
 * @param values   what a tensor of the file is here
 * @param mask     the mask that a tensor of the file is
 */
record Calls(
        Layer layer, JsonNode json, boolean hasMasks, Function<JsonNode, Node> values, Function<JsonNode, Node> mask) {

    LayerCall call() {
        List<Node> read = read();
        List<Node> state = nodes(json.at("/kwargs/initial_state"));
        if (json.at("/kwargs/mask").isObject() && !(layer instanceof Softmax)) {
            return layer.call(new CallArguments<>(read, state, mask.apply(json.at("/kwargs/mask")), false));
        }
        if (!state.isEmpty()) {
            return hasMasks
                    ? layer.call(new CallArguments<>(read, state, null, true))
                    : begun(read.getFirst(), State.of(state.toArray(Node[]::new))).call();
        }
        return switch (layer) {
            case Nested model -> model.on(read).getFirst().call();
            case MergeLayer<?> merge -> merge.on(read).call();
            case AttentionLayer<?> attention -> (read.size() == 2
                    ? attention.on(read.get(0), read.get(1))
                    : attention.on(read.get(0), read.get(1), read.get(2))).call();
            case HeadedAttention<?> attention -> headed(attention, read).call();
            case Softmax softmax when json.at("/kwargs/mask").isObject() -> softmax
                    .on(read.getFirst(), values.apply(json.at("/kwargs/mask"))).call();
            default -> layer.on(read.getFirst()).call();
        };
    }

    private Node begun(Node x, State state) {
        return switch (layer) {
            case RecurrentLayer<?> recurrent -> recurrent.on(x, state);
            case Rnn rnn -> rnn.on(x, state);
            case Bidirectional both -> both.on(x, state);
            default -> throw new AssertionError(layer + " begins at no state");
        };
    }

    private Node headed(HeadedAttention<?> attention, List<Node> read) {
        Node key = read.size() > 2 ? read.get(2) : read.get(1);
        return json.at("/kwargs/attention_mask").isObject()
                ? attention.on(read.get(0), read.get(1), key, values.apply(json.at("/kwargs/attention_mask")))
                : read.size() > 2
                        ? attention.on(read.get(0), read.get(1), key)
                        : attention.on(read.get(0), read.get(1));
    }

    private List<Node> read() {
        List<Node> read = new ArrayList<>();
        json.get("args").forEach(argument -> read.addAll(nodes(argument)));
        return read;
    }

    private List<Node> nodes(JsonNode argument) {
        List<Node> nodes = new ArrayList<>();
        if (argument.isArray()) {
            argument.forEach(each -> nodes.addAll(nodes(each)));
        } else if (argument.isObject()) {
            nodes.add(values.apply(argument));
        }
        return nodes;
    }
}
