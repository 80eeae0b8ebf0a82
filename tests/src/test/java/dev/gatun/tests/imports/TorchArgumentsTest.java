package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of PyTorch's modules that change what they compute: they are read, or refused by name. */
final class TorchArgumentsTest {

    @TempDir
    Path folder;

    private static String tree(String module) {
        return """
                {"type": "Sequential", "children": [{"name": "fc", "type": "Linear"}, {"name": "f", %s}]}
                """.formatted(module);
    }

    /** It gives what goes in to what is behind it. */
    private Path linear() throws IOException {
        Path file = folder.resolve("linear.safetensors");
        new SafetensorsWriter().tensor("fc.weight", Tensor.of(new float[] {1, 0, 0, 1}, 2, 2))
                .tensor("fc.bias", Tensor.zeros(2)).write(file);
        return file;
    }

    private float[] made(TorchArchitecture architecture, float... x) throws IOException {
        try (Imported read = TorchFormat.of(linear(), architecture)) {
            return read.model().predict(Tensor.of(x, 1, 2)).toArray();
        }
    }

    @Test
    void bothFormsOfGelu() throws IOException {
        float[] plain = made(TorchArchitecture.tree(tree("\"type\": \"GELU\", \"approximate\": \"none\"")), 1, -0.5f);
        float[] tanh = made(TorchArchitecture.tree(tree("\"type\": \"GELU\", \"approximate\": \"tanh\"")), 1, -0.5f);
        assertEquals(0.8413447, plain[0], 1e-6);
        assertEquals(0.8411920, tanh[0], 1e-6);
        assertEquals(-0.1542690, plain[1], 1e-6);
        assertEquals(-0.1542860, tanh[1], 1e-6);
    }

