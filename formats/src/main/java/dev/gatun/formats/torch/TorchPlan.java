package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What runs in which order: the modules of a state dict, and the words of an architecture between them.
 *
 * @param steps one behind the other
 * @param heads modules that all read what the steps make; empty if there is one end
 * @param notes what was not known and how it was decided
 */
record TorchPlan(List<Step> steps, List<TorchModule> heads, List<String> notes) {

    /** A module or a word. */
    sealed interface Step {}

    /** A module. */
    record Run(TorchModule module) implements Step {}

    /** An activation or a reading. */
    record Word(String text) implements Step {}

    /** Of a chain; deeper ones are told layer by layer, or are no chains. */
    private static final int MOST_MODULES = 300;

    /** Matrices without a bias that are tried as embeddings. */
    private static final int MOST_EMBEDDINGS = 8;

    private static final Pattern SIBLING = Pattern.compile("(.*?)(\\d{1,9})");

    /** @throws IllegalArgumentException if modules and architecture do not go together, or no order can be told */
    static TorchPlan of(List<TorchModule> modules, boolean inOrder, TorchArchitecture architecture) {
        for (String name : architecture.named()) {
            if (modules.stream().noneMatch(module -> module.label().equals(name))) {
                throw new IllegalArgumentException("has no module " + FormatException.quote(name)
                        + ", which the architecture names; it has " + shown(modules));
            }
        }
        List<TorchModule> typed = modules.stream().map(module -> typed(module, architecture)).toList();
        return architecture.words() == null
                ? inferred(typed, inOrder, architecture)
                : given(typed, architecture);
    }

    /** A module without a bias may be of several classes. */
    private static TorchModule typed(TorchModule module, TorchArchitecture architecture) {
        Object type = architecture.argument(module, "type");
        ModuleKind kind = type == null ? module.kind() : ModuleKind.ofWord(String.valueOf(type));
        boolean fits = kind == module.kind() || kind != null && !module.has("bias") && module.kind().isLike(kind);
        if (!fits) {
            throw new IllegalArgumentException("module " + module.shown() + " is no " + type
                    + ", as the architecture says, by its parameters " + module.parameters());
        }
        return new TorchModule(module.name(), kind, module.parameters(), module.form());
    }

    private static String shown(List<TorchModule> modules) {
        return String.join(", ", modules.stream().limit(20).map(TorchModule::shown).toList())
                + (modules.size() > 20 ? ", ..." : "");
    }

    private static TorchPlan given(List<TorchModule> modules, TorchArchitecture architecture) {
        List<Step> steps = new ArrayList<>();
        Set<TorchModule> run = new LinkedHashSet<>();
        for (String word : architecture.words()) {
            List<TorchModule> meant = modules.stream().filter(module -> module.label().equals(word)).toList();
            if (meant.isEmpty() && TorchArchitecture.isWord(word)) {
                steps.add(new Word(word));
                continue;
            }
            if (meant.isEmpty()) {
                meant = modules.stream().filter(module -> module.name().startsWith(word + "."))
                        .sorted((left, right) -> NaturalNames.ORDER.compare(left.name(), right.name())).toList();
            }
            if (meant.isEmpty()) {
                throw new IllegalArgumentException("has no module " + FormatException.quote(word)
                        + ", and it is no activation or reading; it has " + shown(modules));
            }
            for (TorchModule module : meant) {
                if (!run.add(module)) {
                    throw new IllegalArgumentException("module " + FormatException.quote(module.label())
                            + " stands twice in the architecture; a chain runs each once");
                }
                steps.add(new Run(module));
                List<String> after = architecture.after(module);
                if (after != null) {
                    after.forEach(text -> steps.add(new Word(text)));
                }
            }
        }
        List<String> notes = new ArrayList<>();
        modules.stream().filter(module -> !run.contains(module)).forEach(module -> notes
                .add("module " + module.shown() + " is left out: the architecture does not name it"));
        return new TorchPlan(steps, List.of(), notes);
    }

