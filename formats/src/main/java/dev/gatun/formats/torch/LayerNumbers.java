package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of a module, or of one layer of a recurrent module, for a layer of a model that is there. */
final class LayerNumbers {

    private static final Pattern HALF = Pattern.compile("(forward|backward)_[^/]+/(.+)");
    private static final String REVERSE = "reverse/";

    /** Of layers whose modules are told from others by the layer alone. */
    private static final Map<String, ModuleKind> CLASSES = Map.of("GroupNormalization", ModuleKind.GROUP_NORM, "Dense",
            ModuleKind.LINEAR, "TimeDistributed", ModuleKind.LINEAR, "Embedding", ModuleKind.EMBEDDING,
            "LayerNormalization", ModuleKind.LAYER_NORM, "RMSNormalization", ModuleKind.RMS_NORM, "PReLU",
            ModuleKind.PRELU);

    /** Of normalizations, whose modules have both or neither. */
    private static final Map<String, Float> NEUTRAL = Map.of("gamma", 1f, "scale", 1f, "beta", 0f);

    private final TorchModule module;

    /** By the names in a layer, those of the way back behind {@link #REVERSE}; what is taken is no longer there. */
    private final Map<String, TorchWeights.Numbers> numbers = new LinkedHashMap<>();

    /**
     * All of a module's layer.
     *
     * @param layerKind the class of the layer they are for, which says which of several the module is; null if there is none
     */
    LayerNumbers(StateDict dict, TorchModule module, int layer, String layerKind) throws FormatException {
        this.module = asLayer(module, layerKind);
        numbers.putAll(TorchWeights.of(dict, this.module, layer, false));
        if (isBothWays()) {
            TorchWeights.of(dict, this.module, layer, true)
                    .forEach((name, value) -> numbers.put(REVERSE + name, value));
        }
    }

    private static TorchModule asLayer(TorchModule module, String layerKind) {
        ModuleKind kind = layerKind == null ? null : CLASSES.get(layerKind);
        boolean isOpen = kind != null && module.kind().isLike(kind, module.has("bias"));
        return isOpen ? new TorchModule(module.name(), kind, module.parameters(), null) : module;
    }

    /** The weights of a layer. */
    static List<Weight> weights(Model model, Graph.NamedLayer layer) {
        return model.weights().stream().filter(weight -> weight.name().startsWith(layer.name() + "/")).toList();
    }

    boolean isBothWays() {
        return module.form() != null && module.form().bothWays();
    }

    /** Whether a weight's name within its layer is that of one direction of two. */
    static boolean isOfHalf(String rest) {
        return HALF.matcher(rest).matches();
    }

    /**
     * Those of one weight, which are no longer left over then.
     *
     * @param rest the weight's name within its layer
     * @return null if the module has none of that name
     */
    TorchWeights.Numbers take(String rest) {
        Matcher half = HALF.matcher(rest);
        if (!half.matches()) {
            return numbers.remove(rest);
        }
        return numbers.remove((half.group(1).equals("backward") ? REVERSE : "") + half.group(2));
    }

    /** What was not taken, and would be missed: factors of 1 and summands of 0 change nothing. */
    Map<String, TorchWeights.Numbers> left() {
        Map<String, TorchWeights.Numbers> left = new LinkedHashMap<>(numbers);
        left.entrySet().removeIf(entry -> NEUTRAL.containsKey(entry.getKey())
                && areAll(entry.getValue().values(), NEUTRAL.get(entry.getKey())));
        return left;
    }

    private static boolean areAll(float[] values, float value) {
        for (float each : values) {
            if (each != value) {
                return false;
            }
        }
        return true;
    }

    /**
     * In the shape of a weight.
     *
     * @throws IllegalArgumentException if it is another
     */
    Tensor fitted(Weight weight, TorchWeights.Numbers taken) {
        float[] values = taken.values();
        boolean isShapedByLayer = module.kind() == ModuleKind.ATTENTION || module.kind() == ModuleKind.PRELU;
        if (module.kind() == ModuleKind.PRELU && values.length == 1) {
            values = new float[Math.toIntExact(weight.shape().elements())];
            Arrays.fill(values, taken.values()[0]);
        }
        Shape got = Shape.of(taken.dims());
        boolean fits = isShapedByLayer ? values.length == weight.shape().elements() : got.equals(weight.shape());
        if (!fits) {
            throw new IllegalArgumentException("weight '" + weight.name() + "' has shape " + weight.shape() + ", but "
                    + taken.place() + " of module " + module.shown() + " is " + got
                    + " here; declare the layer as the module is");
        }
        return Tensor.of(values, weight.shape().toArray());
    }
}
