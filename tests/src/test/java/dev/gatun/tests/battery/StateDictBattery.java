package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.Layer;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.parity.KerasDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A layer's weights as a state dict of PyTorch: set in another model of the layer they are the same bits, and where the file says
 * what is done with them it is read as a model of the same bits; or what PyTorch does not have is refused, and no file is there.
 */
abstract class StateDictBattery extends SavedKerasBattery {

    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "SimpleRNN");
    private static final Set<String> MODULES = Set.of("Dense", "Embedding", "Conv1D", "LayerNormalization",
            "RMSNormalization", "GroupNormalization", "BatchNormalization", "PReLU", "MultiHeadAttention");

    /** Options of recurrent layers at the values that PyTorch's classes have. */
    private static final Map<String, Object> PLAIN = Map.of("peepholes", false, "input_forget", false, "layer_norm",
            false, "learned_initial_state", false, "go_backwards", false, "reset_after", true, "clip", 0.0, "cell_clip",
            0.0, "forget_bias", 0.0, "recurrent_activation", "sigmoid");

    private static boolean isRefused(Instance instance) {
        return instance.parameters() > 0 && !isModule(instance, instance.layer().kind(), instance.layer().config());
    }

    private static boolean isModule(Instance instance, String kind, Map<String, Object> config) {
        long features = instance.inputs().getFirst().last();
        return switch (kind) {
            case "LSTM", "GRU", "SimpleRNN" -> isPlain(kind, config);
            case "Bidirectional" -> {
                Map<String, Object> half = inner(config, "layer");
                String inner = (String) ((Map<?, ?>) config.get("layer")).get("class_name");
                yield RECURRENT.contains(inner) && isPlain(inner, half) && "concat".equals(config.get("merge_mode"))
                        && config.get("backward_layer") == null;
            }
            case "TimeDistributed" -> {
                Layer layer = ((TimeDistributed) instance.layer()).layer();
                yield layer.kind().equals("Dense");
            }
            case "LayerNormalization", "RMSNormalization", "BatchNormalization" -> isLast(config.get("axis"))
                    && !Boolean.TRUE.equals(config.get("rms_scaling"));
            case "GroupNormalization" -> isLast(config.get("axis"))
                    && Boolean.TRUE.equals(config.get("center")) && Boolean.TRUE.equals(config.get("scale"));
            case "PReLU" -> instance.parameters() == features || instance.parameters() == 1;
            case "MultiHeadAttention" -> {
                long heads = ((Number) config.get("num_heads")).longValue();
                yield heads * ((Number) config.get("key_dim")).longValue() == features
                        && (config.get("value_dim") == null || config.get("value_dim").equals(config.get("key_dim")))
                        && Set.of("null", String.valueOf(features), "[" + features + "]")
                                .contains(String.valueOf(config.get("output_shape")))
                        && instance.inputs().stream().allMatch(shape -> shape.last() == features);
            }
            default -> MODULES.contains(kind);
        };
    }

    private static boolean isLast(Object axis) {
        return axis == null || axis.equals(-1) || axis.equals(-1L) || axis.equals(List.of(-1L))
                || axis.equals(List.of(-1));
    }

    private static boolean isPlain(String kind, Map<String, Object> config) {
        Object activation = config.get("activation");
        return PLAIN.entrySet().stream().allMatch(
                option -> option.getValue().equals(config.getOrDefault(option.getKey(), option.getValue())))
                && ("tanh".equals(activation) || kind.equals("SimpleRNN") && "relu".equals(activation))
                && (config.get("output_activation") == null
                        || Objects.equals(config.get("output_activation"), activation));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> config, String option) {
        return (Map<String, Object>) ((Map<String, Object>) config.get(option)).get("config");
    }

    @ParameterizedTest
    @MethodSource("instances")
    void itsStateDictIsTheSameBitForBit(Instance instance, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("state.safetensors");
        try (Model model = model(instance); Model other = model(instance)) {
            if (isRefused(instance)) {
                String said = assertThrows(FormatException.class, () -> TorchFormat.save(model, file)).getMessage();
                assertTrue(said.contains(QUOTED), said);
                assertFalse(Files.exists(file));
                return;
            }
            TorchFormat.save(model, file);
            if (instance.parameters() > 0) {
                other.weights().forEach(weight -> weight.set(Tensor.zeros(weight.shape().toArray())));
                assertEquals(List.of(), TorchFormat.setWeights(file, other).notes());
                model.weights().forEach(weight -> Bits.same(other.weight(weight.name()).get().toArray(),
                        weight.get().toArray(), weight.name()));
            }
            if (isSaid(file)) {
                requireSame(instance, model, file);
            }
        }
    }

    private static boolean isSaid(Path file) throws IOException {
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            return tensors.metadata().containsKey("gatun.torch");
        }
    }

    private static void requireSame(Instance instance, Model model, Path file) throws IOException {
        try (Imported read = Imported.read(file)) {
            List<Tensor> inputs = inputs(instance, 3);
            List<Tensor> expected = model.predict(inputs);
            List<Tensor> got = read.model().predict(inputs);
            assertEquals(expected.size(), got.size());
            for (int output = 0; output < expected.size(); output++) {
                assertEquals(expected.get(output).shape(), got.get(output).shape());
                Bits.same(KerasDump.numbers(got.get(output)), KerasDump.numbers(expected.get(output)), "output");
            }
        }
    }
}
