package dev.gatun.tests.battery;

import dev.gatun.layers.Embedding;
import dev.gatun.layers.Initializer;
import java.util.List;

/** Embeddings of sequences of ids and of single ones, in one block of 16 columns and in several. */
final class EmbeddingTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(Embedding.of(7, 3)).takes(5).gives(5, 3),
                instance(Embedding.of(4, 37).maskZero()).takes(6).gives(6, 37),
                instance(Embedding.of(9, 16).embeddingsInitializer(Initializer.HE_NORMAL)).takes().gives(16),
                instance(Embedding.of(1, 1)).takes(3).gives(3, 1));
    }

    private static Instance instance(Embedding layer) {
        return Instance.of(layer,
                (graph, in) -> List.of(graph.embedding(NAME, layer.masksZero(), in.getFirst())))
                .ids(layer.inputDim()).parameters((long) layer.inputDim() * layer.outputDim());
    }
}
