package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
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
    private final StateDict dict;
    private final Model model;
    private final List<TorchModule> modules;
    private final List<String> notes;
    private final Map<String, Tensor> found = new LinkedHashMap<>();
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

    /** @throws FormatException if a weight has another shape, and then none is set */
    ImportReport run() throws FormatException {
        List<ImportReport.Mapped> mapped = new ArrayList<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            List<Weight> weights = LayerNumbers.weights(model, layer);
            Place place = weights.isEmpty() ? null : place(layer.name());
            if (place == null && !weights.isEmpty()) {
                notes.add("layer " + layer.name() + " (" + layer.layer().kind()
                        + ") keeps its weights: the file has no module of its name");
            }
            mapped.add(new ImportReport.Mapped(layer.name(), layer.layer().kind(),
                    place == null ? List.of() : find(layer, weights, place)));
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
        String source = dict.file() + " (" + dict.format() + ")";
        new ReadWeights(source, found).into(model);
        return new ImportReport(source, mapped, notes);
    }

    private static String key(TorchModule module, int layer) {
        return module.name() + "#" + layer;
    }

    private Place place(String layer) {
        TorchModule whole = module(layer);
        if (whole != null && (whole.form() == null || whole.form().layers() == 1)) {
            return new Place(whole, 0);
        }
        Matcher part = PART_OF_STACK.matcher(layer);
        TorchModule stack = part.matches() ? module(part.group(1)) : null;
        boolean isThere = stack != null && stack.form() != null
                && Integer.parseInt(part.group(2)) < stack.form().layers();
        return isThere ? new Place(stack, Integer.parseInt(part.group(2))) : null;
    }

    /** By its whole name, or by the end of it if one alone ends so. */
    private TorchModule module(String name) {
        List<TorchModule> same = modules.stream().filter(module -> module.label().equals(name)).toList();
        if (same.isEmpty()) {
            same = modules.stream().filter(module -> module.name().endsWith("." + name)).toList();
        }
        return same.size() == 1 ? same.getFirst() : null;
    }

    private List<String> find(Graph.NamedLayer layer, List<Weight> weights, Place place) throws FormatException {
        used.add(key(place.module(), place.layer()));
        LayerNumbers numbers = new LayerNumbers(dict, place.module(), place.layer(), layer.layer().kind());
        List<String> lines = new ArrayList<>();
        for (Weight weight : weights) {
            String rest = weight.name().substring(layer.name().length() + 1);
            requireDirections(layer.name(), numbers, place.module(), LayerNumbers.isOfHalf(rest));
            TorchWeights.Numbers taken = numbers.take(rest);
            if (taken == null) {
                throw new IllegalArgumentException("layer '" + layer.name() + "' has a weight " + rest
                        + ", which module " + place.module().shown()
                        + " has not; declare the layer without it, or give it another name");
            }
            found.put(weight.name(), numbers.fitted(weight, taken));
            lines.add(rest + " " + weight.shape() + " <- " + taken.place());
        }
        numbers.left().forEach((name, left) -> notes.add(left.place() + " of module " + place.module().shown()
                + " is left over: layer " + layer.name() + " has no weight " + name));
        return lines;
    }

    private static void requireDirections(String layer, LayerNumbers numbers, TorchModule module, boolean isHalf) {
        if (module.form() != null && numbers.isBothWays() != isHalf) {
            throw new IllegalArgumentException("layer '" + layer + "' goes " + (isHalf ? "both ways" : "one way")
                    + ", but module " + module.shown() + " the other; make it "
                    + (isHalf ? "a plain layer" : "a Bidirectional"));
        }
    }
}
