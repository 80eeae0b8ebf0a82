package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * States that a recurrent module begins at, which are parameters beside it: PyTorch's classes have none, so they are called as
 * their author liked. Told by an architecture, or from a name and a size that fit one module alone.
 */
final class InitialStates {

    private static final Pattern H = Pattern.compile("(?i)(learned_?|learnable_?|initial_?|init_?)?"
            + "(h_?0|h_?init|hidden_?(0|init|state)?|state_?h|h|h_?state)(_?(0|init|state))?");
    private static final Pattern C = Pattern.compile("(?i)(learned_?|learnable_?|initial_?|init_?)?"
            + "(c_?0|c_?init|cell_?(0|init|state)?|state_?c|c|c_?state)(_?(0|init|state))?");

    private static final String RECURRENT = "weight_hh";

    private final FoldedStateDict dict;
    private final TorchArchitecture architecture;

    private final NavigableMap<String, Sizes> recurrent = new TreeMap<>();

    /** What the matrices of a recurrent module say; of those with a projection it is the last layer's. */
    private static final class Sizes {
        private long parts;
        private Shape matrix;
        private Shape projected;

        private boolean fit(boolean isOfCell, Shape state) {
            if (matrix == null || matrix.rank() != 2 || state.rank() == 0) {
                return false;
            }
            long units = projected != null && projected.rank() == 2 ? projected.dim(1) : matrix.dim(1);
            long features = isOfCell ? units : matrix.dim(1);
            boolean isThere = !isOfCell || matrix.dim(0) == 4 * units;
            return isThere && state.last() == features && state.elements() == parts * features;
        }
    }

    InitialStates(FoldedStateDict dict, TorchArchitecture architecture) {
        this.dict = dict;
        this.architecture = architecture;
        dict.shapes().forEach((name, shape) -> {
            String parameter = name.substring(name.lastIndexOf('.') + 1);
            if (parameter.startsWith(RECURRENT)) {
                Sizes sizes = recurrent.computeIfAbsent(parent(name), module -> new Sizes());
                sizes.parts++;
                sizes.matrix = shape;
            } else if (parameter.startsWith("weight_hr")) {
                recurrent.computeIfAbsent(parent(name), module -> new Sizes()).projected = shape;
            }
        });
    }

    /**
     * Puts them among the parameters of their modules.
     *
     * @return what was decided
     * @throws IllegalArgumentException if the architecture names a tensor that is not there
     */
    List<String> assign() {
        List<String> notes = new ArrayList<>();
        for (String module : recurrent.keySet()) {
            assignGiven(module, RecurrentForm.INITIAL_H);
            assignGiven(module, RecurrentForm.INITIAL_C);
        }
        for (String name : List.copyOf(dict.shapes().keySet())) {
            String parameter = name.substring(name.lastIndexOf('.') + 1);
            boolean isH = H.matcher(parameter).matches();
            String module = isH || C.matcher(parameter).matches() ? owner(parent(name)) : null;
            String state = isH ? RecurrentForm.INITIAL_H : RecurrentForm.INITIAL_C;
            boolean isFree = module != null && !dict.shapes().containsKey(key(module, state));
            if (isFree && recurrent.get(module).fit(!isH, dict.shapes().get(name))) {
                dict.rename(name, key(module, state));
                notes.add(name + " is taken for the " + (isH ? "h" : "c") + " that " + label(module)
                        + " begins at, by its name and size");
            }
        }
        return notes;
    }

    private void assignGiven(String module, String state) {
        Object given = architecture.arguments(label(module)).get(state);
        if (given == null) {
            return;
        }
        if (!dict.shapes().containsKey(String.valueOf(given))) {
            throw new IllegalArgumentException("has no tensor " + FormatException.quote(String.valueOf(given))
                    + ", which the architecture names as " + state + " of " + FormatException.quote(label(module)));
        }
        dict.rename(String.valueOf(given), key(module, state));
    }

    /** The one recurrent module in the module that a parameter belongs to; null if there is none or several. */
    private String owner(String parent) {
        if (recurrent.containsKey(parent)) {
            return parent;
        }
        NavigableMap<String, Sizes> within = parent.isEmpty()
                ? recurrent
                : recurrent.subMap(parent + ".", true, parent + "/", false);
        return !within.isEmpty() && within.firstKey().equals(within.lastKey()) ? within.firstKey() : null;
    }

    private String label(String module) {
        if (!module.isEmpty()) {
            return module;
        }
        Sizes sizes = recurrent.get(module);
        boolean isMatrix = sizes.matrix != null && sizes.matrix.rank() == 2 && sizes.matrix.dim(1) > 0;
        ModuleKind kind = sizes.projected != null
                ? ModuleKind.LSTM
                : ModuleKind.ofGates(isMatrix ? sizes.matrix.dim(0) / sizes.matrix.dim(1) : 0);
        return kind == null ? "" : kind.word.toLowerCase(Locale.ROOT);
    }

    private static String key(String module, String state) {
        return module.isEmpty() ? state : module + "." + state;
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
