package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States that a recurrent module begins at, which stand beside it in a state dict under a name of their author's. */
final class TorchStatesTest {

    @TempDir
    Path folder;

    /** Weights of zero: an LSTM's c is half of the one before it, and h half of its tanh. */
    private static SafetensorsWriter lstm(int layers, boolean bothWays) {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (int layer = 0; layer < layers; layer++) {
            for (String way : bothWays ? new String[] {"", "_reverse"} : new String[] {""}) {
                writer.tensor("net.lstm.weight_ih_l" + layer + way,
                        Tensor.zeros(4, layer == 0 ? 2 : bothWays ? 2 : 1));
                writer.tensor("net.lstm.weight_hh_l" + layer + way, Tensor.zeros(4, 1));
            }
        }
        return writer;
    }

    private Path write(SafetensorsWriter writer) throws IOException {
        Path file = folder.resolve("model.safetensors");
        writer.write(file);
        return file;
    }

    private static float half(double c) {
        return (float) (0.5 * Math.tanh(0.5 * c));
    }

    @ParameterizedTest
    @CsvSource({"h0, c0", "net.h_0, net.c_0", "init_h, init_c", "initial_hidden, initial_cell", "hidden, cell",
        "net.lstm.h0, net.lstm.c0", "hidden_state, cell_state", "h_init, c_init", "learned_h0, learned_c0"})
    void areTakenByNameAndSize(String h, String c) throws IOException {
        Path file = write(lstm(1, false).tensor(h, Tensor.of(new float[] {9}, 1, 1, 1))
                .tensor(c, Tensor.of(new float[] {2}, 1, 1, 1)));
        try (Imported read = Imported.read(file)) {
            assertArrayEquals(new float[] {half(2), half(1)}, read.model().predict(Tensor.zeros(1, 2, 2)).toArray(),
                    1e-6f);
            String report = read.report().toString();
            assertTrue(report.contains(c + " is taken for the c that net.lstm begins at, by its name and size"),
                    report);
            assertTrue(report.contains("initial_c (1,) <- " + c), report);
        }
    }

    @Test
    void thoseOfAllLayersAndDirectionsStandBehindEachOther() throws IOException {
        Path file = write(lstm(2, true).tensor("h0", Tensor.zeros(4, 1, 1))
                .tensor("c0", Tensor.of(new float[] {2, 4, 6, 8}, 4, 1, 1)));
        try (Imported read = Imported.read(file)) {
            assertArrayEquals(new float[] {half(6), half(8)}, read.model().predict(Tensor.zeros(1, 1, 2)).toArray(),
                    1e-6f);
        }
    }

    @Test
    void anArchitectureNamesThem() throws IOException {
        Path file = write(lstm(1, false).tensor("alpha", Tensor.of(new float[] {2}, 1)));
        TorchArchitecture said = TorchArchitecture.inferred().with("net.lstm", "initial_c", "alpha");
        try (Imported read = TorchFormat.of(file, said)) {
            assertEquals(half(2), read.model().predict(Tensor.zeros(1, 1, 2)).toArray()[0], 1e-6f);
        }
        TorchArchitecture wrong = TorchArchitecture.inferred().with("net.lstm", "initial_c", "beta");
        String said2 = assertThrows(FormatException.class, () -> TorchFormat.of(file, wrong)).getMessage();
        assertTrue(said2.contains("has no tensor 'beta', which the architecture names as initial_c of 'net.lstm'"),
                said2);
    }

    @Test
    void whatFitsNoModuleIsRefusedWithTheWordForIt() throws IOException {
        Path file = write(lstm(1, false).tensor("h0", Tensor.zeros(3, 1, 1)));
        String said = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(said.contains("holds a tensor 'h0' of shape (3, 1, 1)")
                && said.contains("--architecture '{\"arguments\":{\"lstm\":{\"initial_h\":\"h0\"}}}'")
                && said.contains("TorchArchitecture.of"), said);
        TorchArchitecture forced = TorchArchitecture.inferred().with("net.lstm", "initial_h", "h0");
        String size = assertThrows(FormatException.class, () -> TorchFormat.of(file, forced)).getMessage();
        assertTrue(size.contains("is to begin at initial_h of shape (3, 1, 1), expected 1 numbers"), size);
    }
}
