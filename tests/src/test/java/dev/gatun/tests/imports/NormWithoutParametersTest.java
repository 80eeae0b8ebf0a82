package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nn.LayerNorm(..., elementwise_affine=False)}, of which a state dict holds nothing: an architecture says that it is there. */
final class NormWithoutParametersTest {

    private static final Tensor X = Tensor.of(new float[] {1, -2, 0.5f, 3, 0, -1}, 2, 3);
    private static final float[] WEIGHT = {0.5f, -1, 2, 1, 0.25f, -0.5f};

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("state.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.tensor("fc.weight", Tensor.of(WEIGHT, 2, 3));
        writer.write(file);
    }

    private void gives(TorchArchitecture architecture, double epsilon, boolean isBefore) throws IOException {
        LayerNormalization norm = LayerNormalization.of().center(false).scale(false).epsilon(epsilon);
        Dense dense = Dense.units(2).noBias().named("fc");
        try (Model model = isBefore
                ? Sequential.of(Input.shape(3), norm, dense)
                : Sequential.of(Input.shape(3), dense, norm);
                Imported read = TorchFormat.of(file, architecture)) {
            model.weight("fc/kernel").set(Tensor.of(new float[] {0.5f, 1, -1, 0.25f, 2, -0.5f}, 3, 2));
            assertArrayEquals(model.predict(X).toArray(), read.model().predict(X).toArray());
        }
    }

    @Test
    void aWordBeforeOrBehindAModule() throws IOException {
        gives(TorchArchitecture.forward("layer_norm", "fc"), 1e-5, true);
        gives(TorchArchitecture.forward("layer_norm(1e-3)", "fc"), 1e-3, true);
        gives(TorchArchitecture.forward("fc", "LayerNorm(0.01)"), 0.01, false);
        gives(TorchArchitecture.inferred().after("fc", "layer_norm(1.0E-7)"), 1e-7, false);
    }

    @Test
    void aModuleOfATree() throws IOException {
        String tree = """
                {"type": "Net", "children": [
                  {"name": "norm", "type": "LayerNorm", "elementwise_affine": false%s},
                  {"name": "fc", "type": "Linear"}]}""";
        gives(TorchArchitecture.tree(tree.formatted("")), 1e-5, true);
        gives(TorchArchitecture.of(tree.formatted(", \"eps\": 0.001")), 1e-3, true);
    }

    @Test
    void asTextItIsTheSame() {
        TorchArchitecture said = TorchArchitecture.forward("layer_norm(1e-3)", "fc").after("fc", "softmax")
                .with("fc", "type", "Linear").ofSequences();
        assertEquals(said.text(), TorchArchitecture.of(said.text()).text());
        assertTrue(said.text().contains("layer_norm(1e-3)") && said.text().contains("softmax"), said.text());
    }

    @Test
    void whatIsNoSuchWordIsRefused() {
        for (String word : new String[] {"layer_norm()", "layer_norm(x)", "layer_norm(-1)", "layer_norms"}) {
            String said = assertThrows(IllegalArgumentException.class,
                    () -> TorchArchitecture.inferred().after("fc", word)).getMessage();
            assertTrue(said.contains("'" + word + "'"), said);
        }
    }
}
