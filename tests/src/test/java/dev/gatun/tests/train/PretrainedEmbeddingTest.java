package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors that were learnt elsewhere: set from a tensor or a file, and left as they are, or trained on. */
final class PretrainedEmbeddingTest {

    private static final Tensor VECTORS = Tensor.of(EnginePass.uniform(9 * 5, 1, 4), 9, 5);
    private static final Tensor X = Tensor.ofInts(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 1}});
    private static final Tensor Y = Tensor.of(new float[] {1, -1, 2}, 3, 1);

    private static Model model(boolean trainable) {
        return Sequential.of(Embedding.of(9, 5).trainable(trainable).named("words"), Lstm.units(4), Dense.units(1));
    }

    private static float[] trained(Tensor vectors, boolean trainable) {
        try (Model model = model(trainable)) {
            model.weight("words/embeddings").set(vectors);
            float[] dense = model.weight("dense/kernel").get().toArray();
            Trainer.of(model).optimizer(Adam.rate(0.1)).loss(Loss.MSE).epochs(3).fit(X, Y);
            assertFalse(Arrays.equals(dense, model.weight("dense/kernel").get().toArray()));
            assertEquals(trainable ? 0 : 45, model.parameterCount() - trainableCount(model));
            return model.weight("words/embeddings").get().toArray();
        }
    }

    private static long trainableCount(Model model) {
        return model.weights().stream().filter(weight -> weight.isTrainable())
                .mapToLong(weight -> weight.shape().elements()).sum();
    }

    @Test
    void frozenVectorsStayAndOthersLearn() {
        assertArrayEquals(VECTORS.toArray(), trained(VECTORS, false));
        float[] learnt = trained(VECTORS, true);
        assertArrayEquals(Arrays.copyOf(VECTORS.toArray(), 5), Arrays.copyOf(learnt, 5), "id 0 does not occur");
        for (int id = 1; id < 9; id++) {
            assertTrue(learnt[5 * id] != VECTORS.toArray()[5 * id], "id " + id);
        }
    }

    @Test
    void theyComeFromFiles(@TempDir Path folder) throws IOException {
        Path npy = folder.resolve("vectors.npy");
        Path safetensors = folder.resolve("vectors.safetensors");
        Npy.write(npy, VECTORS);
        new SafetensorsWriter().tensor("glove", VECTORS).write(safetensors);
        assertArrayEquals(VECTORS.toArray(), trained(Npy.read(npy), false));
        try (SafetensorsFile file = Safetensors.read(safetensors)) {
            assertArrayEquals(VECTORS.toArray(), trained(file.tensor("glove"), false));
        }
        try (Model model = model(false)) {
            String said = assertThrows(ShapeException.class,
                    () -> model.weight("words/embeddings").set(Tensor.zeros(8, 5))).getMessage();
            assertTrue(said.contains("'words/embeddings'") && said.contains("(9, 5)") && said.contains("(8, 5)"), said);
        }
    }

    /** Thawed, they learn from where they were. */
    @Test
    void theyMayBeThawed() {
        try (Model model = model(false)) {
            model.weight("words/embeddings").set(VECTORS);
            Trainer trainer = Trainer.of(model).optimizer(Adam.rate(0.1)).loss(Loss.MSE);
            trainer.epochs(2).fit(X, Y);
            model.trainable("words", true);
            trainer.epochs(2).fit(X, Y);
            assertFalse(Arrays.equals(VECTORS.toArray(), model.weight("words/embeddings").get().toArray()));
        }
    }
}
