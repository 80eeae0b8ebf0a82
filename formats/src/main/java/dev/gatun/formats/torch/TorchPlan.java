package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What runs in which order: the modules of a state dict, and the words of an architecture between them.
 *
 * @param steps one behind the other
 * @param heads ends that all read what the steps make, each of steps of its own; empty if there is one end
 * @param notes what was not known and how it was decided
 */
record TorchPlan(List<Step> steps, List<List<Step>> heads, List<String> notes) {

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
        boolean fits = kind != null && module.kind().isLike(kind, module.has("bias"));
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
                        + ", and it is no activation, reading or pooling; it has " + shown(modules));
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
                            + " for up to " + MOST_MODULES + "; say it: " + ArchitectureAdvice.forward() + " ("
                            + ArchitectureAdvice.MEANING + ")");
        }
        requireChain(modules);
        ModuleOrder.Found order = order(modules, inOrder, false);
        order = order == null ? order(modules, inOrder, true) : order;
        if (order == null) {
            throw new IllegalArgumentException("its modules do not stand one behind the other in any order: "
                    + shown(modules)
                    + "; if it is one chain, say what happens: " + ArchitectureAdvice.forward() + " ("
                    + ArchitectureAdvice.MEANING
                    + "); or build the model here and load its weights with TorchFormat.setWeights");
        }
        return new PlanDefaults(architecture).plan(order);
    }

    /** What goes past the parts of a transformer is in no order of them. */
    private static void requireChain(List<TorchModule> modules) {
        Set<String> names = new HashSet<>();
        modules.forEach(module -> names.add(module.name()));
        for (TorchModule module : modules) {
            String within = module.name().substring(0, module.name().lastIndexOf('.') + 1);
            boolean isTransformer = module.kind() == ModuleKind.ATTENTION
                    && names.containsAll(List.of(within + "linear1", within + "linear2", within + "norm1"));
            if (isTransformer) {
                throw new IllegalArgumentException("module " + FormatException.quote(within.isEmpty()
                        ? module.label()
                        : within.substring(0, within.length() - 1))
                        + " is a layer of a transformer, past whose parts their"
                        + " inputs go, and no chain of " + shown(modules)
                        + "; build it here of MultiHeadAttention, Add,"
                        + " LayerNormalization and Dense, and load its weights with TorchFormat.setWeights");
            }
        }
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
}