    @Test
    void theApproximateFormIsWrittenAndReadAgain() throws IOException {
        Path file = folder.resolve("gelu.safetensors");
        Tensor x = Tensor.of(new float[] {1, -0.5f}, 1, 2);
        try (Model model = Sequential.of(Input.shape(2),
                Dense.units(3).activation(ActivationFunction.approximateGelu()).named("fc"),
                Dense.units(2).named("out"))) {
            model.save(file);
            try (Model read = Model.load(file)) {
                assertEquals(model.predict(x).toString(), read.predict(x).toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1"})
    void softmaxAlongTheLastAxis(String axis) throws IOException {
        float[] made = made(TorchArchitecture.tree(tree("\"type\": \"Softmax\", \"dim\": " + axis)), 0, 0);
        assertEquals(0.5f, made[0]);
        assertEquals(0.5f, made[1]);
    }

    /** Of a sequence axis 1 is that of the steps. */
    @ParameterizedTest
    @CsvSource({"Softmax, 0, softmax(0), false", "LogSoftmax, -2, logsoftmax(-2), false",
        "Softmax, 1, softmax(1), true", "Softmax, 2, softmax(2), false"})
    void softmaxAlongAnotherIsRefused(String type, String axis, String word, boolean isSequence) throws IOException {
        TorchArchitecture read = TorchArchitecture
                .tree(tree("\"type\": \"" + type + "\", \"dim\": " + axis));
        Path file = linear();
        String said = assertThrows(FormatException.class,
                () -> TorchFormat.of(file, isSequence ? read.ofSequences() : read)).getMessage();
        assertTrue(said.contains("'" + word + "' goes along axis"), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type": "Softmax", "dim": null              | Softmax whose dim is 'null'
            "type": "GELU", "approximate": "sigmoid"    | GELU whose approximate is 'sigmoid', expected none or tanh
            "type": "Softplus", "beta": 2               | Softplus whose beta is
            "type": "Hardtanh", "min_val": -2.0         | Hardtanh whose min_val is
            "type": "Softshrink", "lambd": "a"          | Softshrink whose lambd is 'a', expected a number
            "type": "MaxPool1d", "kernel_size": 2, "padding": 1 | MaxPool1d whose padding is '1', expected 0
            "type": "MaxPool1d", "kernel_size": 0       | MaxPool1d whose kernel_size is '0', expected a number of steps
            "type": "AdaptiveAvgPool1d", "output_size": 4 | AdaptiveAvgPool1d whose output_size is '4', expected 1
            "type": "GLU", "dim": 1                     | GLU whose dim is '1', expected -1
            "type": "Flatten", "start_dim": 2           | Flatten whose start_dim is
            "type": "Conv1d", "padding_mode": "reflect" | Conv1d whose padding_mode is 'reflect', expected zeros
            """)
    void anArgumentThatIsNotReadIsRefused(String module, String expected) {
        String said = assertThrows(IllegalArgumentException.class, () -> TorchArchitecture.tree(tree(module)))
                .getMessage();
        assertTrue(said.contains("module 'f' of the tree is a " + expected), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type": "Softshrink", "lambd": 0.25                  | 0.75 | -0.25
            "type": "Hardshrink", "lambd": 0.6                   | 1    | 0
            "type": "Hardtanh", "min_val": 0, "max_val": 6       | 1    | 0
            "type": "RReLU", "lower": 0.1, "upper": 0.3          | 1    | -0.1
            "type": "LeakyReLU", "negative_slope": 0.5           | 1    | -0.25
            """)
    void argumentsThatAreRead(String module, float first, float second) throws IOException {
        float[] made = made(TorchArchitecture.tree(tree(module)), 1, -0.5f);
        assertEquals(first, made[0], 1e-6f);
        assertEquals(second, made[1], 1e-6f);
    }

    /** Half of the features are gates for the others. */
    @Test
    void gluHalvesTheFeatures() throws IOException {
        float[] made = made(TorchArchitecture.tree(tree("\"type\": \"GLU\", \"dim\": -1")), 3, 0);
        assertEquals(1, made.length);
        assertEquals(1.5f, made[0], 1e-6f);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type": "MaxPool1d", "kernel_size": 2                | 3 7
            "type": "MaxPool1d", "kernel_size": [2], "stride": 1 | 3 2 7 7
            "type": "AvgPool1d", "kernel_size": 2, "padding": 0  | 2 4.5
            "type": "AdaptiveMaxPool1d", "output_size": 1        | 7
            "type": "AdaptiveAvgPool1d", "output_size": [1]      | 3.6
            """)
    void poolingOverSteps(String module, String expected) throws IOException {
        Path file = folder.resolve("steps.safetensors");
        new SafetensorsWriter().tensor("fc.weight", Tensor.of(new float[] {1}, 1, 1)).write(file);
        Tensor x = Tensor.of(new float[] {3, 1, 2, 7, 5}, 1, 5, 1);
        try (Imported read = TorchFormat.of(file, TorchArchitecture.tree(tree(module)))) {
            float[] made = read.model().predict(x).toArray();
            assertEquals(expected,
                    IntStream.range(0, made.length).mapToObj(i -> String.valueOf(made[i]).replace(".0", ""))
                            .collect(Collectors.joining(" ")));
        }
    }

    @Test
    void theirDefaultsAreNot() {
        TorchArchitecture.tree(tree("\"type\": \"Softplus\", \"beta\": 1.0, \"threshold\": 20.0"));
        TorchArchitecture.tree(tree("\"type\": \"Flatten\", \"start_dim\": 1, \"end_dim\": -1"));
        TorchArchitecture.tree(tree("\"type\": \"Conv1d\", \"padding_mode\": \"zeros\""));
    }

    @Test
    void aNormalizationOverTwoAxesIsNoLinear() throws IOException {
        SafetensorsWriter withBias = new SafetensorsWriter();
        withBias.tensor("body.weight", Tensor.zeros(5, 4)).tensor("body.bias", Tensor.zeros(5, 4));
        refused(withBias, "module 'body' is a LayerNorm over 2 axes (5, 4)");
        SafetensorsWriter without = new SafetensorsWriter();
        without.tensor("block.layer_norm.weight", Tensor.zeros(5, 4));
        refused(without, "module 'block.layer_norm' is a LayerNorm over 2 axes (5, 4)");
    }

    private void refused(SafetensorsWriter writer, String said) throws IOException {
        Path file = folder.resolve("norm.safetensors");
        writer.write(file);
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(message.contains(said), message);
    }
}