    private static TorchPlan inferred(List<TorchModule> modules, boolean inOrder, TorchArchitecture architecture) {
        if (modules.size() > MOST_MODULES) {
            throw new IllegalArgumentException(
                    "has " + modules.size() + " modules, whose order is told from their widths"
                            + " for up to " + MOST_MODULES + "; say it with TorchArchitecture.forward(...)");
        }
        ModuleOrder.Found order = order(modules, inOrder, false);
        order = order == null ? order(modules, inOrder, true) : order;
        if (order == null) {
            throw new IllegalArgumentException("its modules do not stand one behind the other in any order: "
                    + shown(modules)
                    + "; say what happens with TorchArchitecture.forward(...), or build the model here and"
                    + " load its weights with TorchFormat.setWeights");
        }
        return withDefaults(order, inOrder, architecture);
    }

    /** A matrix without a bias may be an embedding's, if it goes nowhere as a linear module's. */
    private static ModuleOrder.Found order(List<TorchModule> modules, boolean inOrder, boolean hasHeads) {
        ModuleOrder.Found order = ModuleOrder.of(modules, inOrder, hasHeads);
        int tried = 0;
        for (int i = 0; i < modules.size() && order == null && tried < MOST_EMBEDDINGS; i++) {
            TorchModule module = modules.get(i);
            if (module.kind() == ModuleKind.LINEAR && !module.has("bias")) {
                tried++;
                List<TorchModule> changed = new ArrayList<>(modules);
                changed.set(i, new TorchModule(module.name(), ModuleKind.EMBEDDING, module.parameters(), null));
                order = ModuleOrder.of(changed, inOrder, hasHeads);
            }
        }
        return order;
    }

    private static TorchPlan withDefaults(ModuleOrder.Found order, boolean inOrder, TorchArchitecture architecture) {
        List<Step> steps = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<TorchModule> chain = order.chain();
        if (chain.size() > 1 && !(inOrder && order.isSole())) {
            notes.add(
                    "the order " + String.join(", ", chain.stream().map(TorchModule::label).toList()) + " was told from"
                            + " the widths"
                            + (order.isSole()
                                    ? ""
                                    : ", which fit other orders too; TorchArchitecture.forward(...)"
                                            + " says another"));
        }
        for (int i = 0; i < chain.size(); i++) {
            TorchModule module = chain.get(i);
            steps.add(new Run(module));
            List<String> after = architecture.after(module);
            if (after != null) {
                after.forEach(text -> steps.add(new Word(text)));
            } else if (i + 1 < chain.size() && isActivated(chain, i)) {
                steps.add(new Word("relu"));
                notes.add("a relu is taken to stand behind " + module.label() + ", which the file does not say;"
                        + " TorchArchitecture.after(\"" + module.label() + "\", ...) says another, or none");
            }
        }
        if (!order.heads().isEmpty()) {
            notes.add("all of " + String.join(", ", order.heads().stream().map(TorchModule::label).toList())
                    + " read what " + chain.getLast().label() + " makes: the model has an output for each");
        }
        return new TorchPlan(steps, order.heads(), notes);
    }

    /** Two linear maps with nothing between would be one; what is numbered without a gap has nothing between. */
    private static boolean isActivated(List<TorchModule> chain, int at) {
        TorchModule module = chain.get(at);
        TorchModule next = chain.get(at + 1);
        boolean isNorm = isNorm(module) && at > 0;
        TorchModule block = isNorm ? chain.get(at - 1) : module;
        boolean isWhole = !isNorm(next) && next.kind() != ModuleKind.PRELU;
        boolean isMap = block.kind() == ModuleKind.CONV1D
                || block.kind() == ModuleKind.LINEAR && next.kind() == ModuleKind.LINEAR;
        return isMap && isWhole && !areNeighbours(module.name(), next.name());
    }

    private static boolean isNorm(TorchModule module) {
        return module.kind() == ModuleKind.BATCH_NORM || module.kind() == ModuleKind.LAYER_NORM
                || module.kind() == ModuleKind.RMS_NORM;
    }

    private static boolean areNeighbours(String name, String next) {
        Matcher left = SIBLING.matcher(name);
        Matcher right = SIBLING.matcher(next);
        return left.matches() && right.matches() && left.group(1).equals(right.group(1))
                && (left.group(1).isEmpty() || left.group(1).endsWith("."))
                && Integer.parseInt(right.group(2)) == Integer.parseInt(left.group(2)) + 1;
    }
}
