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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * Reads the weights of PyTorch's state dicts for a model that is there. A module is called by its name, one of several recurrent
 * layers with {@code _l0}, {@code _l1}, ... behind it; its weights are called and laid out as those of the model's layer.
 */
public final class TorchWeightReader implements WeightReader {

    private static final String REVERSE = "reverse/";

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
        if (target.isEmpty()) {
            for (Map.Entry<String, TorchWeights.Numbers> each : TorchWeights.of(dict, module, layer, false)
                    .entrySet()) {
                tensors.put(before + each.getKey(), plain(each.getValue()));
            }
            return;
        }
        TorchModule known = WeightLoading.asLayer(module, target.get().layer().kind());
        String inside = target.get().name() + "/";
        Set<String> taken = new HashSet<>();
        List<Weight> weights = model.weights().stream().filter(weight -> weight.name().startsWith(inside)).toList();
        for (Weight weight : weights) {
            String rest = weight.name().substring(inside.length());
            Matcher half = WeightLoading.HALF.matcher(rest);
            boolean isHalf = half.matches();
            boolean isReverse = isHalf && half.group(1).equals("backward");
            if (isReverse && (known.form() == null || !known.form().bothWays())) {
                continue; // The other half is missing, and is said to be.
            }
            TorchWeights.Numbers numbers = TorchWeights.of(dict, known, layer, isReverse)
                    .get(isHalf ? half.group(2) : rest);
            if (numbers != null) {
                tensors.put(before + rest, fitted(weight, known, numbers));
                taken.add((isReverse ? REVERSE : "") + (isHalf ? half.group(2) : rest));
            }
        }
        addLeftOver(dict, known, layer, before, taken, tensors);
    }

    /** What the module has and the layer has not, so that it is said to be left over: a bias, the way back. */
    private static void addLeftOver(StateDict dict, TorchModule module, int layer, String before, Set<String> taken,
            Map<String, Tensor> tensors) throws FormatException {
        for (boolean reverse : module.form() != null && module.form().bothWays()
                ? new boolean[] {false, true}
                : new boolean[] {false}) {
            for (Map.Entry<String, TorchWeights.Numbers> each : TorchWeights.of(dict, module, layer, reverse)
                    .entrySet()) {
                String name = (reverse ? REVERSE : "") + each.getKey();
                if (!taken.contains(name)) {
                    tensors.put(before + name, plain(each.getValue()));
                }
            }
        }
    }

    /** In the weight's shape, or in its own if that is another. */
    private static Tensor fitted(Weight weight, TorchModule module, TorchWeights.Numbers numbers) {
        try {
            return WeightLoading.tensor(weight, module, numbers);
        } catch (IllegalArgumentException otherShape) {
            return plain(numbers);
        }
    }

    private static Tensor plain(TorchWeights.Numbers numbers) {
        return Tensor.of(numbers.values(), numbers.dims());
    }
}
