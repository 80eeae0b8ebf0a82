package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.parity.KerasDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Stacks of cells of one class, named or not, saved as {@code .keras}: the cells have names of their own there, as in Keras. */
final class SavedStacksTest {

    @TempDir
    private Path folder;

    private static Map<String, Layer> stacks() {
        Map<String, Layer> stacks = new LinkedHashMap<>();
        stacks.put("of one class", Rnn.stack(GruCell.units(3), GruCell.units(2), GruCell.units(4)));
        stacks.put("of two classes", Rnn.stack(LstmCell.units(3), SimpleRnnCell.units(2), LstmCell.units(4)));
        stacks.put("whose name another would have",
                Rnn.stack(GruCell.units(3), GruCell.units(2).named("gru_cell"), GruCell.units(4).named("gru_cell_1")));
        stacks.put("in stacks", Rnn.of(StackedRnnCells.of(GruCell.units(3), StackedRnnCells.of(GruCell.units(2)),
                StackedRnnCells.of(GruCell.units(4), LstmCell.units(2)))));
        stacks.put("within another layer", Bidirectional.of(Rnn.stack(GruCell.units(3), GruCell.units(2))));
        stacks.put("beside each other", Bidirectional.of(Rnn.stack(GruCell.units(3), GruCell.units(2)),
                Rnn.stack(GruCell.units(4), GruCell.units(2)).goBackwards()));
        return stacks;
    }

    @TestFactory
    Stream<DynamicTest> cellsHaveNamesOfTheirOwn() {
        return stacks().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            try (Model model = Sequential.of(Input.sequence(3), entry.getValue())) {
                requireSame(entry.getKey(), model, Tensor.of(EnginePass.uniform(30, 1, 3), 2, 5, 3));
            }
        }));
    }

    @Test
    void inEveryStepToo() throws IOException {
        try (Model model = Sequential.of(Input.shape(4, 5, 3),
                TimeDistributed.of(Rnn.stack(GruCell.units(3), GruCell.units(2))))) {
            requireSame("in every step", model, Tensor.of(EnginePass.uniform(120, 1, 3), 2, 4, 5, 3));
        }
    }

    private void requireSame(String what, Model model, Tensor x) throws IOException {
        for (Weight weight : model.weights()) {
            weight.set(Tensor.of(EnginePass.uniform((int) weight.shape().elements(), 1, weight.name().hashCode()),
                    weight.shape().toArray()));
        }
        Path file = folder.resolve("stack.keras");
        model.save(file);
        KerasDump.keep("Stack " + what, file, List.of(x), List.of(model.predict(x)));
        try (Model read = Model.load(file)) {
            assertEquals(model.weights().stream().map(Weight::name).toList(),
                    read.weights().stream().map(Weight::name).toList());
            Bits.same(read.predict(x).toArray(), model.predict(x).toArray(), what);
        }
    }
}
