package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parameters for the layers of a model that is there, by name. All are compared before the first is set. */
final class WeightLoading {

    private static final Pattern PART_OF_STACK = Pattern.compile("(.+)_l(\\d{1,6})");
    static final Pattern HALF = Pattern.compile("(forward|backward)_[^/]+/(.+)");

    /** Of layers whose modules may have no bias. */
    private static final Map<String, ModuleKind> CLASSES = Map.of("GroupNormalization", ModuleKind.GROUP_NORM, "Dense",
            ModuleKind.LINEAR, "TimeDistributed",
            ModuleKind.LINEAR, "Embedding", ModuleKind.EMBEDDING, "LayerNormalization", ModuleKind.LAYER_NORM,
            "RMSNormalization", ModuleKind.RMS_NORM, "PReLU", ModuleKind.PRELU);

    private final StateDict dict;
    private final Model model;
    private final List<TorchModule> modules;
    private final List<String> notes;
    private final Map<Weight, Tensor> found = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    WeightLoading(FoldedStateDict dict, Model model) {
        this.dict = dict;
        this.model = model;
        this.notes = new ArrayList<>(dict.notes());
        notes.addAll(new InitialStates(dict, TorchArchitecture.inferred()).assign());
        this.modules = TorchModules.of(dict.shapes());
    }

    /** A layer of a module that may have several. */
    private record Place(TorchModule module, int layer) {}

    ImportReport run() throws FormatException {
        List<ImportReport.Mapped> mapped = new ArrayList<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            List<Weight> weights = model.weights().stream()
                    .filter(weight -> weight.name().startsWith(layer.name() + "/")).toList();
            Place place = weights.isEmpty() ? null : place(layer.name(), layer.layer().kind());
            if (place == null && !weights.isEmpty()) {
                notes.add("layer " + layer.name() + " (" + layer.layer().kind()
                        + ") keeps its weights: the file has no module of its name");
            }
            mapped.add(new ImportReport.Mapped(layer.name(), layer.layer().kind(),
                    place == null ? List.of() : find(layer.name(), weights, place)));
        }
        for (TorchModule module : modules) {
            int layers = module.form() == null ? 1 : module.form().layers();
            for (int layer = 0; layer < layers; layer++) {
                if (!used.contains(key(module, layer))) {
                    notes.add("module " + module.shown() + (layers == 1 ? "" : ", its layer " + layer + ",")
                            + " is left over: the model has no layer of its name");
                }
            }
        }
        found.forEach(Weight::set);
        return new ImportReport(dict.file() + " (" + dict.format() + ")", mapped, notes);
    }

    private static String key(TorchModule module, int layer) {
        return module.name() + "#" + layer;
    }

    private Place place(String layer, String kind) {
        TorchModule whole = asLayer(module(layer), kind);
        if (whole != null && (whole.form() == null || whole.form().layers() == 1)) {
            return new Place(whole, 0);
        }
        Matcher part = PART_OF_STACK.matcher(layer);
        TorchModule stack = part.matches() ? module(part.group(1)) : null;
        boolean isThere = stack != null && stack.form() != null
                && Integer.parseInt(part.group(2)) < stack.form().layers();
        return isThere ? new Place(stack, Integer.parseInt(part.group(2))) : null;
    }

    /** Where parameters fit several classes, the layer says which it is. */
    static TorchModule asLayer(TorchModule module, String layerKind) {
        ModuleKind kind = CLASSES.get(layerKind);
        boolean isOpen = module != null && kind != null && module.kind().isLike(kind, module.has("bias"));
        return isOpen ? new TorchModule(module.name(), kind, module.parameters(), null) : module;
    }

    /** By its whole name, or by the end of it if one alone ends so. */
    private TorchModule module(String name) {
        List<TorchModule> same = modules.stream().filter(module -> module.label().equals(name)).toList();
        if (same.isEmpty()) {
            same = modules.stream().filter(module -> module.name().endsWith("." + name)).toList();
        }
        return same.size() == 1 ? same.getFirst() : null;
    }

    private List<String> find(String layer, List<Weight> weights, Place place) throws FormatException {
        used.add(key(place.module(), place.layer()));
        List<String> lines = new ArrayList<>();
        for (Weight weight : weights) {
            String rest = weight.name().substring(layer.length() + 1);
            Matcher half = HALF.matcher(rest);
            boolean isHalf = half.matches();
            boolean isReverse = isHalf && half.group(1).equals("backward");
            requireDirections(layer, place, isHalf);
            TorchWeights.Numbers numbers = TorchWeights.of(dict, place.module(), place.layer(), isReverse)
                    .get(isHalf ? half.group(2) : rest);
            if (numbers == null) {
                throw new IllegalArgumentException("layer '" + layer + "' has a weight " + rest + ", which module "
                        + place.module().shown() + " has not; declare the layer without it, or give it another name");
            }
            found.put(weight, tensor(weight, place.module(), numbers));
            lines.add(rest + " " + weight.shape() + " <- " + numbers.place());
        }
        return lines;
    }

    private static void requireDirections(String layer, Place place, boolean isHalf) {
        RecurrentForm form = place.module().form();
        if (form != null && form.bothWays() != isHalf) {
            throw new IllegalArgumentException("layer '" + layer + "' goes " + (isHalf ? "both ways" : "one way")
                    + ", but module " + place.module().shown() + " the other; make it "
                    + (isHalf ? "a plain layer" : "a Bidirectional"));
        }
    }

    static Tensor tensor(Weight weight, TorchModule module, TorchWeights.Numbers numbers) {
        float[] values = numbers.values();
        boolean isShapedByLayer = module.kind() == ModuleKind.ATTENTION || module.kind() == ModuleKind.PRELU;
        if (module.kind() == ModuleKind.PRELU && values.length == 1) {
            values = new float[Math.toIntExact(weight.shape().elements())];
            Arrays.fill(values, numbers.values()[0]);
        }
        Shape got = Shape.of(numbers.dims());
        boolean fits = isShapedByLayer ? values.length == weight.shape().elements() : got.equals(weight.shape());
        if (!fits) {
            throw new IllegalArgumentException("weight '" + weight.name() + "' has shape " + weight.shape() + ", but "
                    + numbers.place() + " of module " + module.shown() + " is " + got
                    + " here; declare the layer as the module is");
        }
        return Tensor.of(values, weight.shape().toArray());
    }
}
