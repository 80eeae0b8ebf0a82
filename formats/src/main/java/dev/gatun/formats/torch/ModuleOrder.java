package dev.gatun.formats.torch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * In which order modules stand behind each other: a state dict in safetensors is sorted by name and does not say it. What one
 * makes the next must read. Where several orders fit, the usual one is taken: embeddings, convolutions, recurrent modules,
 * normalizations, linear ones; an encoder before its decoder; then by name, numbers in it as numbers.
 */
final class ModuleOrder {

    /** Tries of a place for a module; equal widths could ask for more than there is time for. */
    private static final int MOST_TRIES = 20_000;

    /**
     * The order that was found.
     *
     * @param chain   one behind the other
     * @param heads   linear modules that all read what the chain makes; empty if there is one end
     * @param isSole  whether no other order fits the widths
     */
    record Found(List<TorchModule> chain, List<TorchModule> heads, boolean isSole) {}

    private static final Comparator<TorchModule> USUAL = Comparator
            .comparingInt((TorchModule module) -> place(module.kind()))
            .thenComparing(module -> module.name().toLowerCase(Locale.ROOT).contains("dec"))
            .thenComparing(TorchModule::name, NaturalNames.ORDER);

    private final List<TorchModule> modules;
    private final boolean hasHeads;
    private final List<TorchModule> path = new ArrayList<>();
    private final Set<TorchModule> placed = new HashSet<>();
    private List<TorchModule> first;
    private int solutions;
    private int tries;

    private ModuleOrder(List<TorchModule> modules, boolean hasHeads) {
        this.modules = modules;
        this.hasHeads = hasHeads;
    }

    /**
     * The order of a state dict's modules.
     *
     * @param inOrder  whether they stand in the order in which they were declared
     * @param hasHeads whether several linear modules may read what the chain makes
     * @return null if none fits
     */
    static Found of(List<TorchModule> modules, boolean inOrder, boolean hasHeads) {
        if (inOrder && fits(modules)) {
            return new Found(modules, List.of(), true);
        }
        ModuleOrder order = new ModuleOrder(modules.stream().sorted(USUAL).toList(), hasHeads);
        order.extend(-1);
        if (order.first == null) {
            return null;
        }
        List<TorchModule> left = new ArrayList<>(order.modules);
        left.removeAll(order.first);
        return new Found(order.first, left, order.solutions == 1);
    }

    private static int place(ModuleKind kind) {
        return switch (kind) {
            case EMBEDDING -> 0;
            case CONV1D -> 1;
            case LSTM, GRU, RNN -> 2;
            case ATTENTION, LAYER_NORM, RMS_NORM, BATCH_NORM -> 3;
            case PRELU -> 4;
            case LINEAR -> 5;
        };
    }

    private static boolean fits(List<TorchModule> modules) {
        int width = -1;
        for (TorchModule module : modules) {
            if (!follows(module, width)) {
                return false;
            }
            width = module.outputs(width);
        }
        return true;
    }

    /** @param width what is made before it, -1 at the start */
    private static boolean follows(TorchModule module, int width) {
        boolean isStart = width < 0;
        return module.kind() == ModuleKind.EMBEDDING
                ? isStart
                : isStart ? module.inputs() > 0 : module.inputs() < 0 || module.inputs() == width;
    }

    /** Depth is the number of modules, which the tries bound. */
    private void extend(int width) {
        if (isWhole(width)) {
            solutions++;
            first = first == null ? List.copyOf(path) : first;
            return;
        }
        for (TorchModule module : modules) {
            if (solutions > 1 || ++tries > MOST_TRIES) {
                return;
            }
            if (!placed.contains(module) && follows(module, width)) {
                path.add(module);
                placed.add(module);
                extend(module.outputs(width));
                placed.remove(module);
                path.removeLast();
            }
        }
    }

    private boolean isWhole(int width) {
        if (path.size() == modules.size()) {
            return true;
        }
        return hasHeads && !path.isEmpty() && modules.size() - path.size() > 1 && modules.stream()
                .filter(module -> !placed.contains(module))
                .allMatch(module -> module.kind() == ModuleKind.LINEAR && module.inputs() == width);
    }
}
