package dev.gatun.layers.type.embedding;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * An Embedding in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltEmbedding(Embedding layer, String name) implements BuiltLayer {

    WeightLayout table() {
        return WeightLayout.plain(layer.inputDim(), layer.outputDim());
    }

    @Override
    public List<WeightSpec> weights() {
        return List.of(new WeightSpec("embeddings", Shape.of(layer.inputDim(), layer.outputDim()), table(),
                layer.embeddingsInitializer()).held(layer.embeddingsRegularizer(), layer.embeddingsConstraint())
                .byRows());
    }

    @Override
    public ValueType reads() {
        return ValueType.INT32;
    }

    @Override
    public int ids() {
        return layer.inputDim();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> inputs = shapes.withoutMask().all();
        if (inputs.size() != 1) {
            throw new ShapeException("Embedding '" + name + "' takes one input, got " + inputs.size() + ": " + inputs);
        }
        Shape ids = inputs.getFirst();
        if (ids.rank() == 1 && !layer.masksZero()) {
            return List.of(Shape.of(ids.dim(0), layer.outputDim()));
        }
        if (ids.rank() != 2) {
            throw new ShapeException("Embedding '" + name + "' takes ids [batch, time]"
                    + (layer.masksZero() ? ", whose id 0 it leaves out," : " or [batch],") + " got shape " + ids
                    + "; declare the input as Input.ints(time)");
        }
        return List.of(Shape.of(ids.dim(0), ids.dim(1), layer.outputDim()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new EmbeddingOperation(this, context);
    }
}
