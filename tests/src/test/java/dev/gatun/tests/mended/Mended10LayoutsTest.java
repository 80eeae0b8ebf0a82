package dev.gatun.tests.mended;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Issue D, number 10: a block of another model's layout is refused in words, before a number of it changes. */
final class Mended10LayoutsTest {

    private static ParameterBlock block(TensorArena arena, String... names) {
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        for (String name : names) {
            layout.add(name, 64);
        }
        return layout.allocate(arena, "weights");
    }

    @Test
    void blocksOfAnotherLayoutAreNotCopied() {
        try (TensorArena arena = TensorArena.open("layouts")) {
            ParameterBlock block = block(arena, "a", "b");
            block.segment().fill((byte) 7);
            for (ParameterBlock other : List.of(block(arena), block(arena, "a"), block(arena, "b", "a"),
                    block(arena, "a", "b", "c"))) {
                refused(() -> block.copyTo(other), "ParameterBlock.copyTo");
                for (long at = 0; at < other.bytes(); at++) {
                    assertEquals(0, other.segment().get(JAVA_BYTE, at));
                }
            }
            ParameterBlock equal = block(arena, "a", "b");
            block.copyTo(equal);
            assertEquals(-1, block.segment().asSlice(0, block.bytes()).mismatch(
                    equal.segment().asSlice(0, equal.bytes())));
            assertEquals(
                    "ParameterBlock.copyTo: twin is null; give a block of the same layout, for example one made with"
                            + " twin()",
                    assertThrows(NullPointerException.class, () -> block.copyTo(null)).getMessage());
        }
    }

    @Test
    void weightsAreNotReadFromAndNotWrittenIntoBlocksOfAnotherModel() {
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2));
                Model other = Sequential.of(Input.shape(1), Dense.units(1))) {
            Weight weight = model.weights().getFirst();
            float[] before = other.weights().getFirst().get().toArray();
            refused(() -> weight.get(other.network().parameters()), "Weight.get");
            refused(() -> weight.set(other.network().parameters(), Tensor.zeros(3, 2)), "Weight.set");
            assertArrayEquals(before, other.weights().getFirst().get().toArray());
        }
    }

    /** A state may be given to a model without its moments being looked at; a training looks at them. */
    @Test
    void aTrainingDoesNotGoOnFromTheMomentsOfAnotherModel() {
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2));
                Model other = Sequential.of(Input.shape(1), Dense.units(1))) {
            Trainer.of(other).loss(Loss.MSE).fit(Tensor.zeros(2, 1), Tensor.zeros(2, 1));
            model.network().progress(other.trainingState().orElseThrow());
            float[] before = model.weights().getFirst().get().toArray();
            Trainer resumed = Trainer.of(model).loss(Loss.MSE).epochs(2).resume();
            refused(() -> resumed.fit(Tensor.zeros(2, 3), Tensor.zeros(2, 2)), "Trainer.resume");
            refused(() -> resumed.trainOnBatch(Tensor.zeros(2, 3), Tensor.zeros(2, 2)), "Trainer.resume");
            assertArrayEquals(before, model.weights().getFirst().get().toArray());
        }
    }

    private static void refused(Executable call, String method) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(said.startsWith(method + ": the block of ") && said.contains("another layout")
                && said.contains("give a block of the same model"), said);
    }
}
