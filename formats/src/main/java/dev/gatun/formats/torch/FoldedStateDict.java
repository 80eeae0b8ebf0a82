package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state dict as it would be of plain modules: parameters that {@code weight_norm}, {@code spectral_norm} and {@code prune} have
 * taken apart are whole again, tied ones are there under both names, and what belongs to a loss is not there.
 */
final class FoldedStateDict implements StateDict {

    /** A weight of classes, which no module computes with when the model serves. */
    private static final Pattern OF_LOSS = Pattern
            .compile("(?i)(.*[._])?(criterion|loss|criterions|losses)([._0-9].*)?\\.(weight|pos_weight)");

    /** As {@code torch.nn.utils.parametrizations} calls them. */
    private static final Pattern PARAMETRIZED = Pattern.compile("(.*\\.|)parametrizations\\.([^.]+)\\.original([01]?)");

    /** Of modules that people write; a longer one is not looked at. */
    private static final int LONGEST_NAME = 1_000;

    private static final int MOST_NOTES = 100;

    private final StateDict file;
    private final Map<String, FoldedParameter> folded = new HashMap<>();
    private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Tensors of the file that others are made of. */
    private final Set<String> taken = new HashSet<>();

    /** By the first tensor that it is made of: the parameter that stands in its place. */
    private final Map<String, String> whole = new HashMap<>();

    /**
     * Of a file.
     *
     * @param tied names that stand for another tensor of the file, as {@code safetensors.torch.save_model} notes them
     * @throws IllegalArgumentException if a parameter is computed in another way: names it, and the line of Python against it
     */
    FoldedStateDict(StateDict file, Map<String, String> tied) {
        this.file = file;
        for (String name : file.shapes().keySet()) {
            fold(name);
        }
        for (Map.Entry<String, Shape> tensor : file.shapes().entrySet()) {
            String name = tensor.getKey();
            if (whole.containsKey(name)) {
                shapes.put(whole.get(name), folded.get(whole.get(name)).shape(file));
            } else if (!taken.contains(name) && !isOfLoss(name)) {
                shapes.put(name, tensor.getValue());
            }
        }
        tied.forEach((name, other) -> {
            if (file.shapes().containsKey(other) && !shapes.containsKey(name)) {
                put(name, new FoldedParameter.Same(other));
                note(name + " is tied to " + other + ", of which the file says so");
            }
        });
    }

    private void note(String text) {
        if (notes.size() < MOST_NOTES) {
            notes.add(text);
        }
    }

    private boolean isOfLoss(String name) {
        boolean isOne = name.length() < LONGEST_NAME && OF_LOSS.matcher(name).matches()
                && file.shapes().get(name).rank() <= 1;
        if (isOne) {
            note(name + " is left out: by its name it is a weight of a loss, which counts in training alone");
        }
        return isOne;
    }

    private void put(String name, FoldedParameter how) {
        folded.put(name, how);
        shapes.put(name, how.shape(file));
    }

    /** Another name for a tensor, under which alone it is there from now on. */
    void rename(String name, String as) {
        shapes.remove(name);
        put(as, folded.getOrDefault(name, new FoldedParameter.Same(name)));
    }

    private void fold(String name) {
        Matcher parametrized = PARAMETRIZED.matcher(name);
        if (parametrized.matches()) {
            foldParametrized(name, parametrized);
        } else if (name.endsWith("_g")) {
            String parameter = name.substring(0, name.length() - 2);
            foldIf(parameter, "weight_norm", parameter + "_g", parameter + "_v");
        } else if (name.endsWith("_orig")) {
            String parameter = name.substring(0, name.length() - "_orig".length());
            foldIf(parameter, "spectral_norm", name, parameter + "_u", parameter + "_v");
            foldIf(parameter, "prune", name, parameter + "_mask");
        }
    }

    private void foldParametrized(String name, Matcher parts) {
        String parameter = parts.group(1) + parts.group(2);
        String before = name.substring(0, name.length() - parts.group(3).length());
        String inner = before.substring(0, before.length() - "original".length()) + "0.";
        boolean isKnown = switch (parts.group(3)) {
            case "0" -> foldIf(parameter, "weight_norm", name, before + "1");
            case "1" -> file.shapes().containsKey(before + "0");
            default -> foldIf(parameter, "spectral_norm", name, inner + "_u", inner + "_v");
        };
        if (!isKnown) {
            throw new IllegalArgumentException("holds a tensor " + FormatException.quote(name) + ", of which "
                    + FormatException.quote(parameter)
                    + " is computed by a parametrization that is not known (weight_norm"
                    + " and spectral_norm are); before saving, make it plain in Python with"
                    + " torch.nn.utils.parametrize.remove_parametrizations(module, \"" + parts.group(2) + "\")");
        }
    }

    private boolean foldIf(String parameter, String how, String... sources) {
        if (file.shapes().containsKey(parameter) || !file.shapes().keySet().containsAll(List.of(sources))) {
            return false;
        }
        folded.put(parameter, switch (how) {
            case "weight_norm" -> new FoldedParameter.WeightNorm(sources[0], sources[1]);
            case "spectral_norm" -> new FoldedParameter.SpectralNorm(sources[0], sources[1], sources[2]);
            default -> new FoldedParameter.Pruned(sources[0], sources[1]);
        });
        taken.addAll(List.of(sources));
        whole.put(sources[0], parameter);
        note(parameter + " is computed from " + String.join(", ", sources) + " as " + how + " does");
        return true;
    }

    /** What was folded, and what left out. */
    List<String> notes() {
        return notes;
    }

    @Override
    public String file() {
        return file.file();
    }

    @Override
    public String format() {
        return file.format();
    }

    @Override
    public SequencedMap<String, Shape> shapes() {
        return shapes;
    }

    @Override
    public boolean isInOrder() {
        return file.isInOrder();
    }

    @Override
    public Set<String> otherTypes() {
        return file.otherTypes();
    }

    @Override
    public float[] numbers(String name) throws FormatException {
        FoldedParameter how = folded.get(name);
        return how == null ? file.numbers(name) : how.numbers(file);
    }

    @Override
    public String origin(String name) {
        FoldedParameter how = folded.get(name);
        return how == null ? name : String.join(", ", how.sources());
    }

    @Override
    public void close() {
        file.close();
    }
}
