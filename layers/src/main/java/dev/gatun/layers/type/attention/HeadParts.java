package dev.gatun.layers.type.attention;

import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Input;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.KerasCall;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** Query, keys and values projected to heads, the heads, and what they give projected together, under Keras's names. */
final class HeadParts implements Parts {

    static final KerasCall CALL = new KerasCall(List.of("query", "value", "key", "attention_mask"),
            List.of("use_causal_mask", "return_attention_scores"));

    private static final int RANK = 3;
    private static final int MOST = 4;

    private final HeadedAttention<?> whole;
    private final String name;
    private final String prefix;
    private final Layer query;
    private final Layer key;
    private final Layer value;
    private final Heads heads;
    private Layer output;

    /** @param prefix of the groups of the parts in Keras's files */
    HeadParts(HeadedAttention<?> whole, String name, String prefix) {
        this.whole = whole;
        this.prefix = prefix;
        this.name = name;
        this.query = Projection.toHeads("query", whole, whole.queryHeads(), whole.keyWidth());
        this.key = Projection.toHeads("key", whole, whole.valueHeads(), whole.keyWidth());
        this.value = Projection.toHeads("value", whole, whole.valueHeads(), whole.valueWidth());
        this.heads = Heads.of(whole);
    }

    @Override
    public void require(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.inputs();
        String who = whole.kind() + " '" + name + "' ";
        if (all.size() < 2 || all.size() > MOST || !shapes.initialState().isEmpty()) {
            throw new ShapeException(who + "takes query and value, then key and attention mask if they are given, got "
                    + shapes.all().size() + " values: " + shapes.all()
                    + "; of a sequence to itself: on(x, x)");
        }
        for (Shape shape : all) {
            if (shape.rank() != RANK) {
                throw new ShapeException(
                        who + "takes sequences [batch, time, features], and masks [batch, time, keys], "
                                + "got shape " + shape + "; reshape it");
            }
        }
        if (output == null) {
            int features = InputShapes.features(whole.kind(), name, all.getFirst());
            output = Projection.ofHeads("attention_output", whole, whole.outputWidth().orElse(features));
        }
    }

    @Override
    public List<Layer> layers() {
        return List.of(query, key, value, heads, output);
    }

    @Override
    public List<Node> call(CallArguments<Input> arguments) {
        List<Input> given = arguments.inputs();
        Node keys = given.size() > 2 ? given.get(2) : given.get(1);
        List<Node> read = new ArrayList<>(List.of(query.on(given.get(0)), value.on(given.get(1)), key.on(keys)));
        if (given.size() == MOST) {
            read.add(given.getLast());
        }
        LayerCall made = heads.call(
                new CallArguments<>(read, List.of(), arguments.mask(), arguments.ignoresMask()));
        Node together = output.on(made.output(0));
        return whole.returnsAttentionScores() ? List.of(together, made.output(1)) : List.of(together);
    }

    @Override
    public String kerasGroup(Layer part) {
        return prefix + (part == output ? "output" : part.name()) + "_dense";
    }
}
