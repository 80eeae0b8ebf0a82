package dev.gatun.layers.type.embedding;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of {@link Embedding}. */
public final class EmbeddingType extends LayerType<Embedding> {

    /** The type. */
    public EmbeddingType() {
        super(new Embedding(Configuration.of(Embedding.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Embedding layer, String name, CallArguments<Shape> shapes) {
        return new BuiltEmbedding(layer, name);
    }

    /** Ids of any length. */
    @Override
    public Optional<Input> input(Embedding layer) {
        return Optional.of(Input.ints(Shape.UNKNOWN));
    }

    /** What it makes leaves out the steps of padding, and those that its input leaves out. */
    @Override
    public MaskRule masks(Embedding layer) {
        return layer.masksZero() ? MaskRule.PRODUCE : MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Embedding layer) {
        return new Stepping.RowByRow();
    }

    /** A row of the table for each id, and the mask: ids that are not 0. */
    @Override
    public List<String> onnx(Embedding layer, OnnxCall call) {
        OnnxValue given = call.arguments().mask();
        String vectors = call.node("Gather", call.initializer("embeddings"), call.input());
        if (given != null) {
            vectors = call.node("Where", call.node("Unsqueeze", given.name(), call.constants(2)), vectors,
                    call.constant(0));
        }
        if (!layer.masksZero()) {
            return List.of(vectors);
        }
        String mask = call.node("Cast", List.of(call.input()), Map.of("to", OnnxAttribute.of(OnnxType.BOOL.number())));
        return List.of(vectors, given == null ? mask : call.node("And", mask, given.name()));
    }
}
