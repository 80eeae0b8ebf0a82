package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.formats.weights.WeightReader;
import dev.gatun.formats.weights.WeightSource;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the weights of PyTorch's state dicts for a model that is there. A module is called by its name, one of several recurrent
 * layers with {@code _l0}, {@code _l1}, ... behind it; its weights are called and laid out as those of the model's layer.
 */
public final class TorchWeightReader implements WeightReader {

    private final TorchFormat format = new TorchFormat();

    /** Called by {@link java.util.ServiceLoader}; to load weights use {@link dev.gatun.formats.weights.NamedWeights}. */
    public TorchWeightReader() {}

    @Override
    public String name() {
        return "PyTorch weights";
    }

    @Override
    public boolean recognises(ModelSource source) throws IOException {
        Arguments.required(source, "TorchWeightReader.recognises", "source", "what ModelSource.of gives");
        return format.recognises(source);
    }

    @Override
    public WeightSource open(ModelSource source, Model model, UnaryOperator<String> inModel) throws IOException {
        Arguments.required(source, "TorchWeightReader.open", "source", "what ModelSource.of gives");
        Arguments.required(model, "TorchWeightReader.open", "model", "an open model");
        Arguments.required(inModel, "TorchWeightReader.open", "inModel", "what the model calls a name of the file");
        try (TorchFile file = TorchFile.open(source)) {
            FoldedStateDict dict = file.dict();
            new InitialStates(dict, TorchArchitecture.inferred()).assign();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (TorchModule module : TorchModules.of(dict.shapes())) {
                int layers = module.form() == null ? 1 : module.form().layers();
                for (int layer = 0; layer < layers; layer++) {
                    String before = module.label() + (layers == 1 ? "/" : "_l" + layer + "/");
                    add(dict, module, layer, before, target(model, inModel.apply(before)), model, tensors);
                }
            }
            return new ReadWeights(dict.file() + " (" + dict.format() + ")", tensors);
        } catch (RuntimeException unfit) {
            throw new FormatException(source.name(), FormatException.reason(unfit)).because(unfit);
        }
    }

    private static Optional<Graph.NamedLayer> target(Model model, String renamed) {
        return model.graph().layers().stream().filter(layer -> renamed.equals(layer.name() + "/")).findFirst();
    }

    private static void add(StateDict dict, TorchModule module, int layer, String before,
            Optional<Graph.NamedLayer> target, Model model, Map<String, Tensor> tensors) throws FormatException {
        LayerNumbers numbers = new LayerNumbers(dict, module, layer,
                target.map(named -> named.layer().kind()).orElse(null));
        for (Weight weight : target.map(named -> LayerNumbers.weights(model, named)).orElse(List.of())) {
            String rest = weight.name().substring(target.get().name().length() + 1);
            TorchWeights.Numbers taken = numbers.take(rest);
            if (taken != null) {
                tensors.put(before + rest, fitted(weight, numbers, taken));
            }
        }
        // A bias that the layer has not, the way back: it is said to be left over.
        numbers.left().forEach((name, left) -> tensors.put(before + name, plain(left)));
    }

    /** In the weight's shape, or in its own if that is another. */
    private static Tensor fitted(Weight weight, LayerNumbers numbers, TorchWeights.Numbers taken) {
        try {
            return numbers.fitted(weight, taken);
        } catch (IllegalArgumentException otherShape) {
            return plain(taken);
        }
    }

    private static Tensor plain(TorchWeights.Numbers numbers) {
        return Tensor.of(numbers.values(), numbers.dims());
    }
}
